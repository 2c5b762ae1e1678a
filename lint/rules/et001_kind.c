#include "environment_templates.h"
#include "scripts/ci_jobs.h"

/* docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources, "Supported Kubernetes resources" */
static const struct str kinds[] = { STR_INIT("Namespace"), STR_INIT("ServiceAccount"),
	STR_INIT("RoleBinding"), STR_INIT("GitRepository"), STR_INIT("HelmRepository"), STR_INIT("HelmChart"),
	STR_INIT("Bucket"), STR_INIT("OCIRepository"), STR_INIT("Kustomization"), STR_INIT("HelmRelease"),
	STR_INIT("Alert"), STR_INIT("Provider"), STR_INIT("Receiver") };

static bool
is_supported(struct str kind)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kinds[i], kind)) {
			return true;
		}
	}
	return false;
}

static void
check_object(struct lint *lint, const struct ynode *root, const struct ynode *object)
{
	const struct ynode *node = ynode_get(object, STR("kind"));
	struct str kind = ynode_str(node);
	if (!ynode_is(node, YNODE_SCALAR) || kind.len == 0 || !ci_text_is_plain(kind) || is_supported(kind)) {
		return;
	}
	struct str nearest = template_nearest(kinds, countof(kinds), kind);
	struct finding *finding = lint_report(
		lint, node, "GitLab makes no objects of kind \"%.*s\" for environments", STR_ARG(kind));
	if (nearest.len) {
		lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(nearest));
	} else {
		finding->severity = SEVERITY_WARNING;
		lint_help(lint, finding,
			"let the job itself or a Flux Kustomization make it; a newer GitLab may take it");
	}
	lint_object(lint, finding, root, node);
}

static void
check_template(struct lint *lint, const struct file *file)
{
	const struct ynode *root = environment_template_tree(file);
	const struct ynode *objects = ynode_get(root, STR("objects"));
	const struct ynode *item = ynode_is(objects, YNODE_SEQUENCE) ? objects->first : NULL;
	for (; item; item = item->next) {
		check_object(lint, root, ynode_follow(item));
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	each_environment_template(lint, agent, check_template);
}

const struct rule rule_ET001 = {
	.code = "ET001",
	.name = "template-unsupported-kind",
	.summary = "An environment template has an object of a kind that GitLab does not make.",
	.rationale = "From a template GitLab makes Namespaces, ServiceAccounts, RoleBindings and the "
		     "objects of Flux (GitRepository, HelmRepository, HelmChart, Bucket, OCIRepository, "
		     "Kustomization, HelmRelease, Alert, Provider, Receiver), and no others. With another "
		     "kind the resources of the environment are not made, and the job that needs them "
		     "fails.\n\nA kind that resembles a known one is an error. Any other is a warning, for "
		     "a newer GitLab may make it.\n\nTo verify: the environment's page in GitLab and the "
		     "log of the job say why its resources were not made.",
	.advice = "Correct the kind. What is not in the list can be applied by the job itself, or by Flux "
		  "through a Kustomization in the template.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#supported-kubernetes-resources",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_agent = check,
};
