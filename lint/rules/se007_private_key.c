#include "aside.h"
#include "path.h"
#include "rule.h"
#include "secret_shape.h"

enum { ENOUGH = 1000 /* of one file */, FIRST_LINE_MAX = 80 };

static void
report(struct lint *lint, const struct file *file, size_t start, const struct secret *secret)
{
	size_t end = start + secret->text.len;
	size_t line = str_find_char(secret->text, '\n');
	line = line < FIRST_LINE_MAX ? line : FIRST_LINE_MAX;
	struct span span = { (uint32_t)start, (uint32_t)(line < secret->text.len ? start + line : end) };
	struct finding *finding = lint_report_at(lint, file, span, "%s is committed", secret->what);
	lint_help(lint, finding,
		"replace the key wherever it is trusted, since Git keeps it for ever, and keep the new one "
		"out of Git "
		"or encrypted with SOPS");
	if (str_find(secret->text, STR("PGP")) < secret->text.len) {
		finding->severity = SEVERITY_WARNING; /* it may have a passphrase */
	}
	lint_hide_at(lint, file, (struct span){ span.end < end ? span.end : span.start, (uint32_t)end });
}

static void
check_keys(struct lint *lint, const struct file *file)
{
	struct str text = file->source.text;
	struct secret secret;
	size_t from = 0;
	for (int i = 0; i < ENOUGH && private_key_next(text, from, &secret); i++) {
		size_t start = (size_t)(secret.text.ptr - text.ptr);
		report(lint, file, start, &secret);
		from = start + secret.text.len;
	}
}

/* What a user of a kubeconfig proves itself with, when it stands there as it is. */
static void
check_kubeconfig(struct lint *lint, const struct ynode *root)
{
	static const struct str keys[] = { STR_INIT("token"), STR_INIT("password") };
	const struct ynode *users = ynode_follow(ynode_get(root, STR("users")));
	for (const struct ynode *item = ynode_is(users, YNODE_SEQUENCE) ? users->first : NULL; item;
		item = item->next) {
		for (size_t i = 0; i < countof(keys); i++) {
			const struct ynode *value = ynode_get(ynode_get(item, STR("user")), keys[i]);
			if (ynode_is(value, YNODE_SCALAR) && !text_is_placeholder(ynode_str(value))) {
				struct finding *finding = lint_report(lint, value,
					"the %.*s of a kubeconfig is committed", STR_ARG(keys[i]));
				lint_help(lint, finding,
					"replace it, since Git keeps it for ever, and keep the kubeconfig "
					"out of Git");
				lint_hide(lint, value);
			}
		}
	}
}

static void
check(struct lint *lint, const struct file *file)
{
	if (path_is_shown(file->source.path)) {
		return;
	}
	check_keys(lint, file);
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		if (str_eq(ynode_str(ynode_get(doc->root, STR("kind"))), STR("Config"))) {
			check_kubeconfig(lint, doc->root);
		}
	}
}

const struct rule rule_SE007 = {
	.code = "SE007",
	.name = "private-key-committed",
	.summary = "A private key, or the credentials of a kubeconfig, are committed.",
	.rationale =
		"Whoever can read the repository, or any clone or fork of it, can decrypt, sign or log in "
		"with the "
		"key. A secret key of age opens everything that SOPS encrypted for it, in the whole history. "
		"Git "
		"keeps the key after it is removed from the file.\n\nFound are private keys in PEM, those of "
		"OpenSSH and PGP among them, in any file, also in base64 (the `data` of a Secret, "
		"`client-key-data` of a kubeconfig), secret keys of age (`AGE-SECRET-KEY-1…`), and a "
		"kubeconfig's "
		"`token` and `password`. A key with a passphrase is no finding, nor is one that is "
		"encrypted, cut short or made up, or lies among documentation, examples and tests. A key of "
		"PGP "
		"is a warning, since it may have a passphrase. The key is never printed.",
	.advice = "1. Make a new key and trust that instead.\n"
		  "2. Keep it out of Git, or encrypt it with SOPS.\n"
		  "3. After a lost key of age or PGP, replace every secret that was encrypted for it.",
	.reference = "https://fluxcd.io/flux/guides/mozilla-sops/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_source = check,
};
