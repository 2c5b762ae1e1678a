#include "token_secret.h"
#include "told.h"

/* `kubectl create secret`, glab's flags. */
static bool
is_told_of(struct lint *lint, struct str name)
{
	static const struct str words[] = { STR_INIT("secret"), STR_INIT("Secret"), STR_INIT("bootstrap"),
		{ NULL, 0 } };
	return text_tells_of(lint_repository(lint)->files, name, words);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct token_secret secret;
	if (!token_secret_find(install, &secret) || secret.may_be_made || secret.here || secret.elsewhere
		|| is_told_of(lint, secret.name.text)) {
		return;
	}
	const struct ynode *place = install_place(install, secret.name.node);
	struct finding *finding =
		lint_report(lint, place, "nothing here makes the Secret \"%.*s\" in namespace \"%.*s\"",
			STR_ARG(secret.name.text), STR_ARG(install->namespace));
	lint_help(lint, finding,
		"apply it with the release, encrypted or as an ExternalSecret; or write down who makes it, "
		"for the "
		"agent does not start before");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV028 = {
	.code = "CV028",
	.name = "token-secret-by-hand",
	.summary = "Nothing in the repository makes the Secret with the agent's token.",
	.rationale = "The agent's Pods wait for the Secret of `config.secretName` and do not start without. "
		     "Made by hand, "
		     "or by `glab cluster agent bootstrap`, it is in no repository: a cluster that is built "
		     "anew from Git "
		     "has an agent that waits for ever (*MountVolume.SetUp failed … secret not found*). "
		     "SOPS, Sealed "
		     "Secrets, External Secrets and Vault bring it from Git.\n\nSilent where anything that "
		     "the cluster "
		     "gets mentions the name, where a script tells of it, and where not all can be told that "
		     "the cluster gets. Runs when it is selected: a token that is nowhere in Git is what "
		     "many teams want.",
	.advice = "Apply the Secret from Git in a form that keeps it secret, or write down how it is made.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
