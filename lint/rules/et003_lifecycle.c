#include "environment_templates.h"
#include "yscalar.h"

struct setting {
	struct str key, first, second; /* words that it takes; second may be empty */
};

/* docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources, "Resource lifecycle management" */
static const struct setting settings[] = {
	{ STR_INIT("apply_resources"), STR_INIT("on_start"), { "", 0 } },
	{ STR_INIT("delete_resources"), STR_INIT("on_stop"), STR_INIT("never") },
};

static void
check_setting(struct lint *lint, const struct ynode *root, const struct setting *setting)
{
	const struct ynode *value = ynode_get(root, setting->key);
	struct str text = ynode_str(value);
	if (ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_NULL || str_eq(text, setting->first)
		|| (setting->second.len && str_eq(text, setting->second))) {
		return;
	}
	struct finding *finding = lint_report(
		lint, value, "%.*s is not known to take \"%.*s\"", STR_ARG(setting->key), STR_ARG(text));
	if (setting->second.len) {
		lint_help(lint, finding, "write \"%.*s\" or \"%.*s\"", STR_ARG(setting->first),
			STR_ARG(setting->second));
	} else {
		lint_help(lint, finding, "write \"%.*s\", or leave it out", STR_ARG(setting->first));
	}
	lint_object(lint, finding, root, value);
}

static void
check_template(struct lint *lint, const struct file *file)
{
	const struct ynode *root = environment_template_tree(file);
	for (size_t i = 0; i < countof(settings); i++) {
		check_setting(lint, root, &settings[i]);
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	each_environment_template(lint, agent, check_template);
}

const struct rule rule_ET003 = {
	.code = "ET003",
	.name = "template-lifecycle-invalid",
	.summary = "An environment template says by an unknown word when its resources come and go.",
	.rationale = "`apply_resources` takes `on_start`, `delete_resources` takes `on_stop` (the default) "
		     "and `never`, since GitLab 18.0. The documentation names no other word.\n\nTo verify: "
		     "the environment's page in GitLab and the log of the job say why its resources were "
		     "not made, or the resources stay when the environment is stopped.",
	.advice = "Write one of these words, or leave the key out.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#resource-lifecycle-management",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_agent = check,
};
