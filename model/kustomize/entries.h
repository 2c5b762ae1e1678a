/* Everything that a kustomization file names: for rules that look at each name and not only at the first that
 * fails. */
#ifndef GLAGENT_KUSTOMIZE_ENTRIES_H
#define GLAGENT_KUSTOMIZE_ENTRIES_H

#include "kustomize/loader.h"

enum entry_use {
	ENTRY_RESOURCE,  /* a file or a directory: resources, bases */
	ENTRY_COMPONENT, /* a directory */
	ENTRY_PATCH,     /* a file with a patch */
	ENTRY_SOURCE,    /* a file that a generator reads */
	ENTRY_OTHER,     /* configurations, crds, replacements */
};

struct entry {
	enum entry_use use;
	const struct ynode *list, *node; /* the list that holds it, or NULL; the text */
	struct str path;                 /* without the "key=" of a source */
	struct location location;
};

struct entries {
	struct entry *items;
	size_t len, cap;
};

/* `root` is the file as JSON (model/tojson.h). Lists of other types are skipped. */
void kustomization_entries(struct arena *arena, const struct view *view, struct str directory,
	const struct ynode *root, struct entries *ret_entries);

#endif
