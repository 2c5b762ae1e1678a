/* Findings for people: `full` with excerpt and carets, `concise` one line each. */
#ifndef GLAGENT_REPORT_TEXT_H
#define GLAGENT_REPORT_TEXT_H

#include "buf.h"
#include "finding.h"

struct report_text_options {
	bool color; /* SGR sequences */
};

/*
 *	error[FX004]: message
 *	  --> path:line:column
 *	   |
 *	22 |   path: ./
 *	   |         ^^
 *	   ::: other/file.yaml:1:1: related message
 *	  help: what to do
 *
 * Control characters of users' text never reach the terminal.
 */
void report_full(struct buf *out, const struct findings *findings, const struct sources *sources,
	const struct report_text_options *options);

/* path:line:column: severity: message [CODE] — GNU form. */
void report_concise(struct buf *out, const struct findings *findings, const struct sources *sources);

/* One finding in the full form, for errors about arguments and specs. */
void report_one(struct buf *out, const struct finding *finding, const struct sources *sources,
	const struct report_text_options *options);

#endif
