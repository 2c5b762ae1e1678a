#include "applied_finding.h"
#include "flux/release.h"

/* A release that is surely made in this cluster under a name that is known. */
static bool
read_sure(struct arena *arena, const struct applied *applied, struct release *ret_release)
{
	return !applied->object->may_differ && !applied_is_suspended(applied)
		&& release_read(arena, applied, ret_release) && !applied_spec(applied, "kubeConfig")
		&& ret_release->name.len > 0 && ret_release->storage.len > 0;
}

static bool
is_same_object(const struct applied *a, const struct applied *b)
{
	const struct identity *one = &a->object->id, *other = &b->object->id;
	return str_eq(one->namespace, other->namespace) && str_eq(one->name, other->name);
}

static void
report(struct lint *lint, const struct release *release, const struct release *first)
{
	const struct ynode *place = applied_place(release->applied, release->name_node);
	const struct ynode *other = applied_place(first->applied, first->name_node);
	struct finding *finding = lint_report(lint, place,
		"two HelmReleases make the release \"%.*s\" of namespace \"%.*s\", and undo one another",
		STR_ARG(release->name), STR_ARG(release->storage));
	lint_relate(lint, finding, other, "HelmRelease \"%.*s\" in \"%.*s\" is the other one",
		STR_ARG(first->applied->object->id.name), STR_ARG(first->applied->object->id.namespace));
	lint_help(lint, finding, "give one of them another spec.releaseName or spec.storageNamespace");
	lint_applied(lint, finding, release->applied, place);
}

static void
check_cluster(struct lint *lint, const struct cluster *cluster)
{
	struct arena *arena = lint_arena(lint);
	struct map by_name = { 0 };
	for (size_t i = 0; i < cluster->objects.len; i++) {
		struct release *release = arena_new(arena, struct release);
		if (!read_sure(arena, &cluster->objects.items[i], release)) {
			continue;
		}
		struct str key =
			arena_printf(arena, "%.*s/%.*s", STR_ARG(release->storage), STR_ARG(release->name));
		const struct release *first = map_get(&by_name, key);
		if (!first) {
			map_put(arena, &by_name, key, release);
		} else if (!is_same_object(first->applied, release->applied)) {
			report(lint, release, first);
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->clusters->items.len; i++) {
		check_cluster(lint, &repository->clusters->items.items[i]);
	}
}

const struct rule rule_HR016 = {
	.code = "HR016",
	.name = "duplicate-release-name",
	.summary = "Two HelmReleases of one cluster make the same Helm release.",
	.rationale =
		"Helm knows a release by its name and the namespace that keeps its record. Two HelmReleases "
		"that come to the same pair take turns: each finds values, or a chart, that are not its own "
		"and upgrades, for ever, and removing one of them uninstalls what the other has "
		"made.\n\nThe name is `spec.releaseName`, or the object's own name, with "
		"`spec.targetNamespace` and `-` before it when that is given. The record lies in "
		"`spec.storageNamespace`, or in the HelmRelease's own namespace, whatever the target is. "
		"Suspended objects and those with a `kubeConfig` are left out.",
	.advice = "Give each its own name, or keep the records in different namespaces. Another name is "
		  "another "
		  "release: what is installed is removed and installed anew.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
