/*
 * Command lines from tables: the same rows parse, print --help and, later,
 * man pages and completions. Long options as --name VALUE and --name=VALUE,
 * short ones as -n VALUE and -nVALUE, flags also bundled (-qv); `--` ends
 * options; "-" alone is an argument; values may repeat where the row says so.
 */
#ifndef GLAGENT_OPTIONS_H
#define GLAGENT_OPTIONS_H

#include "buf.h"
#include "error.h"

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char *; the last one counts */
	OPTION_LIST,   /* struct option_list; every one counts; `comma` splits */
	OPTION_CHOICE, /* int: index into `choices` */
	OPTION_NUMBER, /* int, 0 or more */
};

struct option_list {
	const char **items;
	size_t len, cap;
};

struct option {
	char short_name;  /* 0: none */
	const char *name; /* "output-dir" */
	enum option_kind kind;
	const char *value_name;     /* "DIR"; NULL for flags */
	const char *help;           /* one sentence, capital letter, no full stop */
	size_t offset;              /* offsetof the field in the struct that options_parse fills */
	const char *const *choices; /* of OPTION_CHOICE; ends with NULL */
	bool comma;                 /* of OPTION_LIST: "a,b" is two */
};

struct command {
	const char *program, *name;   /* "glagent-gen", "values"; name NULL: the program itself */
	const char *arguments;        /* "[PATH]..."; NULL: none are taken */
	const char *summary;          /* one sentence */
	const struct option *options; /* ends with a NULL name */
};

/*
 * Fills the fields of `*result` and *ret_arguments (what is no option, in order); fields of options that are
 * not given keep what the caller put there. `argv` begins behind the names of the program and the command.
 * False with *reterr for an unknown option (with the nearest name), a missing, empty or unwanted value, a bad
 * number or choice (with the allowed ones), or arguments where none are taken.
 */
bool options_parse(struct arena *arena, const struct command *command, int argc, const char *const *argv,
	void *result, struct option_list *ret_arguments, struct error *reterr) NODISCARD;

/*
 * The one of `names` (ends with NULL) that `given` was meant to be: at most two slips away (one in a short
 * word), or the only one that it begins. NULL when there is no such name.
 */
const char *options_nearest(const char *given, const char *const *names);

/* The text of --help: usage, summary, options in columns, 80 wide. */
void options_help(struct buf *out, const struct command *command);

#endif
