#include "rule.h"
#include "syntax_cause.h"

static void
check(struct lint *lint, const struct file *file)
{
	if (syntax_cause(file) != CAUSE_TAB) {
		return;
	}
	struct span indent = indentation_at(file->source.text, file->syntax->span.start);
	struct finding *finding =
		lint_report_at(lint, file, indent, "a tab indents this line, where YAML takes spaces only");
	lint_help(lint, finding, "indent with spaces");
}

const struct rule rule_YM003 = {
	.code = "YM003",
	.name = "tab-indentation",
	.summary = "A tab indents a line of YAML.",
	.rationale =
		"YAML forbids tabs in indentation, so whoever reads the file refuses all of it; see YM001 "
		"for what "
		"that means. Parsers put it in words that do not name the tab (`found character that cannot "
		"start any token`), and it cannot be seen.",
	.advice = "Indent with spaces, and have the editor insert them: `[*.{yaml,yml}]` with `indent_style "
		  "= space` in "
		  "`.editorconfig`.",
	.reference = "https://yaml.org/spec/1.2.2/#61-indentation-spaces",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_source = check,
};
