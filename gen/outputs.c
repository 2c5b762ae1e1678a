#include "outputs.h"

#include "commands.h"
#include "init.h"
#include "rbac.h"

const struct output outputs[] = {
	{ .name = "values",
		.summary = "values.yaml for the official gitlab-agent chart",
		.template = "values",
		.path = "{agent}/values.yaml",
		.needs_rbac = rbac_is_needed },
	{ .name = "config",
		.summary = "the agent's config.yaml, which GitLab reads",
		.template = "config",
		.path = ".gitlab/agents/{agent}/config.yaml" },
	{ .name = "rbac",
		.summary = "the roles and bindings that the agent needs",
		.template = "rbac",
		.path = "{agent}/rbac.yaml",
		.is_joined = true,
		.derive = rbac_derive,
		.print = rbac_print },
	{ .name = "commands",
		.summary = "the shell steps of the installation",
		.template = "commands",
		.path = "{agent}/commands.sh",
		.refuse = commands_refuse,
		.derive = commands_derive,
		.print = commands_print },
	{ .name = "flux", .summary = "what Flux installs the agent from" },
	{ .name = "kpt", .summary = "a kpt package" },
	{ .name = "repo", .summary = "all of it, where the spec's layout says", .per = OUTPUT_PER_FLEET },
	{ .name = "init", .summary = "a glagent.yaml to start from; - prints it", .run = init_run },
	{ .name = "fn", .summary = "the same as a KRM function", .per = OUTPUT_PER_FLEET },
	{ 0 },
};

const struct output *
output_get(struct str name)
{
	for (const struct output *output = outputs; output->name; output++) {
		if (str_eq(name, str_from(output->name))) {
			return output;
		}
	}
	return NULL;
}
