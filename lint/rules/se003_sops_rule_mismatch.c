#include "kustomize/loader.h"
#include "path.h"
#include "plain_secret.h"
#include "sops.h"

/* "a.sops.yaml", "b.enc.yaml": whoever names a file so takes it for encrypted. "sops.yaml" is about SOPS. */
static bool
claims_encryption(struct str path)
{
	static const struct str marks[] = { STR_INIT("sops"), STR_INIT("enc"), STR_INIT("encrypted") };
	struct str rest = path_base(path);
	(void)str_cut(&rest, '.');
	while (rest.ptr) {
		struct str part = str_cut(&rest, '.');
		for (size_t i = 0; i < countof(marks); i++) {
			if (rest.ptr && part.len > 0 && str_eq_nocase(part, marks[i])) {
				return true;
			}
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct ynode *root, const struct ynode *value, const struct ynode *rule)
{
	struct finding *finding = lint_report(lint, value, "%s",
		rule ? "SOPS has not encrypted this, though the file's name says so and .sops.yaml has a "
		       "rule for it"
		     : "this is plain text where SOPS expects what it has encrypted: the file cannot be "
		       "decrypted any more");
	if (rule) {
		lint_relate(lint, finding, rule, "the rule");
		lint_help(lint, finding,
			"replace the value when it is a secret, and encrypt the file: sops encrypt -i");
	} else {
		lint_relate(lint, finding, ynode_key(root, STR("sops")),
			"what SOPS has encrypted is stated here");
		lint_help(lint, finding, "take the value out, and put it in again with \"sops edit\"");
	}
	lint_object(lint, finding, root, value);
	lint_hide(lint, value);
}

/* SOPS always states which values it has encrypted; where nothing is, somebody wrote the stanza. */
static bool
states_scope(const struct ynode *stanza)
{
	static const struct str keys[] = { STR_INIT("encrypted_regex"), STR_INIT("unencrypted_regex"),
		STR_INIT("encrypted_suffix"), STR_INIT("unencrypted_suffix") };
	for (size_t i = 0; i < countof(keys); i++) {
		if (ynode_str(ynode_get(stanza, keys[i])).len > 0) {
			return ynode_get(stanza, STR("mac")) != NULL;
		}
	}
	return false;
}

/* One document, by its own stanza or by the rule for the file. */
static bool
check_document(struct lint *lint, const struct ynode *root, const struct ynode *rule)
{
	const struct ynode *stanza = ynode_get(root, STR("sops"));
	struct sops_scope CLEANUP(sops_scope_release) scope = { 0 };
	struct plain_secret secret;
	if (stanza ? !states_scope(stanza) : !rule || plain_secret_read(root, &secret)) {
		return false; /* SE002 tells of it */
	}
	sops_scope_read(stanza ? stanza : rule, &scope);
	const struct ynode *value = sops_plain_value(&scope, root);
	if (value) {
		report(lint, root, value, stanza ? NULL : rule);
	}
	return value != NULL;
}

static void
check_file(struct lint *lint, const struct repository *repository, const struct file *file)
{
	bool is_told = false;
	const struct ynode *rule = NULL;
	if (!file->docs || file->syntax || !plain_secret_counts(repository, file)
		|| kustomization_is_name_of(file->source.path)) {
		return;
	}
	if (claims_encryption(file->source.path)) {
		rule = sops_rule_for(repository->files, file);
	}
	for (const struct ydoc *doc = file->docs; doc && !is_told; doc = doc->next) {
		is_told = ynode_is(doc->root, YNODE_MAPPING) && check_document(lint, doc->root, rule);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		check_file(lint, repository, &repository->files->items[i]);
	}
}

const struct rule rule_SE003 = {
	.code = "SE003",
	.name = "sops-rule-mismatch",
	.summary = "A file is not encrypted as SOPS is told to, or not all of it.",
	.rationale =
		"A file that is called `….sops.yaml` or `….enc.yaml`, and that a rule of `.sops.yaml` is "
		"for, holds "
		"values in the open which that rule would encrypt: somebody decrypted the file and committed "
		"it, or "
		"never encrypted it. And in a file that SOPS did encrypt, a value was added by hand: SOPS "
		"and "
		"Flux then fail with *Input string … does not match sops' data format* and apply nothing of "
		"it.\n\nThe rule is the first one that matches in the nearest `.sops.yaml` above the file; "
		"which "
		"values it means is read from `encrypted_regex`, `unencrypted_regex` and the suffixes, for "
		"an "
		"encrypted file from its own `sops` part. Files with other names are not judged by rules, as "
		"many rules "
		"are for all files of a directory, nor are templates, documentation and tests. A plain "
		"Secret is "
		"SE002.",
	.advice = "Encrypt the file with `sops encrypt -i`, and change encrypted files with `sops edit` "
		  "only. A secret "
		  "that was committed in the open has to be replaced.",
	.reference = "https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
