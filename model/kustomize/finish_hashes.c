/* Names of what generators made get a hash of its content (HashTransformer.go, api/hasher). */
#include "kustomize/json_value.h"
#include "kustomize/transform.h"
#include "sha256.h"

enum { HASH_CHARACTERS = 10 };

static void
add_field(struct buf *out, const char *name, const struct ynode *value)
{
	buf_addf(out, "\"%s\":", name);
	if (value) {
		json_value_write(out, value);
	} else {
		buf_add(out, STR("\"\""));
	}
}

/* The JSON that kustomize hashes; the name is always empty there. */
static struct str
hashed_text(struct arena *arena, const struct ynode *root, struct str kind)
{
	struct buf out = { .arena = arena };
	const struct ynode *binary = ynode_get(root, STR("binaryData"));
	const struct ynode *text = ynode_get(root, STR("stringData"));
	bool is_secret = str_eq(kind, STR("Secret"));
	buf_add_char(&out, '{');
	if (!is_secret && ynode_is(binary, YNODE_MAPPING)) {
		add_field(&out, "binaryData", binary);
		buf_add_char(&out, ',');
	}
	add_field(&out, "data", ynode_get(root, STR("data")));
	buf_addf(&out, ",\"kind\":\"%s\",\"name\":\"\"", is_secret ? "Secret" : "ConfigMap");
	if (is_secret && ynode_is(text, YNODE_MAPPING)) {
		buf_add_char(&out, ',');
		add_field(&out, "stringData", text);
	}
	if (is_secret) {
		buf_add_char(&out, ',');
		add_field(&out, "type", ynode_get(root, STR("type")));
	}
	buf_add_char(&out, '}');
	return buf_str(&out);
}

static struct str
hash(struct arena *arena, struct str text)
{
	static const char letters[] = "gh2k456789mbcdtf";
	unsigned char digest[SHA256_BYTES];
	char *out = arena_alloc(arena, HASH_CHARACTERS + 1);
	sha256(text, digest);
	for (size_t i = 0; i < HASH_CHARACTERS; i++) {
		out[i] = letters[i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 0xf];
	}
	return (struct str){ out, HASH_CHARACTERS };
}

static bool
rename_member(struct site *site, struct member *member)
{
	struct arena *arena = site->acc->arena;
	struct identity *id = &member->object.id;
	struct str why;
	bool is_known_kind = str_eq(id->kind, STR("ConfigMap")) || str_eq(id->kind, STR("Secret"));
	if (!is_known_kind) {
		member->trail.has_unknown_data = true;
		return site_leave(site, member->object.written, "the hash of this kind is not modelled");
	}
	if (member->trail.has_unknown_data) {
		return site_leave(site, member->object.written, "the files of a generator were not read");
	}
	struct knode *json = json_value_of(member->tree, &why);
	struct knode *metadata = knode_make_map(member->tree, STR("metadata"));
	if (!json || !metadata) {
		return site_fail(site, FAULT_OTHER, member->object.written, why);
	}
	struct str text = hashed_text(arena, knode_freeze(arena, json), id->kind);
	member_remember(arena, member);
	knode_set(metadata, STR("name"),
		knode_scalar(member->tree->pool,
			arena_printf(arena, "%.*s-%.*s", STR_ARG(id->name), STR_ARG(hash(arena, text))),
			KTAG_NONE));
	member_refresh(member);
	return true;
}

void
finish_hashes(struct site *site)
{
	for (size_t i = 0; i < site->acc->members.len && !site_failed(site); i++) {
		struct member *member = site->acc->members.items[i];
		if (member->trail.needs_hash) {
			(void)rename_member(site, member);
		}
	}
	site->acc->ids_are_stale = true;
}
