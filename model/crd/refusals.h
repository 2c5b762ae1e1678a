/*
 * What the API server refuses of the objects that are built here. An object of
 * a Flux root is held against the CustomResourceDefinitions that the same root
 * applies; one of a directory that no root reaches against those built beside
 * it. Where there is none, Flux's own objects are held against our schema, of
 * which only that is an error which no Flux takes.
 *
 * Left out are objects that a patch may change which is not understood, that
 * Flux is told to leave alone, and that go to another cluster.
 */
#ifndef GLAGENT_CRD_REFUSALS_H
#define GLAGENT_CRD_REFUSALS_H

#include "crd/check.h"
#include "crd/definitions.h"
#include "flux/flux.h"
#include "kustomizations.h"

struct refusal {
	const struct object *object;
	const struct crd_definition *definition; /* resource NULL: our own schema */
	struct crd_problem problem;              /* `at` is never NULL */
	struct str
		since; /* of a field: the Flux that has it, where the definition here is older; else empty */
	bool is_certain; /* a root applies the object, and no newer version may take it */
};

/* An object of a version that its CustomResourceDefinition does not serve; never one of Flux's own. */
struct unserved {
	const struct object *object;
	const struct crd_definition *definition;
	struct str served; /* "v1, v1beta1"; may be empty */
	bool is_certain;
};

struct refusals {
	struct {
		struct refusal *items;
		size_t len, cap;
	} values;
	struct {
		struct unserved *items;
		size_t len, cap;
	} versions;
};

const struct refusals *refusals_collect(
	struct arena *arena, const struct flux *flux, const struct kustomizations *kustomizations);

#endif
