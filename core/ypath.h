/* Places in a tree by name: JSON pointers ("/spec/sourceRef/name") and dotted paths ("config.kasAddress"). */
#ifndef GLAGENT_YPATH_H
#define GLAGENT_YPATH_H

#include "ytree.h"

/* The node at a JSON pointer (RFC 6901; list items by index), or NULL. "" is the root. */
const struct ynode *ypath_pointer(const struct ynode *root, struct str pointer);

/*
 * Pointer of the node `target` below `root`, or "" when it is root or not there. With `by_name`, list items
 * that are mappings are named by their `name` or `id` ("/agents/production/rbac"): stable when items move;
 * not for looking up.
 */
struct str ypath_of(struct arena *arena, const struct ynode *root, const struct ynode *target, bool by_name);

/* The node at a dotted path of plain keys, or NULL: ypath_dotted(values, STR("config.kasAddress")). */
const struct ynode *ypath_dotted(const struct ynode *root, struct str path);

#endif
