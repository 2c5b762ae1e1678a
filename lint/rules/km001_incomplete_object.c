#include "kustomize_faults.h"

static bool
lacks_something(const struct build *build)
{
	return str_starts(build->why, STR("missing kind"))
		|| str_starts(build->why, STR("missing metadata.name"));
}

static void
check_object(struct lint *lint, const struct object *object)
{
	if (object->id.group.len == 0 && object->id.version.len == 0 && !object->may_differ) {
		struct finding *finding =
			lint_report(lint, object->written, "the %.*s \"%.*s\" has no apiVersion",
				STR_ARG(object->id.kind), STR_ARG(object->id.name));
		lint_help(lint, finding, "add it");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(
		lint, repository, FAULT_REFUSED, lacks_something, "write apiVersion, kind and metadata.name");
	each_built_object(lint, repository, check_object);
}

const struct rule rule_KM001 = {
	.code = "KM001",
	.name = "object-incomplete",
	.summary = "An object that is built lacks apiVersion, kind or name.",
	.rationale =
		"kustomize refuses a file with a document that has no kind, or no name: `missing kind in "
		"object`, `missing metadata.name in object`. It takes one without apiVersion, and then the "
		"cluster refuses it: `failed to decode Kubernetes apiVersion, kind and name` with Flux.\n\nA "
		"warning where no Flux root is known to build it.",
	.advice = "Write all three; `kubectl explain KIND` names the apiVersion.",
	.reference = "https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
