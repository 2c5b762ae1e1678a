#include "rule.h"
#include "syntax_cause.h"

static void
check(struct lint *lint, const struct file *file)
{
	struct conflict conflict;
	uint32_t from = 0;
	while (file->syntax && conflict_next(file->source.text, from, &conflict)) {
		struct finding *finding = lint_report_at(
			lint, file, conflict.ours, "an unresolved merge conflict was committed");
		lint_relate_at(lint, finding, file, conflict.middle, "the other side begins here");
		lint_relate_at(lint, finding, file, conflict.theirs, "the conflict ends here");
		lint_help(lint, finding, "decide for one side, and remove the three marker lines");
		from = conflict.theirs.end;
	}
}

const struct rule rule_YM013 = {
	.code = "YM013",
	.name = "conflict-marker",
	.summary = "Markers of an unresolved merge conflict stand in a file.",
	.rationale =
		"Lines that begin with `<<<<<<<`, `=======` and `>>>>>>>` are left by git where it could not "
		"merge. They are no YAML, so whoever reads the file refuses all of it; see YM001 for what "
		"that "
		"means.",
	.advice = "Decide for one side of each conflict, remove the marker lines, and commit again.",
	.reference = "https://git-scm.com/docs/git-merge#_how_conflicts_are_presented",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_source = check,
};
