/* What the command line asks for. */
#ifndef GLAGENT_REQUEST_H
#define GLAGENT_REQUEST_H

#include "options.h"
#include "outputs.h"
#include "source.h"

struct request {
	const char *spec;      /* --file; NULL: look for it; "-": standard input */
	const char *directory; /* --output-dir; NULL: standard output */
	const char *kas_address;
	const char *from;          /* --from: an installation to read; NULL: none */
	const char *templates;     /* --templates; NULL: ours alone */
	const char *project;       /* which one --output-dir is a clone of; NULL: its remote says */
	struct option_list agents; /* --agent */
	bool is_dry_run, is_check, is_diff, is_forced, is_adopting, may_reinstall;
	bool wants_help, wants_version;
	const struct output *output;
	struct option_list arguments; /* behind the output's name */
};

/* False with *reterr for arguments that cannot be meant. */
bool request_parse(struct arena *arena, int argc, const char *const *argv, struct request *ret_request,
	struct error *reterr) NODISCARD;

/* A spec of the one agent that --agent and --kas-address describe. */
const struct source *request_bare_source(struct arena *arena, const struct request *request);

/* The text of --help. */
void request_help(struct buf *out);

#endif
