#include "rule.h"

static const struct str folder = STR_INIT("environment_templates"), extension = STR_INIT(".yaml");

/* A top-level list `objects` of Kubernetes objects: nothing else in an agent's directory has it. */
static bool
is_template(const struct file *file)
{
	const struct ynode *objects = file->docs ? ynode_get(file->docs->root, STR("objects")) : NULL;
	return objects && ynode_is(objects, YNODE_SEQUENCE) && ynode_get(objects->first, STR("kind"));
}

static bool
has_nearly_the_name(struct str directory)
{
	enum { SLIPS_MAX = 3 };
	return str_distance(directory, folder, SLIPS_MAX) <= SLIPS_MAX;
}

static void
check_file(struct lint *lint, const struct agent *agent, const struct file *file)
{
	struct str below = str_skip(file->source.path, agent->directory.len + 1);
	struct str directory = path_parent(below);
	bool in_folder = str_eq(directory, folder);
	bool is_named = in_folder && str_eq(path_extension(below), extension);
	bool is_meant = in_folder || has_nearly_the_name(directory) || is_template(file);
	if (file->kind != FS_REGULAR || !file->is_yaml || is_named || !is_meant || file == agent->config) {
		return;
	}
	struct str base = path_base(below);
	base.len -= path_extension(below).len;
	struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
		"GitLab never reads this template, only %.*s/*.yaml in the agent's directory",
		STR_ARG(folder));
	lint_help(lint, finding, "move it to %.*s/%.*s/%.*s.yaml", STR_ARG(agent->directory), STR_ARG(folder),
		STR_ARG(base));
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct files *files = lint_repository(lint)->files;
	const struct directory *directory = files_directory(files, agent->directory);
	for (size_t i = directory->first; i < directory->last; i++) {
		check_file(lint, agent, &files->items[i]);
	}
}

const struct rule rule_AG007 = {
	.code = "AG007",
	.name = "environment-template-misplaced",
	.summary = "An environment template of an agent is where GitLab does not look.",
	.rationale = "GitLab reads `.gitlab/agents/NAME/environment_templates/default.yaml`, exactly so: "
		     "not `.yml`, not a directory of another name, not one level deeper. Without that "
		     "file it takes its own template, which makes a namespace and a role binding; nobody "
		     "is told that this one was not used.\n\nTo verify: the resources that an environment "
		     "gets are those of GitLab's own template.",
	.advice = "Move the file to `environment_templates/default.yaml` in the directory of the agent.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#create-environment-templates",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_agent = check,
};
