#include "buf.h"
#include "ci_context_finding.h"
#include "names.h"

/* The agent's name in small letters, when that is all it lacks; else empty. */
static struct str
lowered(struct arena *arena, struct str name)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		buf_add_char(&out, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c == '_' ? '-' : c);
	}
	struct str text = name.len ? buf_str(&out) : STR("");
	return name_is_label(text) ? text : STR("");
}

static void
report_name(struct lint *lint, const struct ci_context *context)
{
	struct arena *arena = lint_arena(lint);
	struct str better = lowered(arena, context->agent);
	struct finding *finding = report_ci_context(lint, context,
		context->agent.len
			? arena_printf(arena, "no agent can be called \"%.*s\"", STR_ARG(context->agent))
			: STR("the name of the agent is missing behind the \":\""));
	if (better.len) {
		lint_help(lint, finding, "the agent is perhaps called \"%.*s\"", STR_ARG(better));
	} else {
		lint_help(lint, finding,
			"write PROJECT:AGENT, with the name that the agent is registered under");
	}
}

/* "agent", or "group/project". */
static void
report_half(struct lint *lint, const struct ci_context *context)
{
	bool is_project = str_has_char(context->text, '/');
	struct finding *finding = report_ci_context(lint, context,
		is_project ? STR("no agent is named behind the project: this environment gets none")
			   : STR("the agent is named without its project: this environment gets none"));
	lint_help(
		lint, finding, "write PROJECT:AGENT, or $CI_PROJECT_PATH:AGENT for an agent of this project");
}

static void
check_context(struct lint *lint, const struct ci_context *context)
{
	if (!context->agent.ptr) {
		if (context->kind == CI_CONTEXT_ENVIRONMENT) {
			report_half(lint, context);
		}
		return;
	}
	/* Other contexts have a ":" as well: an ARN, or OpenShift's NAMESPACE/HOST:PORT/USER. */
	bool is_project = context->is_own || name_is_project(context->project);
	if (is_project && !str_has_char(context->agent, '/') && !name_is_label(context->agent)) {
		report_name(lint, context);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct ci_contexts contexts;
	ci_contexts_collect(lint_arena(lint), repository->files, &contexts);
	for (size_t i = 0; i < contexts.len; i++) {
		check_context(lint, &contexts.items[i]);
	}
}

const struct rule rule_CI002 = {
	.code = "CI002",
	.name = "context-malformed",
	.summary = "GitLab CI names an agent in a form that no agent has.",
	.rationale =
		"The context of an agent is called `PROJECT:AGENT`: the full path of the project that holds "
		"its configuration, a colon, and the agent's name. Names are RFC 1123 labels, `a-z`, `0-9` "
		"and `-`. With another, `kubectl config use-context` stops with *no context exists with the "
		"name*; in `environment.kubernetes.agent` it is left out without a word.\n\nJudged are "
		"`kubectl config use-context`, the variable `KUBE_CONTEXT` and "
		"`environment.kubernetes.agent` in `.gitlab-ci.yml` and in what it includes from this "
		"repository, where nothing but `$CI_PROJECT_PATH` has to be filled in.\n\nTo verify: run "
		"`kubectl config get-contexts` in the job.",
	.advice = "Write the context as `kubectl config get-contexts` shows it, for instance "
		  "`group/clusters:production`, or `$CI_PROJECT_PATH:production` for an agent of this "
		  "project.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#update-your-gitlab-ciyml-file-to-run-kubectl-commands",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
