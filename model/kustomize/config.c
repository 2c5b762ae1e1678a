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

/* group, version and kind, path and create: each entry at most once a mapping. */
static bool
read_spec(struct reader *reader, const struct ynode *item, struct field_spec *ret_spec, bool has_fields)
{
	*ret_spec = (struct field_spec){ 0 };
	if (!ynode_is(item, YNODE_MAPPING)) {
		return ynode_type(item, YDIALECT_SIGS_YAML) == YTYPE_NULL
			|| refuse(reader, item, "expected a mapping");
	}
	for (const struct ynode *key = item->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		enum ytype type = ynode_type(key->next, YDIALECT_SIGS_YAML);
		struct str *text = str_eq_nocase(name, STR("group"))      ? &ret_spec->of.group
			: str_eq_nocase(name, STR("version"))             ? &ret_spec->of.version
			: str_eq_nocase(name, STR("kind"))                ? &ret_spec->of.kind
			: !has_fields && str_eq_nocase(name, STR("path")) ? &ret_spec->path
									  : NULL;
		if (text && (type == YTYPE_STRING || type == YTYPE_NULL)) {
			*text = type == YTYPE_STRING ? ynode_str(key->next) : STR("");
		} else if (!has_fields && str_eq_nocase(name, STR("create"))
			&& (type == YTYPE_BOOL || type == YTYPE_NULL)) {
			ret_spec->create = type == YTYPE_BOOL && yscalar_bool(ynode_str(key->next));
		} else if (!(has_fields && str_eq_nocase(name, STR("fieldSpecs")))) {
			return refuse(reader, key,
				text ? "expected a string" : "unknown field, or one of another type");
		}
	}
	return true;
}

static bool
read_specs(struct reader *reader, const struct ynode *list, struct field_specs *specs)
{
	if (!list || ynode_type(list, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		return true;
	}
	if (!ynode_is(list, YNODE_SEQUENCE)) {
		return refuse(reader, list, "expected a list");
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		struct field_spec spec;
		if (!read_spec(reader, item, &spec, false)) {
			return false;
		}
		vec_push(reader->arena, specs, spec);
	}
	return true;
}

static bool
read_references(struct reader *reader, const struct ynode *list)
{
	if (ynode_type(list, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		return true;
	}
	if (!ynode_is(list, YNODE_SEQUENCE)) {
		return refuse(reader, list, "expected a list");
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		struct field_spec target;
		struct name_reference made = { 0 };
		if (!read_spec(reader, item, &target, true)
			|| !read_specs(reader, ynode_get(item, STR("fieldSpecs")), &made.fields)) {
			return false;
		}
		made.target = target.of;
		vec_push(reader->arena, &reader->config->references, made);
	}
	return true;
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
