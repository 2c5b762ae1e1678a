#include "agent_problems.h"
#include "declared_gitlab.h"
#include "scripts/ci_jobs.h"
#include "vec.h"

struct names {
	struct str *items;
	size_t len, cap;
};

struct checking {
	struct lint *lint;
	const struct agentcfg *cfg;
	struct str project;
	struct names environments;
};

/* `*` stands for any characters, nothing else for anything but itself. */
static bool
matches(struct str pattern, struct str name)
{
	size_t star = str_find_char(pattern, '*');
	if (star == pattern.len) {
		return str_eq(pattern, name);
	}
	if (!str_starts(name, str_first(pattern, star))) {
		return false;
	}
	struct str rest = str_skip(name, star);
	pattern = str_skip(pattern, star);
	while (pattern.ptr) {
		struct str piece = str_cut(&pattern, '*');
		if (!pattern.ptr) {
			return str_ends(rest, piece);
		}
		size_t at = str_find(rest, piece);
		if (piece.len > 0 && at == rest.len) {
			return false;
		}
		rest = str_skip(rest, at + piece.len);
	}
	return true;
}

/* The names of all environments that jobs of this project have; false when one is not known. */
static bool
collect_environments(struct arena *arena, const struct files *files, struct names *ret_names)
{
	struct ci_jobs jobs;
	ci_jobs_collect(arena, files, &jobs);
	for (size_t i = 0; i < jobs.len && jobs.is_whole; i++) {
		const struct ynode *environment = yview_get(jobs.items[i].body, STR("environment"));
		const struct ynode *name = ynode_is(environment, YNODE_MAPPING)
			? ynode_get(environment, STR("name"))
			: environment;
		if (!environment) {
			continue;
		}
		if (!ynode_is(name, YNODE_SCALAR) || !ci_text_is_plain(ynode_str(name))) {
			return false;
		}
		vec_push(arena, ret_names, ynode_str(name));
	}
	return jobs.is_whole;
}

static bool
matches_any(const struct names *names, struct str pattern)
{
	for (size_t i = 0; i < names->len; i++) {
		if (matches(pattern, names->items[i])) {
			return true;
		}
	}
	return false;
}

static void
check_entry(const struct agentcfg_access *access, void *context)
{
	const struct checking *checking = context;
	const struct ynode *list = ynode_get(access->entry, STR("environments"));
	if (!str_eq(access->section, STR("ci_access")) || !str_eq(access->list, STR("projects"))
		|| !str_eq_nocase(ynode_str(access->id), checking->project)
		|| !ynode_is(list, YNODE_SEQUENCE)) {
		return;
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		struct str pattern = ynode_str(item);
		if (pattern.len == 0 || !ci_text_is_plain(pattern)
			|| matches_any(&checking->environments, pattern)) {
			continue;
		}
		struct finding *finding = lint_report(
			checking->lint, item, "no job has an environment like \"%.*s\"", STR_ARG(pattern));
		lint_help(checking->lint, finding,
			"write the environment as in .gitlab-ci.yml, or with \"*\" for any characters");
		lint_object(checking->lint, finding, checking->cfg->root, item);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct declared_gitlab gitlab = declared_gitlab(repository->files);
	struct checking checking = { .lint = lint, .project = ynode_str(gitlab.project) };
	if (repository->agents->len == 0 || !gitlab.project
		|| !collect_environments(lint_arena(lint), repository->files, &checking.environments)) {
		return;
	}
	for (size_t i = 0; i < repository->agents->len; i++) {
		checking.cfg = agent_judged_config(&repository->agents->items[i]);
		if (checking.cfg) {
			agentcfg_each_access(checking.cfg, check_entry, &checking);
		}
	}
}

const struct rule rule_AC014 = {
	.code = "AC014",
	.name = "environments-never-match",
	.summary = "The agent is limited to an environment that no job of this project has.",
	.rationale =
		"With `environments` only jobs whose `environment` matches get the agent's context; a job "
		"without one gets none. A pattern that matches no environment of `.gitlab-ci.yml` grants "
		"nothing, and the job that was meant stops with *no context exists*.\n\nIt is judged for "
		"the project that `glagent.yaml` at the root of the repository declares "
		"(`spec.gitlab.project`), where all that `.gitlab-ci.yml` includes is in this repository and "
		"no environment has a variable in its name.\n\nTo verify: run `kubectl config get-contexts` "
		"in the job.",
	.advice = "Write the environment's name as the job does, or a pattern: `review/*`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#restrict-access-to-the-agent-to-specific-environments",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
