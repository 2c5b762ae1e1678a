#include "flux_objects.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct flux_kustomization *kustomization = applied->applies;
	if (!kustomization || !kustomization->path_node || applied_is_suspended(applied)) {
		return;
	}
	const struct build *build = kustomization->build;
	bool is_walked_and_empty =
		build->result == BUILD_OK && !build->kustomization && build->objects.len == 0;
	bool prunes = str_eq(ynode_str(applied_spec(applied, "prune")), STR("true"));
	if (!is_walked_and_empty || !prunes) {
		return;
	}
	struct finding *finding = lint_report(lint, kustomization->path_node,
		"\"%.*s\" holds no Kubernetes object: Flux removes whatever this Kustomization applied "
		"before",
		STR_ARG(shown_path(kustomization->path)));
	lint_help(lint, finding,
		"remove the Kustomization, correct spec.path, or say that it is meant with a "
		"kustomization.yaml that has \"resources: []\"");
	lint_object(lint, finding, applied->object->resource->root, kustomization->path_node);
}

const struct rule rule_FX033 = {
	.code = "FX033",
	.name = "empty-path",
	.summary = "A Flux Kustomization that prunes applies a directory without any manifest.",
	.rationale =
		"Where the directory of `spec.path` is there, but no manifest is left in it (only a README, "
		"a "
		"`.gitkeep`, files with nothing but comments), the Kustomization is ready and green. With "
		"`prune: true` it has just removed all that it once applied. A directory that is gone "
		"altogether is another matter: then Flux fails and removes nothing (FX001).\n\nInformation "
		"only, since a new environment may begin with an empty directory. Not said where a "
		"kustomization file states that there are no resources.",
	.advice =
		"Remove a Kustomization that is out of use, in place of its files; or correct `spec.path`. A "
		"directory that is to be empty for now says so with a `kustomization.yaml` of `resources: "
		"[]`.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.check_applied = check,
};
