#include "kustomize_faults.h"

/* What lacks a kind or a name is KM001's, and what is no YAML YM001's. */
static bool
is_no_object(const struct build *build)
{
	return str_starts(build->why, STR("missing Resource")) || !str_starts(build->why, STR("missing "));
}

static bool
is_wanted(const struct build *build)
{
	return is_no_object(build) && !str_eq(build->why, STR("MalformedYAMLError"));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(lint, repository, FAULT_REFUSED, is_wanted,
		"take the file out of the list, or make it a manifest");
}

const struct rule rule_KZ016 = {
	.code = "KZ016",
	.name = "resource-is-no-manifest",
	.summary = "A kustomization lists a file that is no Kubernetes manifest.",
	.rationale =
		"Every document of a listed file must have a kind and a name. kustomize takes nothing "
		"else, neither values of a chart nor the configuration of a tool: `missing Resource "
		"metadata`, `missing kind in object`, `MalformedYAMLError`. The whole build ends, so that "
		"nothing of the directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning "
		"where no Flux root is known to build it.",
	.advice = "Take the file out of the list, or mend it. Files that are only there to be read, such as "
		  "values, go into a `configMapGenerator`.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
