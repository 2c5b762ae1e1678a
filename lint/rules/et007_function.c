#include "edit.h"
#include "environment_templates.h"

/* docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources, "Template functions" */
static const struct str functions[] = { STR_INIT("lower"), STR_INIT("substr"), STR_INIT("replace"),
	STR_INIT("trimPrefix"), STR_INIT("trimSuffix"), STR_INIT("slugify") };

/* pkg.go.dev/text/template: actions, constants and functions that each template has */
static const struct str built_in[] = { STR_INIT("if"), STR_INIT("else"), STR_INIT("end"), STR_INIT("range"),
	STR_INIT("with"), STR_INIT("define"), STR_INIT("block"), STR_INIT("template"), STR_INIT("break"),
	STR_INIT("continue"), STR_INIT("nil"), STR_INIT("true"), STR_INIT("false"), STR_INIT("and"),
	STR_INIT("call"), STR_INIT("html"), STR_INIT("index"), STR_INIT("slice"), STR_INIT("js"),
	STR_INIT("len"), STR_INIT("not"), STR_INIT("or"), STR_INIT("print"), STR_INIT("printf"),
	STR_INIT("println"), STR_INIT("urlquery"), STR_INIT("eq"), STR_INIT("ge"), STR_INIT("gt"),
	STR_INIT("le"), STR_INIT("lt"), STR_INIT("ne") };

static bool
is_in(const struct str *names, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(names[i], name)) {
			return true;
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct file *file, const struct template_word *word)
{
	struct str nearest = template_nearest(functions, countof(functions), word->text);
	struct finding *finding = lint_report_at(
		lint, file, word->span, "templates have no function \"%.*s\"", STR_ARG(word->text));
	if (nearest.len == 0) {
		finding->severity = SEVERITY_WARNING;
		lint_help(lint, finding,
			"functions are lower, substr, replace, trimPrefix, trimSuffix and slugify; a newer "
			"GitLab may know this one");
		return;
	}
	struct edit *edit = arena_new(lint_arena(lint), struct edit);
	*edit = (struct edit){ file->id, word->span, nearest, NULL };
	lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(nearest));
	lint_fix(lint, finding, edit);
}

static void
check_template(struct lint *lint, const struct file *file)
{
	struct template_words words;
	template_words_collect(lint_arena(lint), file, &words);
	for (size_t i = 0; i < words.len; i++) {
		struct str name = words.items[i].text;
		if (!words.items[i].is_field && !is_in(functions, countof(functions), name)
			&& !is_in(built_in, countof(built_in), name)) {
			report(lint, file, &words.items[i]);
		}
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	each_environment_template(lint, agent, check_template);
}

const struct rule rule_ET007 = {
	.code = "ET007",
	.name = "template-unknown-function",
	.summary = "An environment template calls a function that does not exist.",
	.rationale = "Templates have the functions of Go's `text/template` and six more: `lower`, "
		     "`substr`, `replace`, `trimPrefix`, `trimSuffix` and `slugify`. Those that Helm "
		     "charts are used to (`trunc`, `upper`, `default`, `quote`) are not among them. With "
		     "another the template cannot be read, and no resources are made.\n\nA name that "
		     "resembles a known one is an error, and can be mended. Any other is a warning, for a "
		     "newer GitLab may know it.\n\nTo verify: the environment's page in GitLab and the "
		     "log of the job say `function \"…\" not defined`.",
	.advice = "Use `slugify LENGTH TEXT` where a name has to be cut and cleaned, `substr` and `replace` "
		  "for the rest.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#template-functions",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_agent = check,
};
