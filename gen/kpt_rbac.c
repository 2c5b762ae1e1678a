/* The roles of a package, with comments for the setter of its namespace. */
#include "kpt.h"
#include "rbac.h"

struct marker {
	struct arena *arena;
	struct str space, account;
};

static const struct ynode *mark(const struct marker *marker, const struct ynode *node);

static struct str
setter(const struct marker *marker, struct str behind)
{
	return arena_printf(marker->arena, "kpt-set: ${namespace}%.*s", STR_ARG(behind));
}

static const struct ynode *
space_node(const struct marker *marker)
{
	return ynode_scalar(marker->arena, marker->space, YSTYLE_MARKED);
}

/* The agent's own account: its namespace with a comment of its own, for templates place subjects whole. */
static const struct ynode *
mark_subject(const struct marker *marker, const struct ynode *subject)
{
	struct ylist map = ylist_mapping(marker->arena);
	bool is_own = str_eq(ynode_str(ynode_get(subject, STR("namespace"))), marker->space)
		&& str_eq(ynode_str(ynode_get(subject, STR("name"))), marker->account);
	for (const struct ynode *key = subject->first; key; key = key->next->next) {
		bool is_space = is_own && str_eq(ynode_str(key), STR("namespace"));
		struct ynode *head = ynode_head(marker->arena, key);
		if (is_space) {
			struct yextra *extra = arena_new(marker->arena, struct yextra);
			extra->beside =
				arena_printf(marker->arena, "# %.*s", STR_ARG(setter(marker, STR(""))));
			ynode_set_extra(head, extra);
		}
		ylist_add(&map, head);
		ylist_add(&map, is_space ? space_node(marker) : key->next);
	}
	return map.parent;
}

/* Names of what has no namespace begin with it: "NAMESPACE:FULLNAME:…". */
static void
put_object_set(const struct marker *marker, struct ylist *map, const struct ynode *node)
{
	struct str name = ynode_str(ynode_get(node, STR("object")));
	struct str prefix = arena_printf(marker->arena, "%.*s:", STR_ARG(marker->space));
	if (str_starts(name, prefix)) {
		struct str comment = setter(marker, str_skip(name, marker->space.len));
		ylist_put(map, STR("objectSet"), ynode_scalar(marker->arena, comment, YSTYLE_QUOTED));
	}
}

/* A mapping of rbac_scope, those in its lists too. */
static const struct ynode *
mark_mapping(const struct marker *marker, const struct ynode *node)
{
	struct ylist map = ylist_mapping(marker->arena);
	const struct ynode *comment = ynode_scalar(marker->arena, setter(marker, STR("")), YSTYLE_QUOTED);
	for (const struct ynode *key = node->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		bool is_space = str_eq(name, STR("space")) && str_eq(ynode_str(key->next), marker->space);
		ylist_add(&map, key);
		if (is_space) {
			ylist_add(&map, space_node(marker));
			ylist_put(&map, STR("spaceSet"), comment);
		} else {
			bool is_subject = str_eq(name, STR("subject"));
			ylist_add(
				&map, is_subject ? mark_subject(marker, key->next) : mark(marker, key->next));
		}
	}
	put_object_set(marker, &map, node);
	return map.parent;
}

static const struct ynode *
mark(const struct marker *marker, const struct ynode *node)
{
	if (node->kind == YNODE_MAPPING) {
		return mark_mapping(marker, node);
	}
	if (node->kind != YNODE_SEQUENCE) {
		return node;
	}
	struct ynode *copy = ynode_head(marker->arena, node);
	struct ylist list = ylist_new(marker->arena, copy);
	copy->first = NULL;
	copy->len = 0;
	for (const struct ynode *item = node->first; item; item = item->next) {
		ylist_add(&list, mark(marker, item));
	}
	return copy;
}

const struct ynode *
kpt_rbac_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	const struct ynode *scope =
		rbac_scope(arena, agent, STR("It is applied with the rest of the package."));
	const struct ynode *account = ynode_get(scope, STR("account"));
	struct marker marker = { arena, str_from(agent->view.namespace),
		ynode_str(ynode_get(account, STR("name"))) };
	const struct ynode *marked = mark(&marker, scope);
	struct ylist map = ylist_mapping(arena);
	for (const struct ynode *key = marked->first; key; key = key->next->next) {
		bool is_account = str_eq(ynode_str(key), STR("account"));
		ylist_add(&map, key);
		ylist_add(&map, is_account ? mark_subject(&marker, key->next) : key->next);
	}
	ylist_put(&map, STR("accountSet"), ynode_scalar(arena, setter(&marker, STR("")), YSTYLE_QUOTED));
	return map.parent;
}
