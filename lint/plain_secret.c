#include "plain_secret.h"

#include "aside.h"
#include "base64.h"
#include "secret_shape.h"
#include "token.h"

static bool
has_word(struct str text, const struct str *words, size_t count)
{
	for (size_t at = 0; at < text.len; at++) {
		for (size_t i = 0; i < count; i++) {
			if (str_eq_nocase(str_first(str_skip(text, at), words[i].len), words[i])) {
				return true;
			}
		}
	}
	return false;
}

static bool
ends_with_word(struct str text, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text.len >= words[i].len
			&& str_eq_nocase(str_skip(text, text.len - words[i].len), words[i])) {
			return true;
		}
	}
	return false;
}

bool
names_secret_value(struct str key)
{
	static const struct str words[] = { STR_INIT("password"), STR_INIT("passwd"), STR_INIT("secret"),
		STR_INIT("token"), STR_INIT("apikey"), STR_INIT("api_key"), STR_INIT("api-key"),
		STR_INIT("privatekey"), STR_INIT("private_key"), STR_INIT("private-key"),
		STR_INIT("credential"), STR_INIT("dockerconfigjson"), STR_INIT("secretkey"),
		STR_INIT("accesskey"), STR_INIT("passphrase") };
	static const struct str others[] = { STR_INIT("name"), STR_INIT("path"), STR_INIT("file"),
		STR_INIT("url"), STR_INIT("uri"), STR_INIT("id"), STR_INIT("ref"), STR_INIT("type"),
		STR_INIT("ttl"), STR_INIT("age"), STR_INIT("lifetime"), STR_INIT("length"),
		STR_INIT("enabled"), STR_INIT("domain"), STR_INIT("host"), STR_INIT("user"),
		STR_INIT("email"), STR_INIT("issuer"), STR_INIT("audience"), STR_INIT("endpoint"),
		STR_INIT("crt"), STR_INIT("pub"), STR_INIT("key_ref"), STR_INIT("mount"),
		STR_INIT("algorithm"), STR_INIT("alg"), STR_INIT("algo"), STR_INIT("policy"),
		STR_INIT("method"), STR_INIT("provider"), STR_INIT("format"), STR_INIT("header"),
		STR_INIT("namespace"), STR_INIT("backend"), STR_INIT("period"), STR_INIT("scope"),
		STR_INIT("scopes"), STR_INIT("prefix"), STR_INIT("engine"), STR_INIT("hasher"),
		STR_INIT("hashers"), STR_INIT("region"), STR_INIT("version"), STR_INIT("store"),
		STR_INIT("expiry"), STR_INIT("expiration"), STR_INIT("expires"), STR_INIT("duration"),
		STR_INIT("timeout"), STR_INIT("mode"), STR_INIT("class") };
	return has_word(key, words, countof(words)) && !ends_with_word(key, others, countof(others));
}

/* "15m", "24h", "7d": digits and a unit. */
static bool
is_duration(struct str value)
{
	size_t digits = 0;
	while (digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9') {
		digits++;
	}
	struct str unit = str_skip(value, digits);
	return digits > 0
		&& (str_eq(unit, STR("ms")) || (unit.len == 1 && str_has_char(STR("smhdwy"), unit.ptr[0])));
}

/* ENABLE_TOKENS=false, TOKEN_LIFETIME=3600: about secrets, but none. */
static bool
is_switch(struct str value)
{
	static const struct str words[] = { STR_INIT("true"), STR_INIT("false"), STR_INIT("yes"),
		STR_INIT("no"), STR_INIT("null"), STR_INIT("none") };
	bool is_number = value.len > 0;
	for (size_t i = 0; i < value.len; i++) {
		is_number = is_number && value.ptr[i] >= '0' && value.ptr[i] <= '9';
	}
	for (size_t i = 0; i < countof(words); i++) {
		is_number = is_number || str_eq_nocase(value, words[i]);
	}
	return is_number;
}

bool
is_secret_literal(struct str value)
{
	value = str_trim(value);
	if (str_starts(value, STR("{"))) { /* of JSON what is known to be one: a registry's log-in */
		return (str_find(value, STR("\"auth\"")) < value.len
			       || str_find(value, STR("\"password\"")) < value.len)
			&& str_find(value, STR("${")) == value.len && str_find(value, STR("{{")) == value.len;
	}
	return !text_is_placeholder(value) && !is_switch(value) && !is_duration(value);
}

bool
plain_secret_is_told_of(struct str key, struct str value)
{
	struct str token;
	struct secret secret;
	return token_next(value, 0, &token) || gitlab_token_next(value, 0, &secret)
		|| private_key_next(value, 0, &secret)
		|| (str_eq(key, STR("token")) && token_is_old(str_trim(value)));
}

/* What the cluster would get as the value; false when it would get none. */
static bool
read_value(struct arena *arena, const struct ynode *value, bool is_encoded, struct str *ret_text)
{
	struct str text = ynode_str(value);
	if (value->kind != YNODE_SCALAR || value->source == 0) {
		return false;
	}
	if (is_encoded) {
		return !text_is_placeholder(text) && base64_decode(arena, text, ret_text);
	}
	*ret_text = text;
	return true;
}

static void
read_values(const struct ynode *data, bool is_encoded, struct plain_secret *secret)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	for (const struct ynode *key = ynode_is(data, YNODE_MAPPING) ? data->first : NULL; key;
		key = key->next->next) {
		const struct ynode *value = ynode_follow(key->next);
		struct str name = ynode_str(key), text;
		if (names_secret_value(name) && read_value(&scratch, value, is_encoded, &text)
			&& is_secret_literal(text) && !plain_secret_is_told_of(name, text)) {
			secret->key = secret->count == 0 ? key : secret->key;
			secret->value = secret->count == 0 ? value : secret->value;
			secret->count++;
		}
	}
}

bool
plain_secret_read(const struct ynode *root, struct plain_secret *ret_secret)
{
	struct plain_secret secret = { 0 };
	if (!str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("Secret"))
		|| !str_eq(ynode_str(ynode_get(root, STR("apiVersion"))), STR("v1"))
		|| ynode_key(root, STR("sops"))) {
		return false;
	}
	read_values(ynode_get(root, STR("stringData")), false, &secret);
	read_values(ynode_get(root, STR("data")), true, &secret);
	*ret_secret = secret;
	return secret.count > 0;
}

bool
plain_secret_counts(const struct repository *repository, const struct file *file)
{
	if (file->is_template || files_in_chart(repository->files, file->source.path)) {
		return false;
	}
	return !path_is_shown(file->source.path) || repository_reading(repository, file) == READING_SURELY;
}

static bool
is_secret(const struct ynode *object)
{
	return str_eq(ynode_str(ynode_get(object, STR("kind"))), STR("Secret"));
}

void
each_secret(struct lint *lint, const struct ynode *root, void (*visit)(struct lint *, const struct ynode *))
{
	bool is_list = str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("List"));
	const struct ynode *items = is_list ? ynode_get(root, STR("items")) : NULL;
	if (is_secret(root)) {
		visit(lint, root);
	}
	for (const struct ynode *item = items && items->kind == YNODE_SEQUENCE ? items->first : NULL; item;
		item = item->next) {
		if (is_secret(item)) {
			visit(lint, ynode_follow(item));
		}
	}
}
