/* Inside of kustomize builds: shared by build.c and build_root.c only. */
#ifndef GLAGENT_KUSTOMIZE_BUILDER_H
#define GLAGENT_KUSTOMIZE_BUILDER_H

#include "kustomize/layer.h"

struct builder {
	struct arena *arena;
	const struct view *view;
	const struct resources *resources;
	const struct resource **first;  /* by file index: its first resource, or NULL */
	const struct resource *next;    /* behind the one that was asked for last */
	const struct decoded **decoded; /* by file index */
	struct map builds;  /* directory -> struct build; FAILS are not kept: a cycle depends on the way */
	size_t steps, held; /* kustomization files processed; files and objects in all builds */
};

/* A directory that is being built, and who includes it. */
struct frame {
	struct str directory;
	const struct frame *outer;
	unsigned depth;
};

/* One directory's build under way. */
struct site {
	struct builder *builder;
	const struct frame *frame;
	const struct layer *layer;
	struct build *build;
};

/* Gathers what the layer includes into site->build and transforms it. */
void site_accumulate(struct site *site);

/* The first failure of a build counts, and before it the first thing that is not modelled. */
void build_fail(struct build *build, const struct file *file, const struct ynode *at, struct str why);
void build_leave_incomplete(
	struct build *build, const struct file *file, const struct ynode *at, struct str why);

#endif
