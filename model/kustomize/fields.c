#include "kustomize/fields.h"

#include "kustomize/field_shapes.h"
#include "vec.h"

struct checker {
	struct arena *arena;
	struct field_problems *problems;
};

static void check_object(struct checker *checker, const struct ynode *map, enum object_shape of);

static const struct shape *
shape_named(enum object_shape of, struct str name)
{
	for (size_t i = 0; i < field_shape_count; i++) {
		if (field_shapes[i].of == of && str_eq_nocase(field_shapes[i].name, name)) {
			return &field_shapes[i];
		}
	}
	return NULL;
}

/* The known field that is nearest to the name, if it is near. */
static struct str
suggest(enum object_shape of, struct str name)
{
	size_t limit = name.len > 5 ? 2 : 1;
	struct str nearest = STR("");
	for (size_t i = 0; i < field_shape_count; i++) {
		size_t distance = field_shapes[i].of == of ? str_distance(field_shapes[i].name, name, limit)
							   : limit + 1;
		if (distance <= limit) {
			nearest = field_shapes[i].name;
			limit = distance > 0 ? distance - 1 : 0;
		}
	}
	return nearest;
}

static void
add(struct checker *checker, enum field_problem_kind kind, const struct ynode *at, const struct shape *shape,
	const char *expected)
{
	struct field_problem problem = { kind, at, shape ? shape->name : STR(""), str_from(expected),
		STR("") };
	vec_push(checker->arena, checker->problems, problem);
}

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

static void
check_scalar(struct checker *checker, const struct shape *shape, const struct ynode *value, enum ytype type,
	const char *expected)
{
	if (!is_null(value) && ynode_type(value, YDIALECT_SIGS_YAML) != type) {
		add(checker, FIELD_WRONG_TYPE, value, shape, expected);
	}
}

static void
check_map(struct checker *checker, const struct shape *shape, const struct ynode *map)
{
	bool is_bool = shape->kind == SHAPE_BOOL_MAP;
	if (map->kind != YNODE_MAPPING) {
		add(checker, FIELD_WRONG_TYPE, map, shape,
			shape->kind == SHAPE_ANY_MAP ? "a mapping"
				: is_bool            ? "a mapping of booleans"
						     : "a mapping of strings");
		return;
	}
	for (const struct ynode *key = map->first; shape->kind != SHAPE_ANY_MAP && key;
		key = key->next->next) {
		check_scalar(checker, shape, key->next, is_bool ? YTYPE_BOOL : YTYPE_STRING,
			is_bool ? "a boolean" : "a string");
	}
}

static void
check_list(struct checker *checker, const struct shape *shape, const struct ynode *list)
{
	bool is_plain = shape->kind == SHAPE_STRINGS;
	if (list->kind != YNODE_SEQUENCE) {
		add(checker, FIELD_WRONG_TYPE, list, shape,
			is_plain ? "a list of strings" : "a list of mappings");
		return;
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		if (is_plain) {
			check_scalar(checker, shape, item, YTYPE_STRING, "a string");
		} else if (item->kind == YNODE_MAPPING) {
			check_object(checker, item, shape->inner);
		} else if (!is_null(item)) {
			add(checker, FIELD_WRONG_TYPE, item, shape, "a mapping");
		}
	}
}

static void
check_value(struct checker *checker, const struct shape *shape, const struct ynode *value)
{
	switch (shape->kind) {
	case SHAPE_STRING:
		check_scalar(checker, shape, value, YTYPE_STRING, "a string");
		break;
	case SHAPE_BOOL:
		check_scalar(checker, shape, value, YTYPE_BOOL, "a boolean");
		break;
	case SHAPE_INTEGER:
		check_scalar(checker, shape, value, YTYPE_INT, "an integer");
		break;
	case SHAPE_STRINGS:
	case SHAPE_OBJECTS:
		check_list(checker, shape, value);
		break;
	case SHAPE_OBJECT:
		if (value->kind == YNODE_MAPPING) {
			check_object(checker, value, shape->inner);
		} else {
			add(checker, FIELD_WRONG_TYPE, value, shape, "a mapping");
		}
		break;
	case SHAPE_ANY_MAP:
	case SHAPE_STRING_MAP:
	case SHAPE_BOOL_MAP:
		check_map(checker, shape, value);
		break;
	}
}

/* Is the field there again under another spelling? */
static bool
is_repeated(const struct ynode *key)
{
	for (const struct ynode *k = key->next->next; k; k = k->next->next) {
		if (str_eq_nocase(ynode_str(k), ynode_str(key))) {
			return true;
		}
	}
	return false;
}

static void
check_object(struct checker *checker, const struct ynode *map, enum object_shape of)
{
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		const struct shape *shape = shape_named(of, name);
		if (!shape) {
			struct field_problem problem = { FIELD_UNKNOWN, key, name, STR(""),
				suggest(of, name) };
			vec_push(checker->arena, checker->problems, problem);
			continue;
		}
		if (is_repeated(key)) {
			add(checker, FIELD_TWICE, key, shape, "");
		}
		if (!is_null(key->next)) {
			check_value(checker, shape, key->next);
		}
	}
}

void
kustomization_check(struct arena *arena, const struct ynode *root, struct field_problems *problems)
{
	struct checker checker = { arena, problems };
	check_object(&checker, root, KUSTOMIZATION);
}

const struct ynode *
kustomization_key(const struct ynode *map, struct str name)
{
	const struct ynode *found = NULL;
	const struct ynode *key = ynode_is(map, YNODE_MAPPING) ? map->first : NULL;
	for (; key; key = key->next->next) {
		if (str_eq_nocase(ynode_str(key), name)) {
			found = key;
		}
	}
	return found;
}

const struct ynode *
kustomization_field(const struct ynode *map, struct str name)
{
	const struct ynode *key = kustomization_key(map, name);
	return key && !is_null(key->next) ? key->next : NULL;
}

struct str
kustomization_text(const struct ynode *map, struct str name)
{
	return ynode_str(kustomization_field(map, name));
}

bool
kustomization_bool(const struct ynode *map, struct str name)
{
	const struct ynode *value = kustomization_field(map, name);
	return ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_BOOL && yscalar_bool(ynode_str(value));
}

const struct ynode *
kustomization_items(const struct ynode *map, struct str name)
{
	const struct ynode *list = kustomization_field(map, name);
	return ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
}
