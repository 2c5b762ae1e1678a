#include "path.h"
#include "plain_secret.h"
#include "sops.h"

static void
report(struct lint *lint, const struct resource *resource, const struct plain_secret *secret)
{
	const struct repository *repository = lint_repository(lint);
	struct str key = ynode_str(secret->key);
	struct finding *finding = secret->count > 1
		? lint_report(lint, secret->value,
			"a Secret stands here in the open: \"%.*s\" and %zu more of its values", STR_ARG(key),
			secret->count - 1)
		: lint_report(lint, secret->value, "a Secret stands here in the open: its value \"%.*s\"",
			STR_ARG(key));
	if (repository_reading(repository, resource->file) != READING_SURELY) {
		finding->severity = SEVERITY_WARNING;
	}
	const struct ynode *rule = sops_rule_for(repository->files, resource->file);
	if (rule && rule->source != 0) {
		lint_relate(lint, finding, rule, "by this rule SOPS would encrypt the file");
		lint_help(lint, finding, "replace the value, and encrypt the file: sops encrypt -i %.*s",
			STR_ARG(path_base(resource->file->source.path)));
	} else {
		lint_help(lint, finding,
			"replace the value, since Git keeps it for ever, and encrypt the Secret with SOPS, "
			"or let an "
			"ExternalSecret fetch it");
	}
	lint_object(lint, finding, resource->root, secret->value);
}

static void
check(struct lint *lint, const struct resource *resource)
{
	struct plain_secret secret;
	if (plain_secret_counts(lint_repository(lint), resource->file)
		&& plain_secret_read(resource->root, &secret)) {
		report(lint, resource, &secret);
	}
}

const struct rule rule_SE002 = {
	.code = "SE002",
	.name = "plain-secret-manifest",
	.summary = "A Secret's password or token stands in a manifest as it is.",
	.rationale =
		"Whoever can read the repository can read the Secret, now and in its history; base64 hides "
		"nothing.\n\nMeant are values whose key speaks of a password, token, credential or the like; "
		"user names, addresses, certificates and whole configuration files are not judged. No "
		"finding "
		"are what SOPS has encrypted, variables (`${…}`), references to a store (`<path:…>`, "
		"`ref+…`, "
		"`vault:…`, `op://…`), empty values, words that say themselves that they are to be replaced, "
		"templates, charts, documentation, examples and tests. Tokens of GitLab and private keys are "
		"SE001, "
		"SE006 and SE007.\n\nAn error where a known root applies the Secret, a warning elsewhere. "
		"The value "
		"is never printed.",
	.advice = "Replace the value, then keep the new one out of Git: encrypt the file with SOPS, use an "
		  "ExternalSecret or a SealedSecret, or create the Secret in the cluster by hand.",
	.reference = "https://fluxcd.io/flux/security/secrets-management/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_resource = check,
};
