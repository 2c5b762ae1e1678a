#include "agent_grants.h"
#include "edit.h"

static bool
is_same_id(const struct agentcfg_access *a, const struct agentcfg_access *b)
{
	return str_eq(a->section, b->section) && str_eq(a->list, b->list)
		&& str_eq_nocase(ynode_str(a->id), ynode_str(b->id));
}

/* Do both grant the same, so that it does not matter which one counts? */
static bool
is_same_grant(const struct ynode *a, const struct ynode *b)
{
	for (const struct ynode *key = a->first; key; key = key->next->next) {
		bool is_id = str_eq(ynode_str(key), STR("id"));
		if (!is_id && !ynode_equal(key->next, ynode_get(b, ynode_str(key)))) {
			return false;
		}
	}
	return a->len == b->len;
}

/* The list as it is written, which holds the entry by its place; NULL behind aliases and merge keys. */
static const struct ynode *
list_written(const struct agent *agent, const struct agentcfg_access *access, const struct ynode **ret_item)
{
	const struct ynode *root = agent->config->docs->root;
	const struct ynode *list = ynode_get(ynode_get(root, access->section), access->list);
	for (const struct ynode *item = list ? list->first : NULL; item; item = item->next) {
		if (item->kind == YNODE_MAPPING && item->span.start == access->entry->span.start) {
			*ret_item = item;
			return list;
		}
	}
	return NULL;
}

static void
report(struct lint *lint, const struct agent *agent, const struct agentcfg_access *first,
	const struct agentcfg_access *again)
{
	bool same = is_same_grant(first->entry, again->entry);
	struct finding *finding = lint_report(lint, again->id,
		same ? "\"%.*s\" is listed twice in %.*s.%.*s"
		     : "\"%.*s\" is listed twice in %.*s.%.*s, and only one of the two entries counts",
		STR_ARG(ynode_str(again->id)), STR_ARG(again->section), STR_ARG(again->list));
	lint_relate(lint, finding, first->id, "listed here first");
	lint_help(lint, finding,
		same ? "remove one of the two" : "merge the two entries into one: GitLab does not");
	lint_object(lint, finding, agent->cfg->root, again->id);
	const struct ynode *item;
	const struct ynode *list = same ? list_written(agent, again, &item) : NULL;
	if (list) {
		lint_fix(lint, finding,
			edit_remove_item(lint_arena(lint), agent->config->source.text, list, item));
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct grants entries = grants_collect(lint_arena(lint), cfg);
	for (size_t i = 1; i < entries.len; i++) {
		for (size_t j = 0; j < i; j++) {
			if (is_same_id(&entries.items[j], &entries.items[i])) {
				report(lint, agent, &entries.items[j], &entries.items[i]);
				break;
			}
		}
	}
}

const struct rule rule_AC008 = {
	.code = "AC008",
	.name = "access-duplicate-id",
	.summary = "A project or group is listed twice among those that may use the agent.",
	.rationale =
		"GitLab keeps one grant for each project and each group, and compares paths without regard "
		"to case. Of two entries one is dropped, with its `environments`, its "
		"`protected_branches_only` and its `default_namespace`; nothing says which, and they are not "
		"merged. So a limit that is written in the one may not hold.\n\nTo verify: run `kubectl "
		"config get-contexts` in jobs that only one of the entries allows.",
	.advice = "Keep one entry with everything in it. A project beside its group is fine: the project's "
		  "entry then replaces the group's for it.",
	.reference = "https://gitlab.com/gitlab-org/gitlab/-/issues/459946",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_agent = check,
};
