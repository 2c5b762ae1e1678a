#include "agent_config_text.h"
#include "rule.h"

enum { PARTS_MAX = 8 };

struct parts {
	struct str items[PARTS_MAX];
	size_t len; /* PARTS_MAX + 1: more */
};

static struct parts
split(struct str path)
{
	struct parts parts = { .len = 0 };
	while (path.ptr && parts.len <= PARTS_MAX) {
		struct str part = str_cut(&path, '/');
		if (parts.len < PARTS_MAX) {
			parts.items[parts.len] = part;
		}
		parts.len++;
	}
	return parts;
}

/* .gitlab, by another name or the right one. */
static bool
is_home(struct str name)
{
	return str_eq_nocase(name, STR(".gitlab")) || str_eq_nocase(name, STR("gitlab"));
}

static bool
is_agents(struct str name)
{
	return str_eq_nocase(name, STR("agents")) || str_eq_nocase(name, STR("agent"));
}

static void
report(struct lint *lint, const struct file *file, enum severity severity, struct str name)
{
	struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
		"the agent server never reads this configuration, only .gitlab/agents/NAME/config.yaml");
	finding->severity = severity;
	if (name.len) {
		lint_help(lint, finding, "move it to .gitlab/agents/%.*s/config.yaml", STR_ARG(name));
	} else {
		lint_help(lint, finding,
			"move it into a directory of the agent's name: .gitlab/agents/NAME/config.yaml");
	}
}

/* Is it where nothing but a slip can have put an agent's configuration? */
static bool
is_slip(const struct parts *p)
{
	bool below_home = is_home(p->items[0]) && is_agents(p->items[1]);
	bool is_exact = str_eq(p->items[0], STR(".gitlab")) && str_eq(p->items[1], STR("agents"));
	switch (p->len) {
	case 3: /* .gitlab/agents/config.yaml: no agent's */
		return below_home;
	case 4: /* the right place, or .gitlab/agent/NAME/config.yaml */
		return below_home && !is_exact;
	default: /* a directory inside an agent's */
		return is_exact;
	}
}

static void
check_file(struct lint *lint, const struct file *file)
{
	struct parts p = split(file->source.path);
	if (file->kind != FS_REGULAR || p.len < 3 || p.len > PARTS_MAX || file->is_template) {
		return;
	}
	struct str parent = p.len == 3 && is_home(p.items[0]) ? STR("") : p.items[p.len - 2];
	if (is_slip(&p) && is_agent_config(file, AGENT_KEY_ANY)) {
		report(lint, file, SEVERITY_ERROR, parent);
	} else if (p.len == 3 && is_agents(p.items[0]) && is_agent_config(file, AGENT_KEY_UNMISTAKABLE)) {
		/* Something that copies it to its place may be outside of Git. */
		report(lint, file, SEVERITY_WARNING, parent);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		const struct file *file = &repository->files->items[i];
		if (str_eq(path_base(file->source.path), STR("config.yaml"))) {
			check_file(lint, file);
		}
	}
}

const struct rule rule_AG003 = {
	.code = "AG003",
	.name = "agent-dir-misplaced",
	.summary = "An agent's configuration is in a place where the agent server does not look.",
	.rationale = "The agent server reads `.gitlab/agents/NAME/config.yaml` and nothing else: not "
		     "`.gitlab/agent/…`, not "
		     "`.gitlab/agents/config.yaml`, no directory inside an agent's directory. It takes a "
		     "missing file for an "
		     "empty configuration, so there is no error anywhere: CI jobs just do not get the access "
		     "that the file "
		     "grants.\n\n"
		     "As a warning: an `agents` directory outside of `.gitlab` may be copied to its place by "
		     "something that "
		     "is not in this repository.",
	.advice = "Move the file to `.gitlab/agents/NAME/config.yaml`, where NAME is what the agent is "
		  "registered under.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
