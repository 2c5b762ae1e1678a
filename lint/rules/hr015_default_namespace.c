#include "applied_finding.h"
#include "flux/release.h"
#include "names.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_agent(&release)
		|| !name_is_kubernetes_namespace(release.target)
		|| (!release.target_node && !release_is_settled(&release))) {
		return;
	}
	const struct ynode *own = ynode_at(applied->object->node, "metadata", "namespace", NULL);
	const struct ynode *place = applied_place(applied, release.target_node ? release.target_node : own);
	struct finding *finding = lint_report(
		lint, place, "the agent is installed into namespace \"%.*s\"", STR_ARG(release.target));
	lint_help(lint, finding,
		"give it a namespace of its own by spec.targetNamespace; for an installed release that is a "
		"new "
		"installation, and the token's Secret moves with it");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR015 = {
	.code = "HR015",
	.name = "default-namespace",
	.summary = "The agent is installed into a namespace that every cluster has.",
	.rationale =
		"In `default` whatever is applied without a namespace lies beside the agent's token, and "
		"whoever may read Secrets there for his own application can take it: with the token one is "
		"the "
		"agent. In `kube-system` and its like it lies beside what the cluster itself runs on. Such a "
		"namespace cannot be removed with what is in it, either.",
	.advice = "Install the agent into a namespace of its own.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
