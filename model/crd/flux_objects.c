#include "crd/flux_objects.h"

#include "crd/value.h"
#include "embedded.h"

#define SCHEMA_NAME STR("schemas/flux-objects.json")

void
flux_objects_load(struct arena *arena, struct crd_definitions *ret_definitions)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	struct resource *resource = arena_new(arena, struct resource);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;

	*ret_definitions = (struct crd_definitions){ 0 };
	*resource = (struct resource){ .group = STR("apiextensions.k8s.io"),
		.version = STR("v1"),
		.kind = STR("CustomResourceDefinition") };
	*source = (struct source){ SCHEMA_NAME, embedded_get(SCHEMA_NAME) };
	bool is_parsed = ytree_parse(arena, &scratch, source, 0, 0, &docs, &error);
	assert(is_parsed && docs);
	const struct ynode *list = is_parsed ? ynode_get(docs->root, STR("definitions")) : NULL;
	for (const struct ynode *item = list ? list->first : NULL; item; item = item->next) {
		crd_definitions_add(arena, ret_definitions, resource, item, false);
	}
	for (struct map_entry *entry = ret_definitions->by_name.first; entry; entry = entry->next) {
		((struct crd_definition *)entry->value)->resource = NULL;
	}
}

/* The schema one step along "spec.a[0].b", whose first step is taken off. */
static const struct ynode *
step(const struct ynode *schema, struct str *rest)
{
	struct str name = str_cut(rest, '.');
	size_t bracket = str_find_char(name, '[');
	const struct ynode *member = crd_schema_member(schema, str_first(name, bracket));
	return bracket < name.len ? ynode_get(member, STR("items")) : member;
}

struct str
flux_objects_since(const struct crd_definitions *own, const struct identity *id, struct str path)
{
	const struct crd_definition *definition = crd_definitions_get(own, id->group, id->kind);
	const struct ynode *version = definition ? crd_definition_version(definition, id->version) : NULL;
	const struct ynode *schema = crd_version_schema(version);
	while (schema && path.ptr) {
		schema = step(schema, &path);
	}
	return ynode_str(ynode_get(schema, STR("x-since")));
}
