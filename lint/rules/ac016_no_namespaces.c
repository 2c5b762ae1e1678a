#include "agent_problems.h"
#include "yscalar.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	const struct ynode *key = cfg ? ynode_key(cfg->root, STR("container_scanning")) : NULL;
	if (!key || !ynode_is(key->next, YNODE_MAPPING)) {
		return;
	}
	const struct ynode *report_key = ynode_key(key->next, STR("vulnerability_report"));
	const struct ynode *namespaces = report_key ? ynode_get(report_key->next, STR("namespaces")) : NULL;
	bool is_unset = ynode_type(namespaces, YDIALECT_SIGS_YAML) == YTYPE_NULL;
	if (namespaces && !is_unset && (namespaces->kind != YNODE_SEQUENCE || namespaces->len > 0)) {
		return; /* what is no list is AC002's */
	}
	const struct ynode *at = report_key ? report_key : key;
	struct finding *finding = lint_report(lint, at, "no namespaces are listed: this scans nothing");
	lint_help(lint, finding,
		"list what to scan under container_scanning.vulnerability_report.namespaces; remove the "
		"block when a scan execution policy says it");
	lint_object(lint, finding, cfg->root, at);
}

const struct rule rule_AC016 = {
	.code = "AC016",
	.name = "ocs-no-namespaces",
	.summary = "Container scanning is set up without a namespace to scan.",
	.rationale = "The scanner looks at the namespaces that are listed and at no other; without a list "
		     "it has nothing to do, whatever the schedule says. Nobody is told: no scan, no report, "
		     "no error. A scan execution policy brings namespaces of its own, and then it is the "
		     "schedule here that is not used.\n\nTo verify: the agent's **Security** tab stays "
		     "empty after the time that `cadence` names, and no scanning pod was started.",
	.advice = "Add `vulnerability_report: {namespaces: [default, kube-system]}`, with the namespaces "
		  "that you mean. Patterns are not taken.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/vulnerabilities/#enable-via-agent-configuration",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
