#include "agent_problems.h"
#include "names.h"
#include "yscalar.h"

static bool
is_http(struct str text)
{
	struct url url;
	return url_parse(text, &url)
		&& (str_eq_nocase(url.scheme, STR("http")) || str_eq_nocase(url.scheme, STR("https")));
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	if (!cfg) {
		return;
	}
	const struct ynode *value = ynode_at(cfg->root, "flux", "webhook_receiver_url", NULL);
	struct str text = ynode_str(value);
	if (ynode_type(value, YDIALECT_SIGS_YAML) != YTYPE_STRING || text.len == 0 || is_http(text)) {
		return;
	}
	struct finding *finding = lint_report(lint, value,
		"\"%.*s\" is no http or https URL: agentk cannot tell Flux about pushes", STR_ARG(text));
	lint_help(lint, finding,
		"write for instance \"http://webhook-receiver.flux-system.svc.cluster.local\"");
	lint_object(lint, finding, cfg->root, value);
}

const struct rule rule_AC018 = {
	.code = "AC018",
	.name = "flux-webhook-url-invalid",
	.summary = "`flux.webhook_receiver_url` is no address that can be called.",
	.rationale =
		"`agentk` tells Flux about pushes by HTTP requests to the webhook receiver of Flux' "
		"notification controller. The agent server takes any text for its address; a request to a "
		"text without `http://` or `https://` fails. Flux then learns of pushes when its interval "
		"ends.\n\nTo verify: the log of `agentk` has an error for every push.",
	.advice = "Remove the key when Flux runs in `flux-system`: the default is right. Else write "
		  "`http://webhook-receiver.NAMESPACE.svc.cluster.local`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/gitops/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
