#include "rule.h"

static void
report(struct lint *lint, const struct agent *first, const struct agent *again)
{
	struct finding *finding = lint_report_at(lint, again->any, (struct span){ 0, 0 },
		"the agents \"%.*s\" and \"%.*s\" differ by capitals only", STR_ARG(first->name),
		STR_ARG(again->name));
	lint_relate_file(lint, finding, first->any, "the other one");
	lint_help(lint, finding,
		"merge the two into the one that is registered: names of agents have no capitals");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct agents *agents = repository->agents;
	for (size_t i = 1; i < agents->len; i++) {
		for (size_t j = 0; j < i; j++) {
			if (str_eq_nocase(agents->items[i].name, agents->items[j].name)) {
				report(lint, &agents->items[j], &agents->items[i]);
				break;
			}
		}
	}
}

const struct rule rule_AG004 = {
	.code = "AG004",
	.name = "agent-name-case-collision",
	.summary = "Two directories below `.gitlab/agents` differ by capitals only.",
	.rationale = "Names of agents have no capitals, so at most one of the two directories belongs to "
		     "an agent; the other is never read. Where file names do not tell capitals apart, as "
		     "on macOS and Windows, a checkout mixes the two, and the next commit may swap the "
		     "configuration that grants access for the other.",
	.advice = "Keep the directory whose name is that of the registered agent (**Operate > Kubernetes "
		  "clusters**), move what is still needed there, and remove the other.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
