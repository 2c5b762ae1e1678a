/*
 * Plans to where they belong: standard output, or a directory. There nothing
 * that somebody else wrote or changed is lost unless that is asked for.
 */
#ifndef GLAGENT_WRITER_H
#define GLAGENT_WRITER_H

#include "survey.h"

/* The files one after another, without stamps: they become one stream. */
bool writer_print(struct arena *arena, const struct plan *plan, struct error *reterr) NODISCARD;

/*
 * Brings the directory to what the plan says, in the plan's order; each file
 * whole or not at all. What says the same already is not touched. When a file
 * is edited or foreign, or a new kustomization.yaml would keep Flux from
 * applying what lies around it or is a directory's second kustomization file,
 * nothing at all is written: the reasons go to standard error and the outcome
 * to *reterr. With `force` all of it is written. Afterwards names stale files,
 * and entries of kustomization.yaml files that are not there, on standard error.
 */
bool writer_write(const struct delivery *delivery, bool force, struct error *reterr) NODISCARD;

/* Would writer_write write without being forced? False with *reterr and the reasons on standard error. */
bool writer_accepts(const struct delivery *delivery, struct error *reterr) NODISCARD;

/* Prints what writer_write would do, one line a file; false with *reterr when it would refuse to. */
bool writer_list(const struct delivery *delivery, struct error *reterr) NODISCARD;

/* Prints one line for each file that does not say what the plan says, or is stale; *ret_differs: there is
 * one. Writes nothing. */
bool writer_check(const struct delivery *delivery, bool *ret_differs, struct error *reterr) NODISCARD;

/* Prints the same as unified diffs, what looks like a secret in old lines masked; stale files are named on
 * standard error. */
bool writer_diff(const struct delivery *delivery, bool *ret_differs, struct error *reterr) NODISCARD;

#endif
