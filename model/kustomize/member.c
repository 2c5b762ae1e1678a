#include "kustomize/member.h"

#include "kustomize/kinds.h"
#include "vec.h"

static struct str
text_at(struct knode *map, const char *key)
{
	struct knode *value = knode_get(map, str_from(key));
	return value && value->kind == YNODE_SCALAR ? value->text : STR("");
}

/* In metadata what is null counts for nothing. */
static struct str
metadata_at(struct knode *tree, const char *key)
{
	return knode_text(knode_at(tree, "metadata", key, NULL));
}

void
member_refresh(struct member *member)
{
	struct identity *id = &member->object.id;
	struct str api_version = text_at(member->tree, "apiVersion");
	struct gvk gvk = gvk_of(api_version, text_at(member->tree, "kind"));
	*id = (struct identity){ gvk.group, gvk.version, gvk.kind, metadata_at(member->tree, "namespace"),
		metadata_at(member->tree, "name"), false };
	id->is_cluster_scoped = kind_is_cluster_scoped(api_version, id->kind);
}

struct gvk
member_gvk(const struct member *member)
{
	const struct identity *id = &member->object.id;
	return (struct gvk){ id->group, id->version, id->kind };
}

struct str
identity_namespace(const struct identity *id)
{
	if (id->is_cluster_scoped) {
		return STR("_non_namespaceable_");
	}
	return id->namespace.len == 0 ? STR("default") : id->namespace;
}

bool
identity_equal(const struct identity *a, const struct identity *b)
{
	return str_eq(a->name, b->name) && str_eq(a->kind, b->kind) && str_eq(a->group, b->group)
		&& str_eq(a->version, b->version) && str_eq(identity_namespace(a), identity_namespace(b));
}

void
member_remember(struct arena *arena, struct member *member)
{
	struct identity id = member->object.id;
	if (id.name.len == 0) {
		return; /* a list without a name leaves no trail */
	}
	id.namespace = identity_namespace(&id);
	id.is_cluster_scoped = false;
	vec_push(arena, &member->trail.ids, id);
}

const struct identity *
member_original(const struct member *member)
{
	return member->trail.ids.len > 0 ? &member->trail.ids.items[0] : &member->object.id;
}

/* Earlier identities have the group and version of the current one. */
static bool
was_once(const struct member *member, const struct identity *id)
{
	for (size_t i = 0; i < member->trail.ids.len; i++) {
		struct identity earlier = member->trail.ids.items[i];
		earlier.group = member->object.id.group;
		earlier.version = member->object.id.version;
		if (identity_equal(&earlier, id)) {
			return true;
		}
	}
	return false;
}

bool
member_was(const struct member *member, const struct identity *id)
{
	return identity_equal(&member->object.id, id) || was_once(member, id);
}

size_t
members_find(const struct members *members, const struct identity *id, size_t *ret_count)
{
	size_t found = SIZE_MAX;
	*ret_count = 0;
	for (size_t i = 0; i < members->len; i++) {
		if (member_was(members->items[i], id)) {
			found = i;
			++*ret_count;
		}
	}
	return *ret_count == 1 ? found : SIZE_MAX;
}

struct str
identity_text(struct arena *arena, const struct identity *id)
{
	struct str in = id->namespace.len > 0 ? STR(" in namespace ") : STR("");
	return arena_printf(arena, "%.*s \"%.*s\"%.*s%.*s", STR_ARG(id->kind), STR_ARG(id->name), STR_ARG(in),
		STR_ARG(id->namespace));
}

struct str
identity_key(struct arena *arena, const struct identity *id)
{
	return arena_printf(arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(id->group), STR_ARG(id->version),
		STR_ARG(id->kind), STR_ARG(identity_namespace(id)), STR_ARG(id->name));
}

struct knode *
member_metadata(struct member *member, const char *field)
{
	struct knode *map = knode_at(member->tree, "metadata", field, NULL);
	return map && map->kind == YNODE_MAPPING ? map : NULL;
}
