#include "kustomize/config.h"

#include "vec.h"

static struct name_reference *
reference_to(struct arena *arena, struct config *config, const struct gvk *target)
{
	for (size_t i = 0; i < config->references.len; i++) {
		struct name_reference *known = &config->references.items[i];
		if (str_eq(known->target.group, target->group) && str_eq(known->target.kind, target->kind)
			&& str_eq(known->target.version, target->version)) {
			return known;
		}
	}
	struct name_reference made = { .target = *target };
	vec_push(arena, &config->references, made);
	return &config->references.items[config->references.len - 1];
}

/* Stable, so that what a file says first stays first among its equals. */
static void
sort_specs(struct field_specs *specs)
{
	for (size_t i = 1; i < specs->len; i++) {
		struct field_spec moved = specs->items[i];
		size_t at = i;
		for (; at > 0 && gvk_compare(&specs->items[at - 1].of, &moved.of) > 0; at--) {
			specs->items[at] = specs->items[at - 1];
		}
		specs->items[at] = moved;
	}
}

static void
sort_config(struct config *config)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++) {
		sort_specs(&config->lists[i]);
	}
	for (size_t i = 1; i < config->references.len; i++) {
		struct name_reference moved = config->references.items[i];
		size_t at = i;
		for (; at > 0 && gvk_compare(&config->references.items[at - 1].target, &moved.target) > 0;
			at--) {
			config->references.items[at] = config->references.items[at - 1];
		}
		config->references.items[at] = moved;
	}
}

const struct config *
config_new_default(struct arena *arena)
{
	struct config *config = arena_new(arena, struct config);
	*config = (struct config){ 0 };
	for (size_t i = 0; i < default_field_count; i++) {
		vec_push(arena, &config->lists[default_fields[i].list], default_fields[i].spec);
	}
	for (size_t i = 0; i < default_var_count; i++) {
		vec_push(arena, &config->lists[CONFIG_VARS], default_vars[i].spec);
	}
	for (size_t i = 0; i < default_reference_count; i++) {
		struct name_reference *reference = reference_to(arena, config, &default_references[i].target);
		vec_push(arena, &reference->fields, default_references[i].field);
	}
	sort_config(config);
	return config;
}

static bool
add_specs(struct arena *arena, struct field_specs *specs, const struct field_specs *more)
{
	for (size_t i = 0; i < more->len; i++) {
		if (!field_specs_add(arena, specs, &more->items[i])) {
			return false;
		}
	}
	return true;
}

static bool
add_config(struct arena *arena, struct config *config, const struct config *more)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++) {
		if (!add_specs(arena, &config->lists[i], &more->lists[i])) {
			return false;
		}
	}
	for (size_t i = 0; i < more->references.len; i++) {
		struct name_reference *own = reference_to(arena, config, &more->references.items[i].target);
		if (!add_specs(arena, &own->fields, &more->references.items[i].fields)) {
			return false;
		}
	}
	return true;
}

const struct config *
config_merge(struct arena *arena, const struct config *a, const struct config *b)
{
	if (!a || !b || a == b) {
		return a ? a : b;
	}
	struct config *merged = arena_new(arena, struct config);
	*merged = (struct config){ 0 };
	if (!add_config(arena, merged, a) || !add_config(arena, merged, b)) {
		return NULL;
	}
	sort_config(merged);
	return merged;
}

/* Names in a file, in the order of enum config_list. */
static const struct str list_names[CONFIG_COUNT] = {
	STR_INIT("namePrefix"),
	STR_INIT("nameSuffix"),
	STR_INIT("namespace"),
	STR_INIT("commonLabels"),
	STR_INIT("labels"),
	STR_INIT("templateLabels"),
	STR_INIT("commonAnnotations"),
	STR_INIT("varReference"),
	STR_INIT("images"),
	STR_INIT("replicas"),
};

struct reader {
	struct arena *arena;
	struct config *config;
	const struct ynode *at;
	struct str why;
};

static bool
refuse(struct reader *reader, const struct ynode *at, const char *why)
{
	reader->at = at;
	reader->why = str_from(why);
	return false;
}

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

static bool
read_text(struct reader *reader, const struct ynode *key, struct str *ret_text)
{
	if (ynode_type(key->next, YDIALECT_SIGS_YAML) == YTYPE_STRING) {
		*ret_text = ynode_str(key->next);
		return true;
	}
	return is_null(key->next) || refuse(reader, key, "expected a string");
}

static bool
read_bool(struct reader *reader, const struct ynode *key, bool *ret_value)
{
	if (ynode_type(key->next, YDIALECT_SIGS_YAML) == YTYPE_BOOL) {
		*ret_value = yscalar_bool(ynode_str(key->next));
		return true;
	}
	return is_null(key->next) || refuse(reader, key, "expected true or false");
}

/* The text of a selector that the key names, or NULL. */
static struct str *
part_of_gvk(struct gvk *gvk, struct str name)
{
	return str_eq_nocase(name, STR("group"))      ? &gvk->group
		: str_eq_nocase(name, STR("version")) ? &gvk->version
		: str_eq_nocase(name, STR("kind"))    ? &gvk->kind
						      : NULL;
}

typedef bool read_key(struct reader *reader, const struct ynode *key, void *value);

/* One entry of a field specification: which fields, and whether to make them. */
static bool
read_spec_key(struct reader *reader, const struct ynode *key, void *value)
{
	struct field_spec *spec = value;
	struct str *text = part_of_gvk(&spec->of, ynode_str(key));
	if (str_eq_nocase(ynode_str(key), STR("create"))) {
		return read_bool(reader, key, &spec->create);
	}
	if (str_eq_nocase(ynode_str(key), STR("path"))) {
		text = &spec->path;
	}
	return text ? read_text(reader, key, text) : refuse(reader, key, "unknown field");
}

static bool
read_mapping(struct reader *reader, const struct ynode *item, read_key *read, void *value)
{
	if (!ynode_is(item, YNODE_MAPPING)) {
		return is_null(item) || refuse(reader, item, "expected a mapping");
	}
	const struct ynode *key = item->first;
	while (key && read(reader, key, value)) {
		key = key->next->next;
	}
	return !key;
}

/* The first item of a list that may be null; false when it is something else. */
static bool
read_list(struct reader *reader, const struct ynode *list, const struct ynode **ret_first)
{
	*ret_first = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	return ynode_is(list, YNODE_SEQUENCE) || is_null(list) || refuse(reader, list, "expected a list");
}

static bool
read_specs(struct reader *reader, const struct ynode *list, struct field_specs *specs)
{
	const struct ynode *item;
	bool is_sound = read_list(reader, list, &item);
	for (; is_sound && item; item = item->next) {
		struct field_spec spec = { 0 };
		is_sound = read_mapping(reader, item, read_spec_key, &spec);
		vec_push(reader->arena, specs, spec);
	}
	return is_sound;
}

/* One entry of a name reference: what is named, and the fields that name it. */
static bool
read_reference_key(struct reader *reader, const struct ynode *key, void *value)
{
	struct name_reference *reference = value;
	struct str *text = part_of_gvk(&reference->target, ynode_str(key));
	if (str_eq_nocase(ynode_str(key), STR("fieldSpecs"))) {
		return read_specs(reader, key->next, &reference->fields);
	}
	return text ? read_text(reader, key, text) : refuse(reader, key, "unknown field");
}

static bool
read_references(struct reader *reader, const struct ynode *list)
{
	const struct ynode *item;
	bool is_sound = read_list(reader, list, &item);
	for (; is_sound && item; item = item->next) {
		struct name_reference reference = { 0 };
		is_sound = read_mapping(reader, item, read_reference_key, &reference);
		vec_push(reader->arena, &reader->config->references, reference);
	}
	return is_sound;
}

static bool
read_entry(struct reader *reader, const struct ynode *key)
{
	for (size_t i = 0; i < CONFIG_COUNT; i++) {
		if (str_eq_nocase(ynode_str(key), list_names[i])) {
			return read_specs(reader, key->next, &reader->config->lists[i]);
		}
	}
	if (str_eq_nocase(ynode_str(key), STR("nameReference"))) {
		return read_references(reader, key->next);
	}
	return refuse(reader, key, "unknown field");
}

const struct config *
config_read(struct arena *arena, const struct ynode *root, const struct ynode **ret_at, struct str *ret_why)
{
	struct reader reader = { .arena = arena, .config = arena_new(arena, struct config) };
	*reader.config = (struct config){ 0 };
	bool is_null = ynode_type(root, YDIALECT_SIGS_YAML) == YTYPE_NULL;
	bool is_read =
		is_null || ynode_is(root, YNODE_MAPPING) || refuse(&reader, root, "expected a mapping");
	const struct ynode *key = is_read && !is_null ? root->first : NULL;
	for (; is_read && key; key = key->next->next) {
		is_read = read_entry(&reader, key);
	}
	*ret_at = reader.at;
	*ret_why = reader.why;
	if (is_read) {
		sort_config(reader.config);
	}
	return is_read ? reader.config : NULL;
}
