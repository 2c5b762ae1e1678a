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

unsigned
gitlab_tier_rank(struct str tier)
{
	static const struct str tiers[] = { STR_INIT("free"), STR_INIT("premium"), STR_INIT("ultimate") };
	for (unsigned i = 0; i < countof(tiers); i++) {
		if (str_eq(tier, tiers[i])) {
			return i + 1;
		}
	}
	return 0;
}

struct declared_gitlab
declared_gitlab(const struct files *files)
{
	const struct ynode *spec = fleet_of(files_get(files, STR("glagent.yaml")));
	const struct ynode *gitlab = ynode_get(spec, STR("gitlab"));
	struct declared_gitlab declared = { .version = ynode_get(gitlab, STR("version")),
		.tier = ynode_get(gitlab, STR("tier")),
		.url = ynode_get(gitlab, STR("url")),
		.project = ynode_get(gitlab, STR("project")),
		.agents = ynode_get(spec, STR("agents")),
		.defaults = ynode_get(spec, STR("defaults")) };
	/* A placeholder stands in braces, and so is no version and no project. */
	if (!version_parse(ynode_str(declared.version), &declared.parsed)) {
		declared.version = NULL;
	}
	if (gitlab_tier_rank(ynode_str(declared.tier)) == 0) {
		declared.tier = NULL;
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

bool
gitlab_declares_agent(const struct declared_gitlab *gitlab, struct str name)
{
	const struct ynode *item = ynode_is(gitlab->agents, YNODE_SEQUENCE) ? gitlab->agents->first : NULL;
	for (; item; item = item->next) {
		struct str declared = ynode_str(ynode_get(item, STR("name")));
		if (str_eq(declared, name) || str_has_char(declared, '{')) {
			return true;
		}
	}
	return false;
}
