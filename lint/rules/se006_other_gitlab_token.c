#include "base64.h"
#include "plain_secret.h"
#include "rule.h"
#include "secret_shape.h"

enum { ENOUGH = 1000 /* of one file */ };

static void
advise(struct lint *lint, struct finding *finding)
{
	lint_help(lint, finding,
		"revoke it, since Git keeps it for ever, and keep the new one in a Secret that is not in "
		"Git, in a "
		"CI/CD variable that is masked, or encrypted with SOPS");
}

static void
check_text(struct lint *lint, const struct file *file)
{
	struct str text = file->source.text;
	struct secret secret;
	size_t from = 0;
	for (int i = 0; i < ENOUGH && gitlab_token_next(text, from, &secret); i++) {
		size_t start = (size_t)(secret.text.ptr - text.ptr);
		from = start + secret.text.len;
		struct span span = { (uint32_t)start, (uint32_t)from };
		advise(lint, lint_report_at(lint, file, span, "%s is committed", secret.what));
	}
}

static void
check_secret(struct lint *lint, const struct ynode *root)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode *data = ynode_get(root, STR("data"));
	for (const struct ynode *key = ynode_is(data, YNODE_MAPPING) ? data->first : NULL; key;
		key = key->next->next) {
		struct str bytes;
		struct secret secret;
		const struct ynode *value = ynode_follow(key->next);
		if (base64_decode(&scratch, ynode_str(value), &bytes)
			&& gitlab_token_next(bytes, 0, &secret)) {
			struct finding *finding = lint_report(
				lint, value, "%s is committed, in base64, which hides nothing", secret.what);
			lint_object(lint, finding, root, value);
			lint_hide(lint, value);
			advise(lint, finding);
		}
	}
}

static void
check(struct lint *lint, const struct file *file)
{
	check_text(lint, file);
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		each_secret(lint, doc->root, check_secret);
	}
}

const struct rule rule_SE006 = {
	.code = "SE006",
	.name = "gitlab-token-committed",
	.summary = "A token of GitLab, other than an agent's, is committed.",
	.rationale =
		"Whoever can read the repository, or any clone or fork of it, can do what the token allows: "
		"read "
		"and change projects, run jobs as a runner, pull images. Git keeps the token after it is "
		"removed "
		"from the file.\n\nA token is known by its prefix and by the length and alphabet of what "
		"stands behind it: `glpat-`, `gldt-`, `glrt-`, `glrtr-`, `glcbt-`, `glptt-`, `glft-`, "
		"`glimt-`, "
		"`gloas-`, `glsoat-`, `glffct-` and `GR1348941`, in any file, and in the base64 of a "
		"Secret's "
		"`data`. Placeholders are none: repeated and ascending characters, words. Agents' own tokens "
		"are "
		"SE001. The token is never printed.",
	.advice = "1. Revoke the token in GitLab.\n"
		  "2. Create another, with the narrowest scope and an end, and hand it over in a masked "
		  "CI/CD variable, "
		  "an external secret store, or a file encrypted with SOPS.",
	.reference = "https://docs.gitlab.com/security/tokens/#token-prefixes",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_source = check,
};
