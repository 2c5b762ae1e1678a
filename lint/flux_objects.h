/* What several rules ask of Flux objects: who they are, and whom they name. */
#ifndef GLAGENT_FLUX_OBJECTS_H
#define GLAGENT_FLUX_OBJECTS_H

#include "rule.h"

bool applied_is_kustomization(const struct applied *applied);
bool applied_is_release(const struct applied *applied);

/* Is it what `flux bootstrap` wrote, and writes again? */
bool applied_is_bootstrapped(const struct applied *applied);

/* metadata.name, or the object where it has none. */
const struct ynode *applied_name_node(const struct applied *applied);

/* The first item of the list spec.KEY; NULL when there is none. */
const struct ynode *applied_items(const struct applied *applied, const char *key);

/* What tells Flux how to treat the object: an annotation or a label. Empty when there is none. */
struct str node_mark(const struct ynode *node, const char *mark);

/* Is a scalar of the tree exactly this text? Aliases are not followed: their targets are in the tree. */
bool node_holds_text(const struct ynode *node, struct str text);

/* Calls `check` for each Kustomization that is followed from a root, the root first. */
void each_followed(struct lint *lint, const struct repository *repository,
	void (*check)(struct lint *, const struct flux_root *, const struct flux_kustomization *));

/* The path as users write it: "./" for the root of the repository. */
struct str shown_path(struct str path);

/* Whom a reference names: a sourceRef, a chartRef, an item of dependsOn. */
struct reference {
	const struct applied *from;
	struct str group, kind, namespace, name;
	const struct ynode *at; /* the name's node, which has a place */
};

/* Reads name and namespace of `node` and leaves group and kind to the caller; false where one of them is
 * missing, is no text or holds a variable. */
bool reference_read(
	const struct applied *from, const struct ynode *node, struct reference *ret_reference) NODISCARD;

/* Calls `check` for the sourceRef of a Kustomization, the sourceRef or chartRef of a HelmRelease; for nothing
 * else. */
void each_source_reference(struct lint *lint, const struct applied *applied,
	void (*check)(struct lint *, const struct applied *, const struct ynode *node));

/* Is the object in the cluster's builds, or made by bootstrapping it? */
bool reference_is_met(const struct reference *r);

/* The object that the reference means as it is written, where the build that holds the reference applies it
 * under another name or in another namespace: renamed by a transformer. NULL when there is none. */
const struct object *reference_find_renamed(const struct reference *r);

/* The object itself where no root that is known reaches it, or NULL. */
const struct resource *reference_find_unapplied(
	const struct repository *repository, const struct reference *r);

/* The one object of the kind and namespace whose name is nearly that, where nothing else can be meant: none
 * of another kind or namespace, nor one that lies here unapplied. NULL when there is none, or several. */
const struct applied *reference_only_near(const struct lint *lint, const struct reference *r);

/* Reports at the reference's name. What was probably meant in its place is related and makes a warning of the
 * finding: an object that lies here unapplied, of another kind, of nearly that name, of another namespace. */
struct finding *reference_report(struct lint *lint, const struct reference *r, struct str message);

#endif
