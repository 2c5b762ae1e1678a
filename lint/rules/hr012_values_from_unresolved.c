#include "applied_finding.h"
#include "flux/release.h"
#include "flux_objects.h"

enum { SURE_BYTES = 6 }; /* a short name is near to many */

/* What a release takes values from, and what there is instead. */
struct search {
	struct lint *lint;
	const struct applied *applied;
	const struct ynode *item; /* of spec.valuesFrom */
	struct str kind, name, namespace;
};

struct explanation {
	const char *what, *help;
};

static bool
is_data(const struct identity *id)
{
	return id->group.len == 0 && (str_eq(id->kind, STR("ConfigMap")) || str_eq(id->kind, STR("Secret")));
}

static bool
is_digit_changed(struct str a, struct str b)
{
	size_t at = 0;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
		at++;
	}
	char one = at < a.len ? a.ptr[at] : '\0', other = at < b.len ? b.ptr[at] : '\0';
	return (one >= '0' && one <= '9') || (other >= '0' && other <= '9');
}

/* One slip away, and no next one of a row. */
static bool
is_near(struct str name, struct str other)
{
	return name.len >= SURE_BYTES && str_distance(name, other, 1) == 1 && !is_digit_changed(name, other);
}

static void
report(const struct search *search, const struct object *found, const struct explanation *explanation)
{
	const struct ynode *place = applied_place(search->applied, ynode_get(search->item, STR("name")));
	struct finding *finding = lint_report(search->lint, place,
		"namespace \"%.*s\" gets no %.*s \"%.*s\", but %s \"%.*s\"", STR_ARG(search->namespace),
		STR_ARG(search->kind), STR_ARG(search->name), explanation->what, STR_ARG(found->id.name));
	const struct applied other = { .object = found };
	lint_relate(search->lint, finding, applied_place(&other, NULL), "this one");
	lint_help(search->lint, finding, "%s", explanation->help);
	lint_applied(search->lint, finding, search->applied, place);
}

/* Why the object may be the one that is meant; false when nothing speaks for it. */
static bool
explain(const struct search *search, const struct object *object, struct explanation *ret_explanation)
{
	bool is_kind = str_eq(object->id.kind, search->kind);
	if (!is_kind && str_eq(object->id.name, search->name)) {
		*ret_explanation = (struct explanation){
			str_eq(search->kind, STR("Secret")) ? "a ConfigMap" : "a Secret", "correct the kind"
		};
	} else if (is_kind && is_near(search->name, object->id.name)) {
		*ret_explanation = (struct explanation){ "one called", "correct the name" };
	} else {
		return false;
	}
	return true;
}

/* Is there anything of this name, whatever its kind, that may make the object: an ExternalSecret, a
 * SealedSecret, another operator's? Or that names it as its product? */
static bool
may_be_made(const struct search *search)
{
	const struct cluster *cluster = search->applied->cluster;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		bool is_release = str_eq(object->id.group, FLUX_HELM_GROUP);
		if (!is_release && !is_data(&object->id) && node_holds_text(object->node, search->name)) {
			return true;
		}
	}
	return false;
}

static void
look_for(const struct search *search)
{
	const struct cluster *cluster = search->applied->cluster;
	struct explanation explanation;
	if (cluster_find(cluster, STR(""), search->kind, search->namespace, search->name)) {
		return;
	}
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		if (is_data(&object->id) && str_eq(object->id.namespace, search->namespace)
			&& explain(search, object, &explanation)) {
			if (!may_be_made(search)) {
				report(search, object, &explanation);
			}
			return;
		}
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	struct str namespace = applied->object->id.namespace;
	if (!applied->cluster || namespace.len == 0 || !release_read(lint_arena(lint), applied, &release)) {
		return;
	}
	const struct ynode *list = ynode_get(release.spec, STR("valuesFrom"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		const struct ynode *name = ynode_get(item, STR("name")), *kind = ynode_get(item, STR("kind"));
		struct search search = { lint, applied, item, ynode_str(kind), ynode_str(name), namespace };
		bool is_optional = ynode_get(item, STR("optional")) != NULL;
		if (applied_is_plain(name) && applied_is_plain(kind) && !is_optional
			&& (str_eq(search.kind, STR("ConfigMap")) || str_eq(search.kind, STR("Secret")))) {
			look_for(&search);
		}
	}
}

const struct rule rule_HR012 = {
	.code = "HR012",
	.name = "values-from-unresolved",
	.summary =
		"A HelmRelease takes values from a ConfigMap or Secret that is applied under another name or "
		"kind.",
	.rationale =
		"Without the object the release is not installed: *could not resolve ConfigMap chart values "
		"reference*. It has to be in the HelmRelease's own namespace.\n\nMost such objects are made "
		"outside of Git, so a missing one alone is no finding. One is when the same namespace gets "
		"the "
		"object as the other kind, or with one letter changed, and nothing else that is applied "
		"mentions the name. A generated object whose hash the release does not know is FX034's.",
	.advice = "Correct name or kind.",
	.reference =
		"https://fluxcd.io/flux/guides/helmreleases/#refer-to-values-in-configmaps-generated-with-"
		"kustomize",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
