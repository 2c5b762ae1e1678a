#include "access.h"

#include "yscalar.h"

bool
access_words_eq(struct access_words a, struct access_words b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (!str_eq(a.items[i], b.items[i])) {
			return false;
		}
	}
	return true;
}

static bool
is_set(const struct ynode *node)
{
	return node && ynode_type(node, YDIALECT_SIGS_YAML) != YTYPE_NULL;
}

static const struct ynode *
member(const struct ynode *map, struct str key)
{
	const struct ynode *value = yview_get(map, key);
	return is_set(value) ? value : NULL;
}

static const struct ynode *
first_item(const struct ynode *list)
{
	list = ynode_follow(list);
	return ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
}

static void
add_words(struct arena *arena, struct access_words *words, const struct ynode *list)
{
	for (const struct ynode *item = first_item(list); item; item = item->next) {
		vec_push(arena, words, ynode_str(item));
	}
}

static struct str
lower_case(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		bool upper = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
		copy[i] = (char)(upper ? s.ptr[i] - 'A' + 'a' : s.ptr[i]);
	}
	return (struct str){ copy, s.len };
}

static struct access_identity
read_identity(struct arena *arena, const struct ynode *node)
{
	struct access_identity identity = { .username = ynode_str(member(node, STR("username"))),
		.uid = ynode_str(member(node, STR("uid"))) };
	add_words(arena, &identity.groups, member(node, STR("groups")));
	for (const struct ynode *item = first_item(member(node, STR("extra"))); item; item = item->next) {
		struct access_extra extra = { .key = lower_case(arena, ynode_str(member(item, STR("key")))) };
		add_words(arena, &extra.values, member(item, STR("val")));
		vec_push(arena, &identity.extra, extra);
	}
	return identity;
}

static bool
identity_eq(const struct access_identity *a, const struct access_identity *b)
{
	if (!str_eq(a->username, b->username) || !str_eq(a->uid, b->uid)
		|| !access_words_eq(a->groups, b->groups) || a->extra.len != b->extra.len) {
		return false;
	}
	for (size_t i = 0; i < a->extra.len; i++) {
		if (!str_eq(a->extra.items[i].key, b->extra.items[i].key)
			|| !access_words_eq(a->extra.items[i].values, b->extra.items[i].values)) {
			return false;
		}
	}
	return true;
}

static void
add_identity(struct arena *arena, struct access_features *features, const struct ynode *node)
{
	struct access_identity identity = read_identity(arena, node);
	if (identity.username.len == 0) {
		return;
	}
	features->has[ACCESS_IMPERSONATE] = true;
	for (size_t i = 0; i < features->identities.len; i++) {
		if (identity_eq(&features->identities.items[i], &identity)) {
			return;
		}
	}
	vec_push(arena, &features->identities, identity);
}

static void
add_ci_entry(struct arena *arena, struct access_features *features, const struct ynode *entry)
{
	const struct ynode *as = member(entry, STR("access_as"));
	const struct ynode *fixed = member(as, STR("impersonate"));
	if (member(as, STR("ci_job"))) {
		features->has[ACCESS_CI_JOB] = true;
	} else if (fixed) {
		add_identity(arena, features, fixed);
	} else if (!as || member(as, STR("agent"))) {
		struct access_unknown unknown = { ACCESS_CI_AS_AGENT, entry,
			ynode_str(member(entry, STR("id"))) };
		vec_push(arena, &features->unknown, unknown);
	}
}

static void
add_ci_access(struct arena *arena, struct access_features *features, const struct ynode *access)
{
	static const struct str lists[] = { STR_INIT("projects"), STR_INIT("groups") };
	for (size_t i = 0; i < countof(lists); i++) {
		const struct ynode *entry = first_item(member(access, lists[i]));
		for (; entry; entry = entry->next) {
			if (ynode_is(entry, YNODE_MAPPING)) {
				add_ci_entry(arena, features, entry);
			}
		}
	}
	/* Of all projects of the instance; it has no access_as (GitLab 18.1). */
	const struct ynode *instance = member(access, STR("instance"));
	if (instance) {
		struct access_unknown unknown = { ACCESS_CI_AS_AGENT, instance, STR("") };
		vec_push(arena, &features->unknown, unknown);
	}
}

static bool
has_entries(const struct ynode *access)
{
	return first_item(member(access, STR("projects"))) || first_item(member(access, STR("groups")));
}

static void
add_user_access(struct arena *arena, struct access_features *features, const struct ynode *access)
{
	const struct ynode *as = member(access, STR("access_as"));
	if (!has_entries(access)) {
		return;
	}
	if (member(as, STR("user"))) {
		features->has[ACCESS_USER] = true;
	} else if (!as || member(as, STR("agent"))) {
		struct access_unknown unknown = { ACCESS_USER_AS_AGENT, access, STR("") };
		vec_push(arena, &features->unknown, unknown);
	}
}

void
access_features_add(struct arena *arena, struct access_features *features, const struct ynode *config)
{
	const struct ynode *workspaces = member(config, STR("remote_development"));
	features->has[ACCESS_CORE] = true;
	add_ci_access(arena, features, member(config, STR("ci_access")));
	add_user_access(arena, features, member(config, STR("user_access")));
	if (member(config, STR("container_scanning"))) {
		features->has[ACCESS_OCS] = true;
	}
	const struct ynode *enabled = member(workspaces, STR("enabled"));
	if (enabled && ynode_type(enabled, YDIALECT_SIGS_YAML) == YTYPE_BOOL
		&& yscalar_bool(ynode_str(enabled))) {
		struct access_unknown unknown = { ACCESS_WORKSPACES, workspaces, STR("") };
		vec_push(arena, &features->unknown, unknown);
	}
}

struct str
access_unknown_text(struct arena *arena, const struct access_unknown *unknown)
{
	switch (unknown->kind) {
	case ACCESS_CI_AS_AGENT:
		if (unknown->who.len) {
			return arena_printf(
				arena, "CI jobs of \"%.*s\" act as the agent itself", STR_ARG(unknown->who));
		}
		return STR("CI jobs act as the agent itself");
	case ACCESS_USER_AS_AGENT:
		return STR("members with user_access act as the agent itself");
	case ACCESS_WORKSPACES:
		return STR("remote_development creates whatever a workspace is made of");
	case ACCESS_UNKNOWN_COUNT:
		break;
	}
	return STR("");
}
