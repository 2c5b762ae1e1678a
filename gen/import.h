/* `glagent-gen init --from`: installations that are there, as agents of a spec. */
#ifndef GLAGENT_IMPORT_H
#define GLAGENT_IMPORT_H

#include "situation.h"
#include "ytree.h"

struct import {
	struct ylist agents; /* mappings of the spec */
	struct ylist flux;   /* fields of spec.flux */
	struct str taken;    /* "clusters/prod/gitlab-agent-helm-release.yaml": where the first came from */
	struct {
		struct str *items;
		size_t len, cap;
	} notes; /* what was left out or has to be done, one line each */
};

/*
 * Reads `path`, a file or a directory with all below it: HelmReleases of the gitlab-agent chart, or one file
 * with values of it. What the spec has a field for becomes that, everything else `values` and
 * `install.helmRelease`; a token is left out. False with *reterr: it cannot be read, or nothing of it
 * installs the agent.
 */
bool import_read(struct arena *arena, const char *path, const struct situation *situation,
	struct import *ret_import, struct error *reterr) NODISCARD;

#endif
