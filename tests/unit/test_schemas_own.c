/* What every file of schemas/ must keep to, for us and for editors. */
#include <setjmp.h>
#include <stdarg.h>

#include "embedded.h"
#include "schema.h"
#include "yaml.h"
#include "ypath.h"

#include <cmocka.h>

struct audit {
	struct arena *arena;
	const struct ynode *root;
	const char *name;
	unsigned schemas, faults;
};

static void
complain(struct audit *audit, const struct ynode *node, const char *problem)
{
	struct str pointer = ypath_of(audit->arena, audit->root, node, false);
	print_error("%s: %.*s: %s\n", audit->name, STR_ARG(pointer), problem);
	audit->faults++;
}

static const struct ynode *
referred(const struct audit *audit, const struct ynode *schema)
{
	struct str ref = ynode_str(ynode_get(schema, STR("$ref")));
	return ref.len ? ypath_pointer(audit->root, str_skip(ref, 1)) : NULL;
}

/* A property that is forbidden, or only compared to choose a form, is described elsewhere. */
static bool
is_described(const struct audit *audit, const struct ynode *schema)
{
	const struct ynode *target = referred(audit, schema);
	return ynode_get(schema, STR("description")) || (target && ynode_get(target, STR("description")))
		|| ynode_get(schema, STR("const")) || ynode_is(schema, YNODE_SCALAR);
}

/* draft-07 ignores what stands beside a $ref, editors do not: only annotations mean the same to both. */
static bool
is_harmless_beside_ref(struct str keyword)
{
	static const struct str words[] = { STR_INIT("$ref"), STR_INIT("title"), STR_INIT("description"),
		STR_INIT("default"), STR_INIT("examples"), STR_INIT("deprecated"), STR_INIT("$comment") };
	for (size_t i = 0; i < countof(words); i++) {
		if (str_eq(words[i], keyword)) {
			return true;
		}
	}
	return str_starts(keyword, STR("x-"));
}

static void audit_node(struct audit *audit, const struct ynode *node);

static void
audit_properties(struct audit *audit, const struct ynode *properties)
{
	for (const struct ynode *key = properties->first; key; key = key->next->next) {
		if (!is_described(audit, key->next)) {
			complain(audit, key->next, "property without description");
		}
		audit_node(audit, key->next);
	}
}

/* Keywords below which no properties are declared: values, and schemas that only choose. */
static bool
declares_nothing(struct str keyword)
{
	static const struct str words[] = { STR_INIT("default"), STR_INIT("examples"), STR_INIT("if"),
		STR_INIT("then"), STR_INIT("else"), STR_INIT("not") };
	for (size_t i = 0; i < countof(words); i++) {
		if (str_eq(words[i], keyword)) {
			return true;
		}
	}
	return false;
}

static void
audit_schema(struct audit *audit, const struct ynode *schema)
{
	bool refers = ynode_get(schema, STR("$ref")) != NULL;
	for (const struct ynode *key = schema->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		if (refers && !is_harmless_beside_ref(name)) {
			complain(audit, key->next, "has no effect beside $ref");
		}
		if (str_eq(name, STR("properties"))) {
			audit_properties(audit, key->next);
		} else if (!declares_nothing(name)) {
			audit_node(audit, key->next);
		}
	}
}

/* Takes every mapping for a schema: one that is none, such as definitions, has no keywords either. */
static void
audit_node(struct audit *audit, const struct ynode *node)
{
	if (ynode_is(node, YNODE_MAPPING)) {
		audit_schema(audit, node);
	} else if (ynode_is(node, YNODE_SEQUENCE)) {
		for (const struct ynode *item = node->first; item; item = item->next) {
			audit_node(audit, item);
		}
	}
}

static void
each_embedded(void (*look)(struct audit *, struct str text), unsigned *ret_schemas)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct audit audit = { .arena = &arena };
	for (size_t i = 0; i < embedded_count; i++) {
		if (str_ends(embedded_files[i].name, STR(".schema.json"))) {
			audit.name = embedded_files[i].name.ptr;
			audit.root = yaml_parse(&arena, embedded_files[i].data, YTREE_VALUES)->root;
			audit.schemas++;
			look(&audit, embedded_files[i].data);
		}
	}
	*ret_schemas = audit.schemas;
	assert_int_equal(audit.faults, 0);
}

static void
look_for_compilation(struct audit *audit, struct str text)
{
	struct error error;
	(void)text;
	const struct schema *schema = schema_new(audit->arena, audit->root, NULL, &error);
	if (!schema) {
		complain(audit, audit->root, error.text);
	}
	schema_release(schema);
}

static void
every_schema_compiles(void **state)
{
	(void)state;
	unsigned count;
	each_embedded(look_for_compilation, &count);
	assert_true(count > 0);
}

static void
look_for_descriptions(struct audit *audit, struct str text)
{
	(void)text;
	audit_node(audit, audit->root);
}

static void
every_property_is_described(void **state)
{
	(void)state;
	unsigned count;
	each_embedded(look_for_descriptions, &count);
}

static void
look_for_surrogates(struct audit *audit, struct str text)
{
	if (str_find(text, STR("\\ud")) < text.len || str_find(text, STR("\\uD")) < text.len) {
		complain(audit, audit->root, "surrogate pair, which libyaml refuses");
	}
}

static void
no_schema_has_surrogate_pairs(void **state)
{
	(void)state;
	unsigned count;
	each_embedded(look_for_surrogates, &count);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_schema_compiles),
		cmocka_unit_test(every_property_is_described),
		cmocka_unit_test(no_schema_has_surrogate_pairs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
