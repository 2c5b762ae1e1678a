/* Inside of kustomize builds: shared by the files of this folder only. */
#ifndef GLAGENT_KUSTOMIZE_BUILDER_H
#define GLAGENT_KUSTOMIZE_BUILDER_H

#include "kustomize/config.h"
#include "kustomize/layer.h"
#include "kustomize/member.h"

/* A `vars` entry: the value of a field of an object, for $(NAME). */
struct var {
	struct str name;
	struct identity object;
	bool any_namespace;
	struct str field;
	const struct ynode *at;
};

struct vars {
	struct var *items;
	size_t len, cap;
};

/* A directory whose objects wait for who includes it. */
struct accumulated {
	struct build build;
	struct trail *trails; /* of build.objects */
	const struct config *config;
	struct vars vars;
	bool is_open;
};

struct builder {
	struct arena *arena;
	const struct view *view;
	const struct resources *resources;
	const struct resource **first;  /* by file index: its first resource, or NULL */
	const struct resource *next;    /* behind the one that was asked for last */
	const struct decoded **decoded; /* by file index */
	const struct config *config;    /* kustomize's defaults */
	struct map accumulated; /* directory -> struct accumulated; FAILS are not kept: a cycle depends on the
				   way */
	struct map builds;      /* directory -> struct build */
	size_t steps, held;     /* kustomization files processed; files and objects in all builds */
	unsigned habits;
};

/* A directory that is being built, and who includes it. */
struct frame {
	struct str directory;
	const struct frame *outer;
	unsigned depth;
};

/* What a directory and its components gather. */
struct accumulator {
	struct arena *arena; /* until the build is done */
	struct kpool pool;
	struct members members;
	struct map ids; /* identity_key -> the member */
	bool ids_are_stale;
	const struct config *config;
	struct vars vars;
	bool is_open;   /* something that is not modelled may bring more objects, or change these */
	size_t matches; /* of patches with objects, so far */
};

void accumulator_start(struct accumulator *acc, struct arena *arena);

enum { MATCHES_MAX = 50 * 1000 * 1000 };

/* One directory's build under way. */
struct site {
	struct builder *builder;
	const struct frame *frame;
	const struct layer *layer;
	struct build *build;
	struct accumulator *acc;
};

/* What a directory gathers when `outer` includes it; never NULL. */
const struct accumulated *accumulate_directory(
	struct builder *builder, const struct frame *outer, struct str directory);

/* Gathers what the layer includes into site->acc and transforms it. */
void site_accumulate(struct site *site);

/* The first failure of a build counts, and before it the first thing that is not modelled. */
void build_fail(struct build *build, enum build_fault fault, const struct file *file, const struct ynode *at,
	struct str why);
void build_leave_incomplete(
	struct build *build, const struct file *file, const struct ynode *at, struct str why);

/* The same for a place in the kustomization file of the site; false always. */
bool site_fail(struct site *site, enum build_fault fault, const struct ynode *at, struct str why);
bool site_leave(struct site *site, const struct ynode *at, const char *why);

/* Something is absent: a failure, but not where more objects may come. */
bool site_miss(struct site *site, const struct ynode *at, struct str why);

bool site_failed(const struct site *site);

/* Adds an object; false where its identity is there already. */
bool site_add_member(struct site *site, struct member *member, const struct ynode *at);

/* Takes out those whose tree is gone. */
void accumulator_drop_deleted(struct accumulator *acc);

/* Is every identity there once? */
bool site_check_ids(struct site *site, const struct ynode *at);

void site_add_file(struct site *site, const struct file *file);
bool site_has_room(struct site *site);

/* An accumulator with what was gathered elsewhere; its objects point to `inner` when they came from below. */
bool site_adopt(struct site *site, const struct layer_entry *entry, const struct accumulated *inner);

/* Puts the members into the build as objects. */
void site_freeze(struct site *site, struct trail **ret_trails);

/* What comes once, at the end of a whole build: hashes, references to names, vars, local objects, order. */
void site_finish(struct site *site);

#endif
