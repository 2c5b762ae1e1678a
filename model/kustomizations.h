/*
 * The kustomization files of a repository, each as kustomize reads it when it
 * is built for itself. Their builds are the most lenient ones: files may lie
 * anywhere and charts may be run, so that what fails here fails everywhere but
 * at the path of a Flux Kustomization, where unknown fields are dropped.
 */
#ifndef GLAGENT_KUSTOMIZATIONS_H
#define GLAGENT_KUSTOMIZATIONS_H

#include "kustomize/entries.h"
#include "kustomize/fields.h"

struct kustomization {
	const struct file *file;
	struct str directory;
	const struct ynode *root; /* as JSON; NULL when the file is no mapping */
	struct entries entries;
	struct field_problems problems;
	const struct build *build; /* never NULL */
	bool is_component;
};

struct kustomizations {
	struct kustomization *items;
	size_t len, cap;
	struct map by_directory; /* -> struct kustomization */
	struct map included;     /* directories that one of them includes: built alone they may lack what lies
				    above     them, or what is changed there; values mean nothing */
	struct view view;
};

/* Those in charts and templates are left out, and directories with several. */
const struct kustomizations *kustomizations_collect(
	struct arena *arena, const struct files *files, const struct resources *resources);

#endif
