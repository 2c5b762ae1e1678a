/*
 * A ResourceList, what KRM functions read and write (kpt.dev/book/04-using-functions,
 * github.com/kubernetes-sigs/ kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md):
 * objects in, objects and results out.
 */
#ifndef GLAGENT_RESOURCE_LIST_H
#define GLAGENT_RESOURCE_LIST_H

#include "buf.h"
#include "error.h"
#include "finding.h"

struct resource_item {
	const struct ynode *object;
	struct str lines; /* as it came in, from its dash on; empty: it is new, or comes in flow style */
};

struct resource_list {
	const struct ynode *config; /* functionConfig; NULL: none */
	struct {
		struct resource_item *items;
		size_t len, cap;
	} items;
	struct str indent;    /* before the dashes */
	struct ylist results; /* of the function so far */
};

/* Reads the text of one; it and the trees live as long as `arena`. False with *reterr: it is none. */
bool resource_list_read(struct arena *arena, const struct source *source, struct resource_list *ret_list,
	struct error *reterr) NODISCARD;

/* Puts the object in the place of the one with its identity, which keeps where it is filed; else behind the
 * others, to be filed at `path` as the `index`-th object there. */
void resource_list_put(struct arena *arena, struct resource_list *list, const struct ynode *object,
	struct str path, size_t index);

/* Adds a result; `field` is a path as in "spec.agents[0].name", `file` that of the function's configuration;
 * both may be empty. */
void resource_list_tell(struct resource_list *list, enum severity severity, struct str message,
	struct str field, struct str file);

/* Appends the list with its results, without the function's configuration. Objects that are as they came in
 * are so byte by byte. */
void resource_list_print(struct arena *arena, struct buf *out, const struct resource_list *list);

/* An annotation of an object under its present or, without that, its former name: "path", "index". */
struct str resource_list_annotation(const struct ynode *object, const char *name);

#endif
