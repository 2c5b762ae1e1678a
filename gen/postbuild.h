/*
 * Text that survives the substitution of variables in a Flux Kustomization
 * (spec.postBuild): Flux reads the built objects as text in which ${…} is a
 * variable and $$ a dollar sign (github.com/fluxcd/pkg/envsubst).
 */
#ifndef GLAGENT_POSTBUILD_H
#define GLAGENT_POSTBUILD_H

#include "ytree.h"

/* `text` such that the substitution gives `text` back: "${a}" as "$${a}"; itself where nothing is at stake.
 */
struct str postbuild_escape(struct arena *arena, struct str text);

/* The tree with all its keys and texts so; comments, which never get that far, as they are. */
const struct ynode *postbuild_escape_tree(struct arena *arena, const struct ynode *root);

#endif
