/* Where keys belong, and documents that are no agent configuration at all. */
#include "agentcfg_parts.h"

#include "buf.h"

#define TOP_LEVEL "the top level"

static bool
is_separator(char c)
{
	return c == '-' || c == '_';
}

/* Equal but for case, dashes and underscores: "defaultNamespace", "default-namespace". */
static bool
is_respelled(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.len && is_separator(a.ptr[i])) {
			i++;
		}
		while (j < b.len && is_separator(b.ptr[j])) {
			j++;
		}
		if (i == a.len || j == b.len) {
			return i == a.len && j == b.len;
		}
		if (!str_eq_nocase((struct str){ a.ptr + i++, 1 }, (struct str){ b.ptr + j++, 1 })) {
			return false;
		}
	}
}

struct str
agentcfg_respell(const struct ynode *object_schema, struct str key)
{
	const struct ynode *properties = ynode_get(object_schema, STR("properties"));
	for (const struct ynode *name = properties ? properties->first : NULL; name;
		name = name->next->next) {
		if (is_respelled(ynode_str(name), key)) {
			return ynode_str(name);
		}
	}
	return STR("");
}

static const struct ynode *
resolve(const struct agentcfg_schema *schema, const struct ynode *node)
{
	struct str prefix = STR("#/definitions/");
	struct str ref = ynode_str(ynode_get(node, STR("$ref")));
	return str_starts(ref, prefix)
		? ynode_get(ynode_get(schema->root, STR("definitions")), str_skip(ref, prefix.len))
		: node;
}

bool
agentcfg_is_unsure(const struct ynode *schema)
{
	return ynode_get(schema, STR("x-unsure")) || ynode_get(schema, STR("x-unsure-key"));
}

struct dating {
	struct agentcfg_reading *reading;
	const struct agentcfg_dated **tail;
};

static void date_all(struct dating *dating, const struct ynode *schema, const struct ynode *node);

static void
date_entry(struct dating *dating, const struct ynode *schema, const struct ynode *key)
{
	struct str since = ynode_str(ynode_get(schema, STR("x-since")));
	struct str tier = ynode_str(ynode_get(schema, STR("x-tier")));
	struct str doubt = ynode_str(ynode_get(schema, STR("x-unsure-key")));
	if (since.len + tier.len + doubt.len > 0 && ynode_type(key->next, YDIALECT_SIGS_YAML) != YTYPE_NULL) {
		struct agentcfg_dated *dated = arena_new(dating->reading->arena, struct agentcfg_dated);
		*dated = (struct agentcfg_dated){ key, since, tier, doubt, NULL };
		*dating->tail = dated;
		dating->tail = &dated->next;
	}
	date_all(dating, schema, key->next);
}

/* The tree has no aliases left, and is as deep as the schema that it is held against. */
static void
date_all(struct dating *dating, const struct ynode *schema, const struct ynode *node)
{
	const struct ynode *items = ynode_get(schema, STR("items"));
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	for (const struct ynode *item = items && node->kind == YNODE_SEQUENCE ? node->first : NULL; item;
		item = item->next) {
		date_all(dating, resolve(dating->reading->schema, items), item);
	}
	for (const struct ynode *key = properties && node->kind == YNODE_MAPPING ? node->first : NULL; key;
		key = key->next->next) {
		const struct ynode *known = ynode_get(properties, ynode_str(key));
		if (known) {
			date_entry(dating, resolve(dating->reading->schema, known), key);
		}
	}
}

void
agentcfg_collect_dated(struct agentcfg_reading *reading)
{
	struct dating dating = { reading, &reading->cfg->dated };
	date_all(&dating, reading->schema->root, reading->cfg->root);
}

/* First object schema, in the order of the file, that has `key` as a property. */
static bool
find_home(struct arena *arena, const struct agentcfg_schema *schema, const struct ynode *node, struct str key,
	struct str path, struct str *ret_home)
{
	node = resolve(schema, node);
	const struct ynode *properties = ynode_get(node, STR("properties"));
	const struct ynode *items = ynode_get(node, STR("items"));
	const struct ynode *found = ynode_get(properties, key);
	if (ynode_get(node, STR("deprecated"))) {
		return false;
	}
	if (found && !agentcfg_is_unsure(found)) {
		*ret_home = path.len ? path : STR(TOP_LEVEL);
		return true;
	}
	if (items) {
		return find_home(
			arena, schema, items, key, arena_printf(arena, "%.*s[]", STR_ARG(path)), ret_home);
	}
	for (const struct ynode *name = properties ? properties->first : NULL; name;
		name = name->next->next) {
		struct str below = arena_printf(
			arena, "%.*s%s%.*s", STR_ARG(path), path.len ? "." : "", STR_ARG(ynode_str(name)));
		if (find_home(arena, schema, name->next, key, below, ret_home)) {
			return true;
		}
	}
	return false;
}

static bool
is_access(struct str path)
{
	return str_starts(path, STR("ci_access")) || str_starts(path, STR("user_access"));
}

struct str
agentcfg_home_of(
	struct arena *arena, const struct agentcfg_schema *schema, struct str key, struct str pointer)
{
	struct str home = STR(""), here = str_skip(pointer, 1);
	struct str section = str_cut(&here, '/');
	if (!find_home(arena, schema, schema->root, key, STR(""), &home)) {
		return STR("");
	}
	/* "name" has a home among the workspaces, which explains nothing about ci_access. */
	bool near = str_eq(home, STR(TOP_LEVEL)) || (is_access(section) && is_access(home))
		|| (section.len > 0 && str_starts(home, section));
	return near ? home : STR("");
}

static bool
has_own_key(const struct agentcfg_schema *schema, const struct ynode *root)
{
	const struct ynode *properties = ynode_get(schema->root, STR("properties"));
	const struct ynode *removed = ynode_get(schema->root, STR("x-removed"));
	for (const struct ynode *key = root->first; key; key = key->next->next) {
		if (ynode_get(properties, ynode_str(key)) || ynode_get(removed, ynode_str(key))) {
			return true;
		}
	}
	return false;
}

static bool
has_any(const struct ynode *map, const struct str *keys)
{
	for (; keys->len; keys++) {
		if (ynode_get(map, *keys)) {
			return true;
		}
	}
	return false;
}

/* "a kubeconfig", "a Kubernetes object of kind Secret", "values of the gitlab-agent chart"; empty for
 * neither. */
static struct str
foreign_name(struct arena *arena, const struct ynode *root)
{
	static const struct str chart_keys[] = { STR_INIT("kasAddress"), STR_INIT("secretName"),
		STR_INIT("token"), STR_INIT("kasCaCert"), STR_INIT("caCert"), STR_INIT("kasHeaders"), { 0 } };
	struct str kind = ynode_str(ynode_get(root, STR("kind")));
	bool versioned = ynode_get(root, STR("apiVersion")) != NULL;
	bool kubeconfig = ynode_get(root, STR("clusters")) && ynode_get(root, STR("contexts"));
	if (kubeconfig || (versioned && str_eq(kind, STR("Config")))) {
		return STR("a kubeconfig");
	}
	if (versioned && kind.len) {
		return arena_printf(arena, "a Kubernetes object of kind %.*s", STR_ARG(kind));
	}
	if (has_any(ynode_get(root, STR("config")), chart_keys)) {
		return STR("values of the gitlab-agent chart");
	}
	return STR("");
}

bool
agentcfg_report_foreign(struct agentcfg_reading *reading, const struct ynode *root)
{
	if (!ynode_is(root, YNODE_MAPPING) || has_own_key(reading->schema, root)) {
		return false;
	}
	struct str name = foreign_name(reading->arena, root);
	if (name.len == 0) {
		return false;
	}
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_FOREIGN, root->first);
	problem->message = arena_printf(reading->arena,
		"the file is %.*s, not an agent configuration: GitLab refuses it", STR_ARG(name));
	problem->help = STR("move it elsewhere; an agent needs no configuration file at all");
	return true;
}
