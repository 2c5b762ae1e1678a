#include "crd/refusals.h"

#include "crd/flux_objects.h"
#include "crd/value.h"
#include "vec.h"

struct collector {
	struct arena *arena, *scratch;
	struct refusals *refusals;
	struct crd_patterns patterns;
	struct crd_definitions own;
};

/* One cluster, or one build that no root reaches. */
struct scope {
	const struct crd_definitions *definitions;
	bool is_sure; /* a root applies what is built, and all that changes it is known */
};

/* Nobody knows which Flux it is, and a later one may have more fields and words, wider patterns, and demand
 * less. But what looks like a known field is that one misspelt, and types stay. */
static bool
may_be_newer(const struct crd_definition *definition, const struct crd_problem *problem)
{
	bool is_misspelt = problem->kind == CRD_PROBLEM_FIELD && problem->suggestion.len > 0;
	return !definition->resource && !is_misspelt && problem->kind != CRD_PROBLEM_TYPE;
}

/* Is it said of what is not there? */
static bool
is_about_a_lack(const struct crd_problem *problem)
{
	return problem->kind == CRD_PROBLEM_MISSING || problem->kind == CRD_PROBLEM_RULE
		|| problem->kind == CRD_PROBLEM_CHOICE || problem->kind == CRD_PROBLEM_COUNT;
}

/* Webhooks may fill objects in before they are validated; Flux has none for its own. */
static bool
may_be_filled_in(const struct object *object, const struct crd_problem *problem)
{
	return is_about_a_lack(problem) && !flux_is_group(object->id.group);
}

/* "spec.a[0].b" up to and with its last dot. */
static struct str
parent_of(struct str path)
{
	while (path.len > 0 && path.ptr[path.len - 1] != '.') {
		path.len--;
	}
	return path;
}

/* Is the missing field there, misspelt? Then that says it all. */
static bool
is_told_as_misspelt(const struct crd_problems *problems, const struct crd_problem *missing)
{
	struct str parent = parent_of(missing->path);
	for (size_t i = 0; missing->kind == CRD_PROBLEM_MISSING && i < problems->len; i++) {
		const struct crd_problem *field = &problems->items[i];
		if (field->kind == CRD_PROBLEM_FIELD && field->suggestion.len > 0
			&& str_eq(field->suggestion, str_skip(missing->path, parent.len))
			&& str_eq(parent_of(field->path), parent)) {
			return true;
		}
	}
	return false;
}

static void
add_refusal(struct collector *c, const struct scope *scope, const struct object *object,
	const struct crd_definition *definition, struct crd_problem problem)
{
	struct refusal refusal = { .object = object,
		.definition = definition,
		.problem = problem,
		.is_certain = scope->is_sure && !may_be_newer(definition, &problem)
			&& !may_be_filled_in(object, &problem) };
	refusal.problem.at = problem.at ? problem.at : object->written;
	refusal.problem.path = arena_str(c->arena, problem.path);
	refusal.problem.message = arena_str(c->arena, problem.message);
	if (problem.kind == CRD_PROBLEM_FIELD && definition->resource && flux_is_group(object->id.group)) {
		refusal.since = flux_objects_since(&c->own, &object->id, refusal.problem.path);
	}
	vec_push(c->arena, &c->refusals->values, refusal);
}

static void
check_version(struct collector *c, const struct scope *scope, const struct object *object,
	const struct crd_definition *definition, const struct ynode *version)
{
	struct crd_problems problems;
	if (definition->resource && !crd_version_is_served(version)) {
		struct unserved unserved = { object, definition, crd_definition_served(c->arena, definition),
			scope->is_sure };
		if (!flux_is_group(object->id.group)) {
			vec_push(c->arena, &c->refusals->versions, unserved);
		}
		return;
	}
	crd_check(c->scratch, &c->patterns, crd_version_schema(version), object->node, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		const struct crd_problem *problem = &problems.items[i];
		/* Patches that are not known may add what is lacking. */
		bool is_known = scope->is_sure || !is_about_a_lack(problem);
		if (is_known && !is_told_as_misspelt(&problems, problem)) {
			add_refusal(c, scope, object, definition, *problem);
		}
	}
	arena_reset(c->scratch);
}

static void
check_object(struct collector *c, const struct scope *scope, const struct object *object)
{
	const struct identity *id = &object->id;
	const struct crd_definition *definition =
		crd_definitions_get(scope->definitions, id->group, id->kind);
	if (!definition && flux_is_group(id->group)) {
		definition = crd_definitions_get(&c->own, id->group, id->kind);
	}
	if (!definition || definition->is_open || object->may_differ || object->is_generated
		|| flux_is_left_alone(object->node)) {
		return;
	}
	const struct ynode *version = crd_definition_version(definition, id->version);
	if (version || definition->resource) {
		check_version(c, scope, object, definition, version);
	}
}

static void
add_definitions(struct arena *arena, struct crd_definitions *definitions, const struct build *build)
{
	for (size_t i = 0; i < build->objects.len; i++) {
		const struct object *object = &build->objects.items[i];
		crd_definitions_add(arena, definitions, object->resource, object->node, object->may_differ);
	}
}

static void
check_build(struct collector *c, const struct scope *scope, const struct build *build)
{
	for (size_t i = 0; i < build->objects.len; i++) {
		check_object(c, scope, &build->objects.items[i]);
	}
}

/* Does it apply what it builds, here and now? What a suspended one would apply stays as it is. */
static bool
applies(const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	return build && build->result != BUILD_FAILS && !ynode_get(kustomization->spec, STR("kubeConfig"))
		&& !flux_is_suspended(kustomization);
}

static void
check_root(struct collector *c, const struct flux_root *root)
{
	struct crd_definitions definitions = { 0 };
	struct scope scope = { &definitions, true };
	for (size_t i = 0; i < root->closure.len; i++) {
		if (applies(root->closure.items[i])) {
			add_definitions(c->arena, &definitions, root->closure.items[i]->build);
		}
	}
	for (size_t i = 0; i < root->closure.len; i++) {
		const struct build *build = root->closure.items[i]->build;
		if (applies(root->closure.items[i])) {
			scope.is_sure = build->result == BUILD_OK;
			check_build(c, &scope, build);
		}
	}
}

static void
check_unreached(struct collector *c, const struct flux *flux, const struct kustomizations *all)
{
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *item = &all->items[i];
		bool is_reached = flux_reaches(flux, item->file) != NULL;
		if (item->is_component || is_reached || map_get(&all->included, item->directory)
			|| item->build->result == BUILD_FAILS) {
			continue;
		}
		struct crd_definitions definitions = { 0 };
		struct scope scope = { &definitions, false };
		add_definitions(c->arena, &definitions, item->build);
		check_build(c, &scope, item->build);
	}
}

const struct refusals *
refusals_collect(struct arena *arena, const struct flux *flux, const struct kustomizations *kustomizations)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct collector c = { .arena = arena,
		.scratch = &scratch,
		.refusals = arena_new(arena, struct refusals),
		.patterns = { .arena = arena } };
	flux_objects_load(arena, &c.own);
	for (size_t i = 0; i < flux->roots.len; i++) {
		check_root(&c, &flux->roots.items[i]);
	}
	check_unreached(&c, flux, kustomizations);
	crd_patterns_release(&c.patterns);
	return c.refusals;
}
