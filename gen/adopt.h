/* Chart versions that somebody raised in generated files, Renovate for instance, taken back into the spec. */
#ifndef GLAGENT_ADOPT_H
#define GLAGENT_ADOPT_H

#include "plan.h"

/*
 * The text of the spec with the chart versions that the HelmReleases and OCIRepositories on disk state in the
 * place of those that the plan's do; *ret_count is how many were taken over. The plan is rendered from
 * `source`, the spec's own text. False with *reterr when the spec states a version where it cannot be changed
 * for these agents alone, or a file cannot be read.
 */
bool adopt_versions(struct arena *arena, const struct spec *spec, const struct source *source,
	const struct plan *plan, int root_fd, struct str *ret_text, size_t *ret_count,
	struct error *reterr) NODISCARD;

#endif
