#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	if (!install->reuses_values) {
		return;
	}
	struct finding *finding = lint_report(lint, install_place(install, install->reuse_at),
		"--reuse-values keeps the defaults of the chart that was installed before, too");
	lint_help(lint, finding,
		"give all values in a file (-f), or use --reset-then-reuse-values, which Helm has since "
		"3.14");
}

const struct rule rule_CV019 = {
	.code = "CV019",
	.name = "reuse-values",
	.summary = "The agent's chart is upgraded with `--reuse-values`.",
	.rationale =
		"With `--reuse-values` Helm takes all values of the last release, the chart's defaults of "
		"that "
		"time included, and does not read the new chart's. A value that came with the new chart is "
		"missing then: the template fails (*nil pointer evaluating interface {}*), or the agent runs "
		"without what the new version means it to have.",
	.advice =
		"Keep the values in a file in Git and pass it each time. Or use `--reset-then-reuse-values` "
		"(Helm 3.14): it lays what users set before over the new chart's defaults.",
	.reference = "https://helm.sh/docs/helm/helm_upgrade/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
