#include "crd/definitions.h"

#include "buf.h"
#include "crd/value.h"

static const struct ynode *
versions_of(const struct crd_definition *definition)
{
	const struct ynode *versions = ynode_at(definition->root, "spec", "versions", NULL);
	return ynode_is(versions, YNODE_SEQUENCE) ? versions->first : NULL;
}

void
crd_definitions_add(struct arena *arena, struct crd_definitions *definitions, const struct resource *resource,
	const struct ynode *root, bool may_differ)
{
	if (!resource_is(resource, STR("apiextensions.k8s.io"), STR("CustomResourceDefinition"))
		|| !str_eq(resource->version, STR("v1"))) {
		return;
	}
	struct crd_definition *definition = arena_new(arena, struct crd_definition);
	*definition = (struct crd_definition){ .resource = resource,
		.root = root,
		.group = ynode_str(ynode_at(root, "spec", "group", NULL)),
		.kind = ynode_str(ynode_at(root, "spec", "names", "kind", NULL)),
		.is_open = may_differ
			|| crd_schema_flag(ynode_get(root, STR("spec")), STR("preserveUnknownFields")) };
	struct str name =
		arena_printf(arena, "%.*s/%.*s", STR_ARG(definition->group), STR_ARG(definition->kind));
	struct crd_definition *other = map_get(&definitions->by_name, name);
	if (other) {
		other->is_open |= other->resource != resource || other->root != root;
		return;
	}
	(void)map_put(arena, &definitions->by_name, name, definition);
}

const struct crd_definition *
crd_definitions_get(const struct crd_definitions *definitions, struct str group, struct str kind)
{
	for (const struct map_entry *entry = definitions->by_name.first; entry; entry = entry->next) {
		const struct crd_definition *definition = entry->value;
		if (str_eq(definition->kind, kind) && str_eq(definition->group, group)) {
			return definition;
		}
	}
	return NULL;
}

const struct ynode *
crd_definition_version(const struct crd_definition *definition, struct str version)
{
	const struct ynode *item = versions_of(definition);
	while (item && !str_eq(ynode_str(ynode_get(item, STR("name"))), version)) {
		item = item->next;
	}
	return ynode_follow(item);
}

const struct ynode *
crd_version_schema(const struct ynode *version)
{
	return ynode_at(version, "schema", "openAPIV3Schema", NULL);
}

bool
crd_version_is_served(const struct ynode *version)
{
	return crd_schema_flag(version, STR("served"));
}

struct str
crd_definition_served(struct arena *arena, const struct crd_definition *definition)
{
	struct buf served = { .arena = arena };
	for (const struct ynode *item = versions_of(definition); item; item = item->next) {
		if (crd_version_is_served(item)) {
			buf_addf(&served, "%s%.*s", served.len > 0 ? ", " : "",
				STR_ARG(ynode_str(ynode_get(item, STR("name")))));
		}
	}
	return buf_str(&served);
}
