#include "agent_grants.h"
#include "buf.h"
#include "declared_gitlab.h"

static bool
is_group(const struct agentcfg_access *access)
{
	return str_eq(access->list, STR("groups"));
}

/* Does the group hold what the entry is for? */
static bool
is_within(struct str path, struct str group)
{
	return path.len > group.len && path.ptr[group.len] == '/'
		&& str_eq_nocase(str_first(path, group.len), group);
}

/* The entry that would count without this one: of the nearest group above; NULL: none would. */
static const struct agentcfg_access *
hidden_by(const struct grants *grants, const struct agentcfg_access *entry)
{
	const struct agentcfg_access *nearest = NULL;
	size_t best = 0;
	for (size_t i = 0; i < grants->len; i++) {
		const struct agentcfg_access *other = &grants->items[i];
		struct str group = ynode_str(other->id);
		if (str_eq(other->section, STR("ci_access")) && is_group(other) && group.len > best
			&& is_within(ynode_str(entry->id), group)) {
			nearest = other;
			best = group.len;
		}
	}
	return nearest;
}

static void
add(struct buf *missing, bool is_missing, const char *name)
{
	if (is_missing) {
		buf_addf(missing, missing->len ? " and %s" : "%s", name);
	}
}

/* Limits of the group that the entry does not speak of. Who writes "protected_branches_only: false" means it.
 */
static struct str
missing_limits(struct arena *arena, const struct ynode *entry, const struct ynode *group)
{
	struct buf missing = { .arena = arena };
	const struct ynode *environments = ynode_get(group, STR("environments"));
	add(&missing,
		ynode_is(environments, YNODE_SEQUENCE) && environments->len > 0
			&& !grant_says(entry, STR("environments")),
		"environments");
	add(&missing,
		grant_is_on(group, STR("protected_branches_only"))
			&& !grant_says(entry, STR("protected_branches_only")),
		"protected_branches_only");
	add(&missing, !grant_is_as_agent(group) && !grant_says(entry, STR("access_as")), "access_as");
	return buf_str(&missing);
}

static void
check_entry(struct lint *lint, const struct agentcfg *cfg, const struct agentcfg_access *entry,
	const struct agentcfg_access *group)
{
	struct str missing = missing_limits(lint_arena(lint), entry->entry, group->entry);
	if (missing.len == 0) {
		return;
	}
	struct finding *finding = lint_report(lint, entry->id,
		"for \"%.*s\" this entry counts alone, without %.*s of the group \"%.*s\"",
		STR_ARG(ynode_str(entry->id)), STR_ARG(missing), STR_ARG(ynode_str(group->id)));
	lint_relate(lint, finding, group->id, "the group's entry has them");
	lint_help(lint, finding,
		"repeat here what is to hold here, too; or say that it is meant: environments: [\"*\"], "
		"protected_branches_only: false, access_as: {agent: {}}");
	lint_object(lint, finding, cfg->root, entry->id);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct grants grants = grants_collect(lint_arena(lint), cfg);
	for (size_t i = 0; i < grants.len; i++) {
		const struct agentcfg_access *entry = &grants.items[i];
		const struct agentcfg_access *group =
			str_eq(entry->section, STR("ci_access")) ? hidden_by(&grants, entry) : NULL;
		/* Its own project may use the agent without any entry, and without limits. */
		bool is_own =
			!is_group(entry) && str_eq_nocase(ynode_str(entry->id), ynode_str(gitlab.project));
		if (group && !is_own) {
			check_entry(lint, cfg, entry, group);
		}
	}
}

const struct rule rule_AC024 = {
	.code = "AC024",
	.name = "entry-hides-group-limits",
	.summary = "An entry takes a project or subgroup out of the limits of its group.",
	.rationale =
		"Of the entries of `ci_access` that concern a project, GitLab uses the most specific one and "
		"no other: the project's, else that of the nearest group. They are not merged. So an entry "
		"that was added for a `default_namespace` also lifts what the group's entry limits: jobs of "
		"every branch and environment get the cluster (`environments`, `protected_branches_only`), "
		"or act as the agent itself (`access_as`).\n\nSilent where the entry speaks of the limit, "
		"whatever it says, and for the agent's own project, if `glagent.yaml` declares it: that one "
		"needs no entry.\n\nTo verify: run `kubectl config get-contexts` in a job of that project on "
		"an unprotected branch.",
	.advice = "Repeat the group's limits in the entry, or say in it that they are lifted on purpose.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#restrict-access-to-the-agent-to-protected-branches",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
