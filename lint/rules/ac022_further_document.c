#include "agent_problems.h"
#include "yscalar.h"

static bool
is_blank(const struct ydoc *doc)
{
	return ynode_type(doc->root, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct file *config = agent->config;
	if (!config || config->is_template || !config->docs) {
		return;
	}
	for (const struct ydoc *doc = config->docs->next; doc; doc = doc->next) {
		if (is_blank(doc)) {
			continue;
		}
		struct finding *finding = lint_report(lint, doc->root,
			is_blank(config->docs)
				? "the agent server reads the first document only, which is blank: none of "
				  "this counts"
				: "the agent server reads the first document only: none of this counts");
		lint_help(lint, finding, "remove the \"---\" before it, or the document");
		if (is_blank(config->docs)) {
			finding->severity = SEVERITY_ERROR;
		}
		return;
	}
}

const struct rule rule_AC022 = {
	.code = "AC022",
	.name = "config-further-document",
	.summary = "The agent's configuration has a second YAML document, which is never read.",
	.rationale = "The agent server reads a configuration up to the first `---` that follows something, "
		     "and takes that for the whole. What stands behind it is not even looked at: no "
		     "mistake in it is reported, and no grant in it holds. It is an error when the first "
		     "document is blank, for then nothing of the file counts.\n\nTo verify: misspell a key "
		     "in the second document; the agent's page in GitLab shows no error.",
	.advice = "Merge the documents into one. Each agent has a file of its own.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
