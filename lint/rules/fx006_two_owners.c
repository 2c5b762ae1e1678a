#include "flux_objects.h"
#include "path.h"
#include "vec.h"

enum { SHOWN_MAX = 3 }; /* objects named in one finding */

/* One object that two Kustomizations apply. */
struct clash {
	const struct applied *first, *second;
	bool differs; /* what they make of it is surely not the same */
};

/* All clashes of two Kustomizations over the same documents. */
struct pair {
	const struct flux_kustomization *first, *second;
	struct {
		struct clash *items;
		size_t len, cap;
	} clashes;
};

struct search {
	struct lint *lint;
	const struct cluster *cluster;
	struct map seen; /* identity -> struct applied: the first of it */
	struct {
		struct pair *items;
		size_t len, cap;
	} pairs;
};

static bool
is_same(const struct ynode *a, const struct ynode *b)
{
	a = ynode_follow(a);
	b = ynode_follow(b);
	if (a == b || !a || !b || a->kind != b->kind || a->len != b->len) {
		return a == b;
	}
	if (a->kind == YNODE_SCALAR) {
		return str_eq(ynode_str(a), ynode_str(b));
	}
	const struct ynode *other = b->first;
	for (const struct ynode *child = a->first; child; child = child->next) {
		if (a->kind == YNODE_SEQUENCE) {
			if (!is_same(child, other)) {
				return false;
			}
			other = other->next;
		} else {
			if (!is_same(child->next, ynode_get(b, ynode_str(child)))) {
				return false;
			}
			child = child->next;
		}
	}
	return true;
}

/* The same but for the version, in which the server stores both alike. */
static bool
is_same_object(const struct ynode *a, const struct ynode *b)
{
	if (a == b || !ynode_is(a, YNODE_MAPPING) || !ynode_is(b, YNODE_MAPPING) || a->len != b->len) {
		return is_same(a, b);
	}
	for (const struct ynode *key = a->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		if (!str_eq(name, STR("apiVersion")) && !is_same(key->next, ynode_get(b, name))) {
			return false;
		}
	}
	return true;
}

/* Does Flux put up with others that own the object, or leave it alone? */
static bool
is_shared_on_purpose(const struct ynode *node)
{
	struct str ssa = node_mark(node, "kustomize.toolkit.fluxcd.io/ssa");
	struct str reconcile = node_mark(node, "kustomize.toolkit.fluxcd.io/reconcile");
	return ssa.len > 0 || str_eq(reconcile, STR("disabled"));
}

/* Nobody would take it away from the other. */
static bool
is_kept(const struct ynode *node)
{
	return str_eq(node_mark(node, "kustomize.toolkit.fluxcd.io/prune"), STR("disabled"));
}

static bool
prunes(const struct applied *applied)
{
	return !str_eq(ynode_str(ynode_get(applied->by->spec, STR("prune"))), STR("false"));
}

static bool
is_judged(const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	return applied->by->build->result != BUILD_FAILS && id->name.len > 0
		&& !applied->object->may_be_renamed && !flux_spec_suspends(applied->by->spec)
		&& applied_text_is_plain(id->name) && applied_text_is_plain(id->namespace)
		&& !is_shared_on_purpose(applied->object->node);
}

static bool
is_sure(const struct applied *applied)
{
	return !applied->object->may_differ && !ynode_get(applied->by->spec, STR("postBuild"))
		&& !ynode_get(applied->object->node, STR("sops")); /* Flux takes that off, and decrypts */
}

static void
add_to_pair(struct search *search, const struct clash *clash)
{
	struct pair *pair = NULL;
	for (size_t i = 0; i < search->pairs.len && !pair; i++) {
		struct pair *one = &search->pairs.items[i];
		pair = one->first == clash->first->by && one->second == clash->second->by ? one : NULL;
	}
	if (!pair) {
		const struct pair fresh = { .first = clash->first->by, .second = clash->second->by };
		vec_push(lint_arena(search->lint), &search->pairs, fresh);
		pair = &search->pairs.items[search->pairs.len - 1];
	}
	vec_push(lint_arena(search->lint), &pair->clashes, *clash);
}

static const char *
effect_of(bool differs)
{
	return differs ? "each undoes what the other does" : "once one of them drops it, Flux may delete it";
}

/* "ConfigMap \"default/settings\"". */
static struct str
object_text(struct arena *arena, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	return arena_printf(arena, "%.*s \"%.*s%s%.*s\"", STR_ARG(id->kind), STR_ARG(id->namespace),
		id->namespace.len > 0 ? "/" : "", STR_ARG(id->name));
}

/* Where its path stands, or else the object. */
static const struct ynode *
place_of(const struct flux_kustomization *kustomization)
{
	return kustomization->path_node ? kustomization->path_node : kustomization->resource->root;
}

/* Two documents of one name. */
static void
report_clash(const struct search *search, const struct clash *clash)
{
	const struct applied *first = clash->first, *second = clash->second;
	struct finding *finding = lint_report(search->lint, applied_name_node(second),
		"the Kustomizations \"%.*s\" and \"%.*s\" both apply %.*s: %s", STR_ARG(first->by->name),
		STR_ARG(second->by->name), STR_ARG(object_text(lint_arena(search->lint), second)),
		effect_of(clash->differs));
	bool is_namespace = str_eq(second->object->id.kind, STR("Namespace"));
	finding->severity = clash->differs && !is_namespace ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_relate(search->lint, finding, applied_name_node(first), "\"%.*s\" applies this one",
		STR_ARG(first->by->name));
	lint_relate(search->lint, finding, place_of(second->by), "\"%.*s\" starts here",
		STR_ARG(second->by->name));
	lint_help(search->lint, finding,
		"leave it to one of them, and have the other depend on that; equal ones may stay with the "
		"annotation \"kustomize.toolkit.fluxcd.io/prune: disabled\"");
	lint_object(search->lint, finding, second->object->resource->root, applied_name_node(second));
}

static size_t
count_objects(const struct search *search, const struct flux_kustomization *by)
{
	size_t count = 0;
	for (size_t i = 0; i < search->cluster->objects.len; i++) {
		count += search->cluster->objects.items[i].by == by ? 1 : 0;
	}
	return count;
}

/* The same documents twice: the fault is in the paths. */
static void
report_pair(const struct search *search, const struct pair *pair)
{
	bool is_first_within = pair->first->path.len > pair->second->path.len
		&& path_is_below(pair->first->path, pair->second->path);
	const struct flux_kustomization *inner = is_first_within ? pair->first : pair->second;
	const struct flux_kustomization *outer = is_first_within ? pair->second : pair->first;
	const struct clash *clashes = pair->clashes.items;
	size_t count = pair->clashes.len;
	bool is_all = count == count_objects(search, inner), differs = false;
	for (size_t i = 0; i < count; i++) {
		differs = differs || clashes[i].differs;
	}
	struct arena *arena = lint_arena(search->lint);
	struct str more = count > 1 ? arena_printf(arena, " and %zu more", count - 1) : STR("");
	struct str what = is_all
		? arena_printf(arena, "\"%.*s\" applies all that the Kustomization \"%.*s\" applies",
			STR_ARG(outer->name), STR_ARG(inner->name))
		: arena_printf(arena, "\"%.*s\" and \"%.*s\" both apply %.*s%.*s from the same files",
			STR_ARG(outer->name), STR_ARG(inner->name),
			STR_ARG(object_text(arena, clashes[0].second)), STR_ARG(more));
	struct finding *finding =
		lint_report(search->lint, place_of(inner), "%.*s: %s", STR_ARG(what), effect_of(differs));
	finding->severity = differs ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_relate(search->lint, finding, place_of(outer), "\"%.*s\" starts at \"%.*s\"",
		STR_ARG(outer->name), STR_ARG(shown_path(outer->path)));
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++) {
		lint_relate(search->lint, finding, applied_name_node(clashes[i].second), "%.*s",
			STR_ARG(object_text(arena, clashes[i].second)));
	}
	if (path_is_below(inner->path, outer->path)) {
		lint_help(search->lint, finding,
			"move \"%.*s\" out of \"%.*s\", or give that a kustomization.yaml that leaves it out",
			STR_ARG(shown_path(inner->path)), STR_ARG(shown_path(outer->path)));
	} else {
		lint_help(search->lint, finding,
			"let only one of them apply what both take from the same files");
	}
	lint_object(search->lint, finding, inner->resource->root, place_of(inner));
}

static void
look_at(struct search *search, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	struct arena *arena = lint_arena(search->lint);
	struct str key = arena_printf(arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(id->group), STR_ARG(id->kind),
		STR_ARG(id->namespace), STR_ARG(id->name));
	const struct applied *first = map_get(&search->seen, key);
	if (!first) {
		map_put(arena, &search->seen, key, (void *)(uintptr_t)applied);
		return;
	}
	const struct ynode *a = first->object->node, *b = applied->object->node;
	struct clash clash = { .first = first, .second = applied };
	bool is_equal = is_same_object(a, b);
	clash.differs = !is_equal && is_sure(first) && is_sure(applied);
	bool is_harmless = !clash.differs && !prunes(first) && !prunes(applied);
	if (first->by == applied->by || is_harmless || (is_equal && (is_kept(a) || is_kept(b)))) {
		return;
	}
	if (first->object->resource == applied->object->resource) {
		add_to_pair(search, &clash);
	} else {
		report_clash(search, &clash);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct clusters *clusters = repository->clusters;
	for (size_t i = 0; i < clusters->items.len; i++) {
		struct search search = { .lint = lint, .cluster = &clusters->items.items[i] };
		for (size_t j = 0; j < search.cluster->objects.len; j++) {
			const struct applied *applied = &search.cluster->objects.items[j];
			if (is_judged(applied)) {
				look_at(&search, applied);
			}
		}
		for (size_t j = 0; j < search.pairs.len; j++) {
			report_pair(&search, &search.pairs.items[j]);
		}
	}
}

const struct rule rule_FX006 = {
	.code = "FX006",
	.name = "duplicate-object-owner",
	.summary = "Two Kustomizations of one cluster apply the same object.",
	.rationale =
		"Each Kustomization takes the object for its own, writes its labels on it and keeps it in "
		"its inventory. Where they want different things, each reconciliation undoes the other's. "
		"Where they want the same, it goes well until one of them does not apply it any more: that "
		"one may prune it, and it is gone until the other comes by again; with a Namespace goes all "
		"that is in it.\n\nOften a path lies within another one: the outer Kustomization walks "
		"into the directory that the inner one is for. That is one finding, at the inner "
		"path.\n\nAn error where the two surely differ; a warning where they are the same, where a "
		"substitution decides, and for a Namespace. Silent for Kustomizations that are suspended or "
		"send to another cluster, for equal objects of two that do not prune, for objects with the "
		"annotations `kustomize.toolkit.fluxcd.io/ssa` "
		"or `…/reconcile: disabled`, and for equal ones with `…/prune: disabled`.",
	.advice = "Let one Kustomization apply the object and the other depend on it (`dependsOn`). For "
		  "paths within one another: move the inner directory out, or give the outer path a "
		  "`kustomization.yaml` that leaves it out. Where both must bring it, a Namespace perhaps, "
		  "write "
		  "the same in both and annotate it with `kustomize.toolkit.fluxcd.io/prune: disabled`, so "
		  "that "
		  "neither takes it away.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#controlling-the-apply-behavior-of-resources",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
