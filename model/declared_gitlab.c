#include "declared_gitlab.h"

#include "names.h"

static const struct ynode *
fleet_of(const struct file *file)
{
	const struct ynode *root = file && !file->is_template && file->docs ? file->docs->root : NULL;
	return str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("AgentFleet"))
		? ynode_get(root, STR("spec"))
		: NULL;
}

struct declared_gitlab
declared_gitlab(const struct files *files)
{
	const struct ynode *spec = fleet_of(files_get(files, STR("glagent.yaml")));
	const struct ynode *gitlab = ynode_get(spec, STR("gitlab"));
	struct declared_gitlab declared = { .version = ynode_get(gitlab, STR("version")),
		.url = ynode_get(gitlab, STR("url")),
		.project = ynode_get(gitlab, STR("project")),
		.agents = ynode_get(spec, STR("agents")) };
	/* A placeholder stands in braces, and so is no version and no project. */
	if (!version_parse(ynode_str(declared.version), &declared.parsed)) {
		declared.version = NULL;
	}
	if (!name_is_web_url(ynode_str(declared.url))) {
		declared.url = NULL;
	}
	if (!name_is_project(ynode_str(declared.project))) {
		declared.project = NULL;
	}
	return declared;
}

static int
compare(const struct declared_gitlab *gitlab, unsigned major, unsigned minor)
{
	return version_compare(gitlab->parsed, (struct version){ .major = major, .minor = minor });
}

bool
declared_at_least(const struct declared_gitlab *gitlab, unsigned major, unsigned minor)
{
	return gitlab->version && compare(gitlab, major, minor) >= 0;
}

bool
declared_before(const struct declared_gitlab *gitlab, unsigned major, unsigned minor)
{
	return gitlab->version && compare(gitlab, major, minor) < 0;
}
