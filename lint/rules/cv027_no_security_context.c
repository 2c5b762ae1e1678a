#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	if (!install_lacks(install, STR("securityContext"))
		|| !install_lacks(install, STR("podSecurityContext")) || install->is_patched
		|| install_is_older(install, 1, 6, 0)) {
		return;
	}
	(void)install_report(lint, install, NULL, STR("the agent's Pods have no security context"),
		STR("set securityContext and podSecurityContext: no root, no new privileges, no "
		    "capabilities, "
		    "RuntimeDefault for seccompProfile"));
}

const struct rule rule_CV027 = {
	.code = "CV027",
	.name = "no-security-context",
	.summary = "The agent's Pods are not limited by a security context.",
	.rationale = "The chart sets neither `securityContext` nor `podSecurityContext`. In a namespace that "
		     "enforces the "
		     "Pod Security Standard *restricted* such Pods are refused: *violates PodSecurity*. "
		     "Elsewhere the agent, "
		     "which often may do much in the cluster, is limited by its image alone.\n\nA matter of "
		     "policy: this runs "
		     "when it is selected, and is silent for charts before 1.6.0, which have no such values.",
	.advice =
		"Set `podSecurityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}` and "
		"`securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}`.",
	.reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
