#include "install_finding.h"
#include "versions.h"

#define AGENT_IMAGE STR("registry.gitlab.com/gitlab-org/cluster-integration/gitlab-agent/agentk")

/* Other registries may have other tags. */
static bool
is_gitlabs_image(const struct install *install)
{
	struct value repository = install_value(install, STR("image.repository"));
	return repository.state == VALUE_ABSENT
		|| (repository.state == VALUE_SET && str_eq(repository.text, AGENT_IMAGE));
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value tag = install_value(install, STR("image.tag"));
	struct version version;
	bool is_word = str_eq(tag.text, STR("latest")) || str_eq(tag.text, STR("stable"));
	bool is_bare = !str_starts(tag.text, STR("v")) && version_parse(tag.text, &version);
	if (tag.state != VALUE_SET || (!is_word && !is_bare) || !is_gitlabs_image(install)) {
		return;
	}
	const struct ynode *place = install_place(install, tag.node);
	struct finding *finding = is_word
		? lint_report(
			lint, place, "image.tag \"%.*s\" names no version of the agent", STR_ARG(tag.text))
		: lint_report(lint, place,
			"image.tag \"%.*s\" lacks the \"v\" that the agent's tags begin with",
			STR_ARG(tag.text));
	bool is_whole = is_bare && str_eq(chart_exact_version(tag.text), tag.text);
	lint_help(lint, finding,
		!is_whole ? "drop image.tag and pin the chart: each version of it brings the agent that fits"
			  : "write \"v%.*s\", or drop image.tag: the chart brings the agent that fits",
		STR_ARG(tag.text));
	if (is_whole && tag.node->style == YSTYLE_QUOTED) {
		install_fix_scalar(lint, finding, install, tag.node,
			arena_printf(lint_arena(lint), "v%.*s", STR_ARG(tag.text)));
	}
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV013 = {
	.code = "CV013",
	.name = "image-tag-latest",
	.summary = "The agent's image has a tag that is no version, or one that does not exist.",
	.rationale = "GitLab publishes agentk as `v17.3.1`. Without the `v` the image cannot be pulled: "
		     "*ImagePullBackOff*. `latest` and `stable` move, so that two Pods of one agent differ, "
		     "and the "
		     "agent is not within one minor release of its GitLab for long.\n\nSilent where "
		     "`image.repository` names another registry.",
	.advice = "Leave `image.tag` out and pin the version of the chart.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#updates-and-version-compatibility",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
