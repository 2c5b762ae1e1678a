/* Findings for programs: the `json` format. */
#ifndef GLAGENT_REPORT_JSON_H
#define GLAGENT_REPORT_JSON_H

#include "buf.h"
#include "finding.h"

/*
 * One object, ending with a line end: {"version": 1, "findings": [{"code",
 * "name", "severity", "message", "path", "range": {"start": {"line",
 * "column"}, "end": …}, "related": [{"path", "range", "message"}], "help",
 * "object": {"kind", "namespace", "name", "pointer"}, "fingerprint"}],
 * "summary": {"errors", "warnings", "infos"}}. Lines and columns count from 1,
 * columns in code points; `end` is behind the last character. What is empty is
 * left out, but `findings` and `related` are always lists.
 */
void report_json(struct buf *out, const struct findings *findings, const struct sources *sources);

#endif
