#include "agent_problems.h"
#include "ypath.h"
#include "yscalar.h"

struct checking {
	struct lint *lint;
	const struct agent *agent;
	const struct agentcfg *cfg;
};

static bool
is_path_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
		|| str_has_char(STR("_.-/"), c);
}

/* The first character that no path has; 0 when all are fine. */
static char
strange_char(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		if (!is_path_char(id.ptr[i])) {
			return id.ptr[i];
		}
	}
	return 0;
}

static bool
is_number(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		if (id.ptr[i] < '0' || id.ptr[i] > '9') {
			return false;
		}
	}
	return true;
}

static bool
is_url(struct str id)
{
	return str_find(id, STR("://")) < id.len || str_starts(id, STR("git@"));
}

/* Without scheme, host and the pages of a project: "https://host/group/app/-/tree/main" is "group/app". */
static struct str
path_of_url(struct str id)
{
	size_t scheme = str_find(id, STR("://"));
	bool scp = scheme == id.len;
	struct str rest = scp ? id : str_skip(id, scheme + 3);
	(void)str_cut(&rest, scp ? ':' : '/');
	struct str path = rest.ptr ? rest : STR("");
	return str_first(path, str_find(path, STR("/-/")));
}

/* What was probably meant; empty when nothing is left. */
static struct str
cleaned(struct str id)
{
	id = str_trim(id);
	id = is_url(id) ? path_of_url(id) : str_first(id, str_find_char(id, ':'));
	while (str_starts(id, STR("/"))) {
		id = str_skip(id, 1);
	}
	while (str_ends(id, STR("/"))) {
		id.len--;
	}
	id.len -= str_ends(id, STR(".git")) ? STR(".git").len : 0;
	return strange_char(id) || str_find(id, STR("//")) < id.len ? STR("") : id;
}

/* Why the id can match nothing, ending a sentence that begins with it; NULL when it can. */
static const char *
fault_of(struct str id, bool is_project)
{
	if (is_url(id)) {
		return "is a URL, where GitLab compares full paths";
	}
	if (!str_eq(str_trim(id), id)) {
		return "begins or ends with a blank";
	}
	if (str_has_char(id, ':')) {
		return "has a \":\": the name of an agent is no part of it";
	}
	if (str_starts(id, STR("/")) || str_ends(id, STR("/")) || str_find(id, STR("//")) < id.len) {
		return "has a \"/\" too many";
	}
	if (str_ends(id, STR(".git"))) {
		return "ends with \".git\", which is no part of a path";
	}
	if (is_number(id)) {
		return "is a number, where GitLab compares full paths";
	}
	return is_project && !strange_char(id) && !str_has_char(id, '/')
		? "names no group or user before a \"/\""
		: NULL;
}

static void
add_help(const struct checking *checking, struct finding *finding, const struct ynode *at, bool is_project)
{
	struct lint *lint = checking->lint;
	const struct file *config = checking->agent->config;
	struct str id = ynode_str(at), path = cleaned(id);
	bool whole = path.len > 0 && !is_number(path) && (!is_project || str_has_char(path, '/'));
	if (whole && !str_eq(path, id)) {
		lint_help(lint, finding, "write \"%.*s\"", STR_ARG(path));
		lint_fix(lint, finding,
			at->source == config->id
				? edit_scalar(lint_arena(lint), config->source.text, at, path)
				: NULL);
	} else if (is_project && path.len > 0 && !is_number(path)) {
		lint_help(lint, finding, "write the full path, \"GROUP/%.*s\"; a group goes below \"groups\"",
			STR_ARG(path));
	} else {
		lint_help(lint, finding, "write the full path, as in the address of the %s without the host",
			is_project ? "project" : "group");
	}
}

/* "https://user:password@host/path" */
static bool
may_hold_password(struct str id)
{
	return is_url(id) && str_has_char(id, '@');
}

static struct finding *
report(struct lint *lint, const struct ynode *at, const char *fault)
{
	struct str id = ynode_str(at);
	char strange = strange_char(id);
	if (fault && may_hold_password(id)) {
		return lint_report(lint, at, "the id %s", fault);
	}
	if (fault) {
		return lint_report(lint, at, "\"%.*s\" %s", STR_ARG(id), fault);
	}
	if (strange > ' ' && strange <= '~') {
		return lint_report(
			lint, at, "\"%.*s\" has a \"%c\", which no path in GitLab has", STR_ARG(id), strange);
	}
	return lint_report(lint, at, "\"%.*s\" has a character that no path in GitLab has", STR_ARG(id));
}

static void
check_id(const struct agentcfg_access *access, void *context)
{
	const struct checking *checking = context;
	struct str id = ynode_str(access->id);
	bool is_project = str_eq(access->list, STR("projects"));
	if (ynode_type(access->id, YDIALECT_SIGS_YAML) != YTYPE_STRING || id.len == 0) {
		return; /* AC002, AC006 */
	}
	const char *fault = fault_of(id, is_project);
	if (!fault && !strange_char(id)) {
		return;
	}
	struct finding *finding = report(checking->lint, access->id, fault);
	add_help(checking, finding, access->id, is_project);
	lint_object(checking->lint, finding, checking->cfg->root, access->id);
	if (may_hold_password(id)) { /* the pointer would name the entry by its id */
		finding->object.pointer =
			ypath_of(lint_arena(checking->lint), checking->cfg->root, access->id, false);
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	struct checking checking = { lint, agent, agent_judged_config(agent) };
	if (checking.cfg) {
		agentcfg_each_access(checking.cfg, check_id, &checking);
	}
}

const struct rule rule_AC007 = {
	.code = "AC007",
	.name = "access-id-not-path",
	.summary = "The `id` of a project or group cannot be a full path in GitLab.",
	.rationale = "GitLab compares the `id` of each entry, in lower case, with the full paths of projects "
		     "and groups, and skips what it does not find without a word: the file is valid, but the "
		     "project is not offered the agent, and its jobs have no Kubernetes context. A URL, a "
		     "number, a path with `.git` or `:agent-name` behind it, or a `/` too many matches "
		     "nothing. A project's path has at least one `/`; a group's need not.\n\nTo verify: run "
		     "`kubectl config get-contexts` in a job of the project; the agent's context is missing.",
	.advice = "Write the path as in the address of the project, without the host: "
		  "`group/subgroup/project`. Wildcards and variables are not resolved; to grant a whole "
		  "group, list it below `groups`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#authorize-agent-access",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_agent = check,
};
