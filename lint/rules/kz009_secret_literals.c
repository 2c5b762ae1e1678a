#include "kpt/packages.h"
#include "kustomize_faults.h"
#include "token.h"

static bool
has_word(struct str text, const char *const *words, size_t count)
{
	for (size_t at = 0; at < text.len; at++) {
		for (size_t i = 0; i < count; i++) {
			struct str piece = str_first(str_skip(text, at), strlen(words[i]));
			if (str_eq_nocase(piece, str_from(words[i]))) {
				return true;
			}
		}
	}
	return false;
}

/* Does the key, or the name of a file, speak of something secret? */
static bool
names_secret(struct str name)
{
	static const char *const words[] = { "password", "passwd", "secret", "token", "apikey", "api_key",
		"api-key", "private_key", "private-key", "credential", "htpasswd" };
	return has_word(name, words, countof(words));
}

/* token_url, passwordFile, secret_name: where something secret is, how long it lasts, what it is called. */
static bool
is_about_secret(struct str key)
{
	static const struct str ends[] = { STR_INIT("file"), STR_INIT("path"), STR_INIT("url"),
		STR_INIT("uri"), STR_INIT("ttl"), STR_INIT("name"), STR_INIT("ref"), STR_INIT("type"),
		STR_INIT("lifetime"), STR_INIT("expiry"), STR_INIT("endpoint") };
	for (size_t i = 0; i < countof(ends); i++) {
		size_t len = ends[i].len;
		if (key.len > len && str_eq_nocase(str_skip(key, key.len - len), ends[i])) {
			return true;
		}
	}
	return false;
}

/* Nothing secret: a variable, or nothing. */
static bool
is_placeholder(struct str value)
{
	return value.len == 0 || str_eq(value, STR("\"\"")) || str_eq(value, STR("''"))
		|| str_find(value, STR("${")) < value.len || str_find(value, STR("<")) < value.len
		|| str_starts(value, STR("ENC[")) || str_starts(value, STR("ref+"));
}

/* ENABLE_TOKENS=false, TOKEN_LIFETIME=3600: about secrets, but none. */
static bool
is_switch(struct str value)
{
	bool is_number = value.len > 0;
	for (size_t i = 0; i < value.len; i++) {
		is_number &= value.ptr[i] >= '0' && value.ptr[i] <= '9';
	}
	return is_number || str_eq_nocase(value, STR("true")) || str_eq_nocase(value, STR("false"));
}

static bool
is_encrypted(const struct file *file)
{
	static const char *const names[] = { ".enc", "encrypted", ".sops", ".age", ".gpg", ".asc" };
	struct str text;
	return has_word(file->source.path, names, countof(names)) || !file_content(file, &text)
		|| text.len == 0 || str_find(text, STR("ENC[")) < text.len
		|| str_find(text, STR("sops")) < text.len || str_find(text, STR("${")) < text.len;
}

/* What stands behind the `=`, as it is written. */
static void
hide_value(struct lint *lint, const struct ynode *item)
{
	if (item->source == 0) {
		return;
	}
	const struct file *file = &lint_repository(lint)->files->items[item->source - 1];
	struct str written = str_skip(str_first(file->source.text, item->span.end), item->span.start);
	size_t equals = str_find_char(written, '=');
	if (equals < written.len) {
		uint32_t start = item->span.start + (uint32_t)equals + 1;
		lint_hide_at(lint, file, (struct span){ start, item->span.end });
	}
}

static void
check_literals(struct lint *lint, const struct ynode *generator, bool is_secret)
{
	const struct ynode *item = kustomization_items(generator, STR("literals"));
	for (; item; item = item->next) {
		struct str text = ynode_str(item);
		size_t equals = str_find_char(text, '=');
		struct str key = str_first(text, equals);
		struct str value = str_skip(text, equals + 1);
		bool is_named = names_secret(key) && !is_about_secret(key);
		if (is_placeholder(value) || is_switch(value) || (!is_secret && !is_named)) {
			continue;
		}
		struct finding *finding = lint_report(
			lint, item, "the value of \"%.*s\" stands here in the open", STR_ARG(key));
		finding->severity = is_secret && is_named ? SEVERITY_ERROR : SEVERITY_WARNING;
		lint_help(lint, finding, "encrypt it, or let an ExternalSecret fetch it, and replace it");
		hide_value(lint, item);
	}
}

/* Values of a chart are often kept as a Secret and hold none. */
static bool
holds_secret(const struct entry *entry)
{
	static const struct str extensions[] = { STR_INIT(".env"), STR_INIT(".key"), STR_INIT(".p12"),
		STR_INIT(".pfx"), STR_INIT(".jks"), STR_INIT(".kubeconfig") };
	struct str text;
	const struct file *file = entry->location.file;
	for (size_t i = 0; i < countof(extensions); i++) {
		if (str_ends(file->source.path, extensions[i])) {
			return true;
		}
	}
	return names_secret(entry->node ? ynode_str(entry->node) : entry->path)
		|| (file_content(file, &text) && str_find(text, STR("PRIVATE KEY-----")) < text.len);
}

/* SE001 tells of the token in the file, or KP004 does, in a package of kpt. */
static bool
is_token(struct lint *lint, const struct kustomization *k, const struct entry *entry)
{
	struct str text, token;
	struct kpt_packages packages;
	if (!file_content(entry->location.file, &text)) {
		return false;
	}
	if (token_next(text, 0, &token)) {
		return true;
	}
	kpt_packages_collect(lint_arena(lint), lint_repository(lint)->files, &packages);
	return token_is_old(str_trim(text)) && kpt_package_of(&packages, k->file->source.path);
}

static void
check_files(struct lint *lint, const struct kustomization *k, const struct ynode *generator)
{
	for (size_t i = 0; i < k->entries.len; i++) {
		const struct entry *entry = &k->entries.items[i];
		bool is_own = generator->span.start <= entry->node->span.start
			&& entry->node->span.end <= generator->span.end;
		bool is_read = entry->use == ENTRY_SOURCE || entry->use == ENTRY_OTHER;
		if (!is_own || !is_read || entry->location.result != LOAD_FILE
			|| is_encrypted(entry->location.file) || !holds_secret(entry)
			|| is_token(lint, k, entry)) {
			continue;
		}
		struct finding *finding = lint_report(lint, entry->node,
			"a Secret is made of \"%.*s\", which is not encrypted", STR_ARG(entry->path));
		finding->severity = SEVERITY_WARNING;
		lint_help(lint, finding, "encrypt the file with SOPS when it holds a secret");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *k = &all->items[i];
		const struct ynode *item = kustomization_items(k->root, STR("secretGenerator"));
		for (; item; item = item->next) {
			check_literals(lint, item, true);
			check_files(lint, k, item);
		}
		item = kustomization_items(k->root, STR("configMapGenerator"));
		for (; item; item = item->next) {
			check_literals(lint, item, false);
		}
	}
}

const struct rule rule_KZ009 = {
	.code = "KZ009",
	.name = "secret-generator-plain",
	.summary = "A secretGenerator takes its secret from this repository as it is.",
	.rationale =
		"What stands in `literals`, or in a file that is not encrypted, can be read by everyone "
		"who can read the repository, now and in its history; base64 hides nothing. Variables that "
		"Flux fills in, empty values, numbers, switches and files encrypted with SOPS are not "
		"meant.\n\nAn error is a literal of a `secretGenerator` whose key speaks of a password, "
		"token or "
		"secret. Its other literals are warnings; so are files that have such a name or key, "
		"`.env` files, private keys, and such a literal of a `configMapGenerator`.",
	.advice = "Keep the secret elsewhere: encrypt the file with SOPS, or let an ExternalSecret fetch it. "
		  "What was committed has to be replaced, not only removed.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/secretgenerator/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
