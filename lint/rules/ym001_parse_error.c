#include "rule.h"
#include "syntax_cause.h"

static void
check(struct lint *lint, const struct file *file)
{
	if (syntax_cause(file) != CAUSE_GRAMMAR) {
		return;
	}
	const struct ysyntax_error *syntax = file->syntax;
	struct finding *finding =
		lint_report_at(lint, file, syntax->span, "not YAML: %.*s", STR_ARG(syntax->problem));
	/* libyaml often stumbles long after the slip; what it was reading then began near it. */
	if (syntax->context.len && syntax->context_span.start != syntax->span.start) {
		lint_relate_at(lint, finding, file, syntax->context_span, "%.*s that begins here",
			STR_ARG(syntax->context));
	}
}

const struct rule rule_YM001 = {
	.code = "YM001",
	.name = "parse-error",
	.summary = "A file that is read as YAML does not parse.",
	.rationale =
		"Whoever reads the file refuses all of it. The agent server ignores a `config.yaml` that it "
		"cannot parse: CI jobs lose the access that it granted, and a fresh agent runs without any "
		"configuration. A file that does not parse stops the whole Flux Kustomization that reads it, "
		"with everything else in it.\n\n"
		"Only files with a known reader are judged; templates (`{{ }}`, `{% %}` and the like) are "
		"not "
		"YAML yet and are left alone.",
	.advice =
		"The place shown is where the parser gave up; the slip is there or shortly before it. Usual "
		"causes: a missing space behind `:` or `-`, a value with `: ` or ` #` in it that needs "
		"quotes, a "
		"line indented one step too far, an unclosed quote or bracket.",
	.reference = "https://yaml.org/spec/1.2.2/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_source = check,
};
