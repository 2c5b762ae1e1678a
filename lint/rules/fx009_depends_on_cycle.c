#include "dependencies.h"
#include "vec.h"

enum visit { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

/* An object on the way, and which of its dependencies the way takes. */
struct step {
	const struct applied *applied;
	const struct ynode *item; /* the next to look at; behind the top of the stack: the one taken */
	struct reference on;      /* of the one taken */
};

struct search {
	struct lint *lint;
	const struct cluster *cluster;
	enum visit *visits; /* by index of the cluster's objects */
	struct {
		struct step *items;
		size_t len, cap;
	} way;
};

static enum visit *
visit_of(const struct search *search, const struct applied *applied)
{
	return &search->visits[applied - search->cluster->objects.items];
}

static void
enter(struct search *search, const struct applied *applied)
{
	struct step step = { .applied = applied };
	step.item = applied->object->may_differ ? NULL : applied_items(applied, "dependsOn");
	*visit_of(search, applied) = VISIT_OPEN;
	vec_push(lint_arena(search->lint), &search->way, step);
}

/* The object that `item` names, or NULL. */
static const struct applied *
follow(struct step *step, const struct ynode *item)
{
	const struct reference *on = &step->on;
	return dependency_read(step->applied, item, &step->on)
		? cluster_find(step->applied->cluster, on->group, on->kind, on->namespace, on->name)
		: NULL;
}

static bool
is_before(const struct ynode *a, const struct ynode *b)
{
	return a->source != b->source ? a->source < b->source : a->span.start < b->span.start;
}

/* Reports at the one of the circle that stands first in the files, wherever the search came in. */
static void
report(const struct search *search, size_t from)
{
	struct arena *arena = lint_arena(search->lint);
	const struct step *circle = &search->way.items[from];
	size_t len = search->way.len - from, first = 0;
	for (size_t i = 1; i < len; i++) {
		first = is_before(circle[i].on.at, circle[first].on.at) ? i : first;
	}
	const struct identity *id = &circle[first].applied->object->id;
	struct str text = arena_printf(arena, "\"%.*s\"", STR_ARG(id->name));
	for (size_t i = 0; i < len; i++) {
		text = arena_printf(arena, "%.*s%s waits for \"%.*s\"", STR_ARG(text), i > 0 ? ", which" : "",
			STR_ARG(circle[(first + i) % len].on.name));
	}
	struct finding *finding = lint_report(search->lint, circle[first].on.at, "%.*s: %s", STR_ARG(text),
		len > 1 ? "none of them is ever applied" : "it is never applied");
	for (size_t i = 1; i < len; i++) {
		const struct step *step = &circle[(first + i) % len];
		lint_relate(search->lint, finding, step->on.at, "\"%.*s\" waits for \"%.*s\"",
			STR_ARG(step->applied->object->id.name), STR_ARG(step->on.name));
	}
	lint_help(search->lint, finding, len > 1 ? "take one of these dependencies away" : "remove the item");
	lint_object(
		search->lint, finding, circle[first].applied->object->resource->root, circle[first].on.at);
}

static void
close_circle(const struct search *search, const struct applied *target)
{
	for (size_t i = 0; i < search->way.len; i++) {
		if (search->way.items[i].applied == target) {
			report(search, i);
		}
	}
}

/* Depth first, so that each way back to an object that is still open is a circle. */
static void
walk(struct search *search, const struct applied *start)
{
	enter(search, start);
	while (search->way.len > 0) {
		struct step *top = &search->way.items[search->way.len - 1];
		const struct ynode *item = top->item;
		if (!item) {
			*visit_of(search, top->applied) = VISIT_DONE;
			search->way.len--;
			continue;
		}
		top->item = item->next;
		const struct applied *target = follow(top, item);
		if (target && *visit_of(search, target) == VISIT_OPEN) {
			close_circle(search, target);
		} else if (target && *visit_of(search, target) == VISIT_NEW) {
			enter(search, target);
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct clusters *clusters = repository->clusters;
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		struct search search = { .lint = lint, .cluster = cluster };
		search.visits = arena_new_n(lint_arena(lint), enum visit, cluster->objects.len + 1);
		for (size_t j = 0; j < cluster->objects.len; j++) {
			const struct applied *applied = &cluster->objects.items[j];
			if ((applied_is_kustomization(applied) || applied_is_release(applied))
				&& search.visits[j] == VISIT_NEW) {
				walk(&search, applied);
			}
		}
	}
}

const struct rule rule_FX009 = {
	.code = "FX009",
	.name = "depends-on-cycle",
	.summary = "Kustomizations or HelmReleases wait for one another in a circle.",
	.rationale =
		"Flux does not look for circles in `dependsOn`: each object waits until those that it names "
		"are ready, so in a circle all stay at *dependency 'NAMESPACE/NAME' is not ready*. On a new "
		"cluster nothing of them is ever applied; on one that was set up before the circle was "
		"closed, no change of them is applied any more.",
	.advice = "Take away one of the dependencies, or move what both sides need into a Kustomization of "
		  "its own.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
