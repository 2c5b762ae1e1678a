#include "edit.h"
#include "environment_templates.h"

/* docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources, "Template variables" */
static const struct str variables[] = { STR_INIT(".agent.id"), STR_INIT(".agent.name"),
	STR_INIT(".agent.url"), STR_INIT(".environment.id"), STR_INIT(".environment.name"),
	STR_INIT(".environment.slug"), STR_INIT(".environment.url"), STR_INIT(".environment.page_url"),
	STR_INIT(".environment.tier"), STR_INIT(".project.id"), STR_INIT(".project.slug"),
	STR_INIT(".project.path"), STR_INIT(".project.url"), STR_INIT(".ci_pipeline.id"),
	STR_INIT(".ci_job.id"), STR_INIT(".user.id"), STR_INIT(".user.username"),
	STR_INIT(".legacy_namespace") };

/* The variable itself, or what holds some: ".agent". */
static bool
is_known(struct str word)
{
	for (size_t i = 0; i < countof(variables); i++) {
		struct str variable = variables[i];
		bool begins = str_starts(variable, word);
		if (begins && (variable.len == word.len || variable.ptr[word.len] == '.')) {
			return true;
		}
	}
	return false;
}

/* What is behind the last dot. */
static struct str
last_part(struct str word)
{
	struct str part = STR("");
	while (word.ptr) {
		part = str_cut(&word, '.');
	}
	return part;
}

static void
report(struct lint *lint, const struct file *file, const struct template_word *word)
{
	struct str nearest = template_nearest(variables, countof(variables), word->text);
	struct finding *finding =
		lint_report_at(lint, file, word->span, "no variable is called \"%.*s\"", STR_ARG(word->text));
	if (nearest.len == 0) {
		finding->severity = SEVERITY_WARNING;
		lint_help(lint, finding,
			"use one that the documentation lists; a newer GitLab may know this one");
		return;
	}
	struct edit *edit = arena_new(lint_arena(lint), struct edit);
	*edit = (struct edit){ file->id, word->span, nearest, NULL };
	lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(nearest));
	lint_fix(lint, finding, edit);
	/* .ci_pipeline.iid is nearly .ci_pipeline.id, and means another number */
	finding->fix_is_unsafe = !str_eq_nocase(last_part(nearest), last_part(word->text));
}

static void
check_template(struct lint *lint, const struct file *file)
{
	struct template_words words;
	template_words_collect(lint_arena(lint), file, &words);
	for (size_t i = 0; i < words.len && !words.is_rebound; i++) {
		if (words.items[i].is_field && !is_known(words.items[i].text)) {
			report(lint, file, &words.items[i]);
		}
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	each_environment_template(lint, agent, check_template);
}

const struct rule rule_ET002 = {
	.code = "ET002",
	.name = "template-unknown-variable",
	.summary = "An environment template uses a variable that does not exist.",
	.rationale =
		"Templates have these variables: `.agent.id`, `.name`, `.url`; `.environment.id`, `.name`, "
		"`.slug`, `.url`, `.page_url`, `.tier`; `.project.id`, `.slug`, `.path`, `.url`; "
		"`.ci_pipeline.id`; `.ci_job.id`; `.user.id`, `.username`; `.legacy_namespace`. Another "
		"has no value: the resources of the environment are not made, or get a name that nobody "
		"meant.\n\nA variable that resembles a known one is an error, and can be mended. Any other "
		"is a warning, for a newer GitLab may know it. Nothing is said of templates with `with`, "
		"`range`, `define`, `block`, `template` or variables of their own, in which the dot may be "
		"something else.\n\nTo verify: the environment's page in GitLab and the log of the job say "
		"why its resources were not made.",
	.advice = "Use one of the variables above. Names of Kubernetes objects are best made of "
		  "`.environment.slug` and of ids.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#template-variables",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_agent = check,
};
