/* Everything the linter knows of a repository; built in this order, const afterwards. */
#ifndef GLAGENT_REPOSITORY_H
#define GLAGENT_REPOSITORY_H

#include "agents.h"
#include "crd/refusals.h"
#include "files.h"
#include "flux/clusters.h"
#include "installs.h"
#include "kustomizations.h"
#include "resource.h"

struct repository {
	const struct files *files;
	const struct sources *sources;
	const struct resources *resources;
	const struct flux *flux;
	const struct agents *agents;
	const struct kustomizations *kustomizations;
	const struct clusters *clusters;
	const struct installs *installs;
	const struct refusals *refusals;
	const struct map *listed; /* paths that kustomization files name, whatever the field */
};

/* Paths of regular files that kustomization files of `files` name; values are the files. */
const struct map *repository_listed(struct arena *arena, const struct files *files);

/* Who reads a file decides which rules it gets; a file without a reader gets only the rules for any file. */
enum reading {
	READING_NEVER,  /* nothing we know of reads it, or it lies in an archive */
	READING_MAYBE,  /* kustomization files, what they name, and Flux objects, when no root reaches them;
			   all  that is suspended */
	READING_SURELY, /* the agent server, GitLab CI, or a Flux build of a known root */
};

enum reading repository_reading(const struct repository *repository, const struct file *file);

#endif
