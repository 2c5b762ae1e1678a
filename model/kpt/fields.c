#include "kpt/fields.h"

#include "map.h"
#include "vec.h"
#include "yscalar.h"

enum object {
	NO_OBJECT,
	KPTFILE,
	METADATA,
	UPSTREAM,
	GIT,
	LOCATOR,
	GIT_LOCK,
	GENERIC_LOCK,
	INFO,
	GATE,
	PIPELINE,
	FUNCTION,
	REFERENCE,
	SELECTOR,
	INVENTORY,
	STATUS,
	CONDITION,
	RENDER_STATUS,
	STEP,
};

enum field_kind { TEXT, TEXTS, TEXT_MAP, OBJECT, OBJECTS, ANYTHING };

struct field {
	enum object of;
	struct str name;
	enum field_kind kind;
	enum object inner;
};

#define FIELD(of, name, kind, inner)                                                                         \
	{                                                                                                    \
		of, STR_INIT(name), kind, inner                                                              \
	}
#define TEXT_FIELD(of, name) FIELD(of, name, TEXT, NO_OBJECT)

/* api/kptfile/v1/types.go, and ResourceMeta of kyaml. */
static const struct field fields[] = {
	TEXT_FIELD(KPTFILE, "apiVersion"),
	TEXT_FIELD(KPTFILE, "kind"),
	FIELD(KPTFILE, "metadata", OBJECT, METADATA),
	FIELD(KPTFILE, "upstream", OBJECT, UPSTREAM),
	FIELD(KPTFILE, "upstreamLock", OBJECT, LOCATOR),
	FIELD(KPTFILE, "info", OBJECT, INFO),
	FIELD(KPTFILE, "pipeline", OBJECT, PIPELINE),
	FIELD(KPTFILE, "inventory", OBJECT, INVENTORY),
	FIELD(KPTFILE, "status", OBJECT, STATUS),
	TEXT_FIELD(METADATA, "name"),
	TEXT_FIELD(METADATA, "namespace"),
	FIELD(METADATA, "labels", TEXT_MAP, NO_OBJECT),
	FIELD(METADATA, "annotations", TEXT_MAP, NO_OBJECT),
	TEXT_FIELD(UPSTREAM, "type"),
	FIELD(UPSTREAM, "git", OBJECT, GIT),
	TEXT_FIELD(UPSTREAM, "updateStrategy"),
	TEXT_FIELD(GIT, "repo"),
	TEXT_FIELD(GIT, "directory"),
	TEXT_FIELD(GIT, "ref"),
	TEXT_FIELD(LOCATOR, "type"),
	FIELD(LOCATOR, "git", OBJECT, GIT_LOCK),
	FIELD(LOCATOR, "generic", OBJECT, GENERIC_LOCK),
	TEXT_FIELD(GIT_LOCK, "repo"),
	TEXT_FIELD(GIT_LOCK, "directory"),
	TEXT_FIELD(GIT_LOCK, "ref"),
	TEXT_FIELD(GIT_LOCK, "commit"),
	TEXT_FIELD(GENERIC_LOCK, "storeID"),
	TEXT_FIELD(GENERIC_LOCK, "resourceID"),
	TEXT_FIELD(GENERIC_LOCK, "resourceVersion"),
	TEXT_FIELD(INFO, "site"),
	FIELD(INFO, "emails", TEXTS, NO_OBJECT),
	TEXT_FIELD(INFO, "license"),
	TEXT_FIELD(INFO, "licenseFile"),
	TEXT_FIELD(INFO, "description"),
	FIELD(INFO, "keywords", TEXTS, NO_OBJECT),
	TEXT_FIELD(INFO, "man"),
	FIELD(INFO, "readinessGates", OBJECTS, GATE),
	TEXT_FIELD(GATE, "conditionType"),
	FIELD(PIPELINE, "mutators", OBJECTS, FUNCTION),
	FIELD(PIPELINE, "validators", OBJECTS, FUNCTION),
	TEXT_FIELD(FUNCTION, "image"),
	TEXT_FIELD(FUNCTION, "exec"),
	TEXT_FIELD(FUNCTION, "configPath"),
	FIELD(FUNCTION, "configMap", TEXT_MAP, NO_OBJECT),
	FIELD(FUNCTION, "configRef", OBJECT, REFERENCE),
	TEXT_FIELD(FUNCTION, "name"),
	TEXT_FIELD(FUNCTION, "tag"),
	FIELD(FUNCTION, "selectors", OBJECTS, SELECTOR),
	FIELD(FUNCTION, "exclude", OBJECTS, SELECTOR),
	TEXT_FIELD(REFERENCE, "apiVersion"),
	TEXT_FIELD(REFERENCE, "kind"),
	TEXT_FIELD(REFERENCE, "name"),
	TEXT_FIELD(REFERENCE, "namespace"),
	TEXT_FIELD(SELECTOR, "apiVersion"),
	TEXT_FIELD(SELECTOR, "kind"),
	TEXT_FIELD(SELECTOR, "name"),
	TEXT_FIELD(SELECTOR, "namespace"),
	FIELD(SELECTOR, "labels", TEXT_MAP, NO_OBJECT),
	FIELD(SELECTOR, "annotations", TEXT_MAP, NO_OBJECT),
	TEXT_FIELD(INVENTORY, "namespace"),
	TEXT_FIELD(INVENTORY, "name"),
	TEXT_FIELD(INVENTORY, "inventoryID"),
	FIELD(INVENTORY, "labels", TEXT_MAP, NO_OBJECT),
	FIELD(INVENTORY, "annotations", TEXT_MAP, NO_OBJECT),
	FIELD(STATUS, "conditions", OBJECTS, CONDITION),
	FIELD(STATUS, "renderStatus", OBJECT, RENDER_STATUS),
	TEXT_FIELD(CONDITION, "type"),
	TEXT_FIELD(CONDITION, "status"),
	TEXT_FIELD(CONDITION, "reason"),
	TEXT_FIELD(CONDITION, "message"),
	FIELD(RENDER_STATUS, "mutationSteps", OBJECTS, STEP),
	FIELD(RENDER_STATUS, "validationSteps", OBJECTS, STEP),
	TEXT_FIELD(RENDER_STATUS, "errorSummary"),
	TEXT_FIELD(STEP, "name"),
	TEXT_FIELD(STEP, "image"),
	TEXT_FIELD(STEP, "exec"),
	TEXT_FIELD(STEP, "executionError"),
	TEXT_FIELD(STEP, "stderr"),
	FIELD(STEP, "exitCode", ANYTHING, NO_OBJECT),
	FIELD(STEP, "results", ANYTHING, NO_OBJECT),
	FIELD(STEP, "errorResults", ANYTHING, NO_OBJECT),
};

enum { OBJECTS_MAX = 10 * 1000 }; /* of one file: aliases make a tree into more */

struct checker {
	struct arena *arena;
	struct kptfile_problems *problems;
	size_t objects;
};

static void check_object(struct checker *checker, const struct ynode *map, enum object of);

static const struct field *
find(enum object of, struct str name)
{
	for (size_t i = 0; i < countof(fields); i++) {
		if (fields[i].of == of && str_eq(fields[i].name, name)) {
			return &fields[i];
		}
	}
	return NULL;
}

/* The field that is meant: one that differs by the case of its letters, or by a slip. */
static struct str
suggest(enum object of, struct str name)
{
	size_t limit = name.len > 5 ? 2 : 1;
	struct str nearest = STR("");
	for (size_t i = 0; i < countof(fields); i++) {
		if (fields[i].of != of) {
			continue;
		}
		if (str_eq_nocase(fields[i].name, name)) {
			return fields[i].name;
		}
		size_t distance = str_distance(fields[i].name, name, limit);
		if (distance <= limit) {
			nearest = fields[i].name;
			limit = distance > 0 ? distance - 1 : 0;
		}
	}
	return nearest;
}

static void
add_wrong_type(
	struct checker *checker, const struct field *field, const struct ynode *value, const char *expected)
{
	struct kptfile_problem problem = {
		.kind = KPTFILE_WRONG_TYPE, .at = value, .name = field->name, .expected = expected
	};
	vec_push(checker->arena, checker->problems, problem);
}

/* Keys are compared as they are spelled, whatever they are. */
static void
check_repetition(struct checker *checker, const struct ynode *map)
{
	struct map seen = { 0 };
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		struct kptfile_problem problem = { .kind = KPTFILE_TWICE, .at = key, .name = ynode_str(key) };
		if (key->kind == YNODE_SCALAR
			&& map_put(checker->arena, &seen, problem.name, (void *)(uintptr_t)key)) {
			vec_push(checker->arena, checker->problems, problem);
		}
	}
}

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_YAML_V3) == YTYPE_NULL;
}

/* As an item of a list or map, or alone. */
static void
check_text(
	struct checker *checker, const struct field *field, const struct ynode *value, const char *expected)
{
	if (value->kind != YNODE_SCALAR) {
		add_wrong_type(checker, field, value, expected);
	}
}

static void
check_map(struct checker *checker, const struct field *field, const struct ynode *map)
{
	if (map->kind != YNODE_MAPPING) {
		add_wrong_type(checker, field, map, "a mapping of strings");
		return;
	}
	check_repetition(checker, map);
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		if (!str_eq(ynode_str(key), STR("<<"))) {
			check_text(checker, field, ynode_follow(key->next), "a mapping of strings");
		}
	}
}

static void
check_list(struct checker *checker, const struct field *field, const struct ynode *list)
{
	bool is_plain = field->kind == TEXTS;
	if (list->kind != YNODE_SEQUENCE) {
		add_wrong_type(checker, field, list, is_plain ? "a list of strings" : "a list of mappings");
		return;
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		const struct ynode *value = ynode_follow(item);
		if (is_plain) {
			check_text(checker, field, value, "a list of strings");
		} else if (value->kind == YNODE_MAPPING) {
			check_object(checker, value, field->inner);
		} else if (!is_null(value)) {
			add_wrong_type(checker, field, value, "a list of mappings");
		}
	}
}

static void
check_value(struct checker *checker, const struct field *field, const struct ynode *value)
{
	if (is_null(value)) {
		return;
	}
	switch (field->kind) {
	case TEXT:
		check_text(checker, field, value, "a string");
		break;
	case TEXT_MAP:
		check_map(checker, field, value);
		break;
	case TEXTS:
	case OBJECTS:
		check_list(checker, field, value);
		break;
	case OBJECT:
		if (value->kind == YNODE_MAPPING) {
			check_object(checker, value, field->inner);
		} else {
			add_wrong_type(checker, field, value, "a mapping");
		}
		break;
	case ANYTHING:
		break;
	}
}

static void
check_object(struct checker *checker, const struct ynode *map, enum object of)
{
	if (checker->objects++ >= OBJECTS_MAX) {
		return;
	}
	check_repetition(checker, map);
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		const struct field *field = find(of, name);
		if (field) {
			check_value(checker, field, ynode_follow(key->next));
		} else if (!str_eq(name, STR("<<"))) {
			struct kptfile_problem problem = { .kind = KPTFILE_UNKNOWN,
				.at = key,
				.name = name,
				.suggestion = suggest(of, name),
				.map = map };
			vec_push(checker->arena, checker->problems, problem);
		}
	}
}

void
kptfile_check(struct arena *arena, const struct ynode *root, struct kptfile_problems *ret_problems)
{
	*ret_problems = (struct kptfile_problems){ 0 };
	struct checker checker = { .arena = arena, .problems = ret_problems };
	check_object(&checker, root, KPTFILE);
}
