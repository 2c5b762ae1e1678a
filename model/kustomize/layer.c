#include "kustomize/layer.h"

#include "vec.h"
#include "yscalar.h"

enum field_kind {
	FIELD_PLAIN, /* changes nothing that is followed here */
	FIELD_NAMESPACE,
	FIELD_PREFIX,
	FIELD_SUFFIX,
	FIELD_RESOURCES,
	FIELD_COMPONENTS,
	FIELD_READ, /* names of files that bring no object */
	FIELD_CONFIGURATIONS,
	FIELD_GENERATOR,
	FIELD_PATCHES,
	FIELD_MERGE_PATCHES,
	FIELD_REPLACEMENTS,
	FIELD_VARS,
	FIELD_KIND,
	FIELD_UNMODELLED,
};

struct field {
	struct str name;
	enum field_kind kind;
};

/* Every field of api/types/kustomization.go at v0.21. */
static const struct field fields[] = {
	{ STR_INIT("apiVersion"), FIELD_KIND },
	{ STR_INIT("kind"), FIELD_KIND },
	{ STR_INIT("metadata"), FIELD_PLAIN },
	{ STR_INIT("openapi"), FIELD_PLAIN },
	{ STR_INIT("namePrefix"), FIELD_PREFIX },
	{ STR_INIT("nameSuffix"), FIELD_SUFFIX },
	{ STR_INIT("namespace"), FIELD_NAMESPACE },
	{ STR_INIT("commonLabels"), FIELD_PLAIN },
	{ STR_INIT("labels"), FIELD_PLAIN },
	{ STR_INIT("commonAnnotations"), FIELD_PLAIN },
	{ STR_INIT("patchesStrategicMerge"), FIELD_MERGE_PATCHES },
	{ STR_INIT("patchesJson6902"), FIELD_PATCHES },
	{ STR_INIT("patches"), FIELD_PATCHES },
	{ STR_INIT("images"), FIELD_PLAIN },
	{ STR_INIT("imageTags"), FIELD_PLAIN },
	{ STR_INIT("replacements"), FIELD_REPLACEMENTS },
	{ STR_INIT("replicas"), FIELD_PLAIN },
	{ STR_INIT("vars"), FIELD_VARS },
	{ STR_INIT("sortOptions"), FIELD_PLAIN },
	{ STR_INIT("resources"), FIELD_RESOURCES },
	{ STR_INIT("components"), FIELD_COMPONENTS },
	{ STR_INIT("crds"), FIELD_READ },
	{ STR_INIT("bases"), FIELD_RESOURCES },
	{ STR_INIT("configMapGenerator"), FIELD_GENERATOR },
	{ STR_INIT("secretGenerator"), FIELD_GENERATOR },
	{ STR_INIT("helmGlobals"), FIELD_UNMODELLED },
	{ STR_INIT("helmCharts"), FIELD_UNMODELLED },
	{ STR_INIT("helmChartInflationGenerator"), FIELD_UNMODELLED },
	{ STR_INIT("generatorOptions"), FIELD_PLAIN },
	{ STR_INIT("configurations"), FIELD_CONFIGURATIONS },
	{ STR_INIT("generators"), FIELD_UNMODELLED },
	{ STR_INIT("transformers"), FIELD_UNMODELLED },
	{ STR_INIT("validators"), FIELD_UNMODELLED },
	{ STR_INIT("buildMetadata"), FIELD_PLAIN },
};

struct reader {
	struct arena *arena;
	const struct view *view;
	struct layer *layer;
};

static void
fail(struct layer *layer, const struct ynode *at, struct str why)
{
	if (!layer->failure.len) {
		layer->failure_at = at;
		layer->failure = why;
	}
}

static void
leave_unmodelled(struct layer *layer, const struct ynode *at, struct str why)
{
	if (!layer->unmodelled.len) {
		layer->unmodelled_at = at;
		layer->unmodelled = why;
	}
}

static const struct field *
field_named(struct str name)
{
	for (size_t i = 0; i < countof(fields); i++) {
		if (str_eq_nocase(fields[i].name, name)) {
			return &fields[i];
		}
	}
	return NULL;
}

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

/* A list of strings; null items are empty strings to Go. */
static void
read_entries(struct reader *reader, const struct ynode *value, struct layer_entries *entries)
{
	for (const struct ynode *item = value->first; item; item = item->next) {
		enum ytype type = ynode_type(item, YDIALECT_SIGS_YAML);
		if (type != YTYPE_STRING && type != YTYPE_NULL) {
			fail(reader->layer, item,
				arena_printf(reader->arena, "expected a path, found %s", ytype_name(type)));
			continue;
		}
		struct layer_entry entry = { .path = type == YTYPE_NULL ? STR("") : ynode_str(item),
			.node = item };
		vec_push(reader->arena, entries, entry);
	}
}

static void
add_file(struct reader *reader, const struct ynode *node, struct str path)
{
	struct layer_entry entry = { .path = path, .node = node };
	if (path.len > 0) {
		vec_push(reader->arena, &reader->layer->read, entry);
	}
}

/* `files` has "key=path" or "path", `envs` paths. */
static void
read_generator(struct reader *reader, const struct ynode *value)
{
	static const struct str lists[] = { STR_INIT("files"), STR_INIT("envs") };
	reader->layer->has_generated = true;
	for (const struct ynode *item = value->first; item; item = item->next) {
		for (size_t i = 0; i < countof(lists); i++) {
			const struct ynode *list = ynode_get(item, lists[i]);
			const struct ynode *file = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
			for (; file; file = file->next) {
				struct str path = ynode_str(file);
				size_t equals = str_find_char(path, '=');
				add_file(reader, file, equals < path.len ? str_skip(path, equals + 1) : path);
			}
		}
		add_file(reader, item, ynode_str(ynode_get(item, STR("env"))));
	}
}

static void
read_patches(struct reader *reader, enum field_kind kind, const struct ynode *value)
{
	struct layer *layer = reader->layer;
	for (const struct ynode *item = value->first; item; item = item->next) {
		const struct file *file = NULL;
		if (kind == FIELD_REPLACEMENTS) {
			patches_add_replacement(reader->arena, item, &layer->patches);
			add_file(reader, item, ynode_str(ynode_get(item, STR("path"))));
		} else if (kind == FIELD_MERGE_PATCHES) {
			patches_add_merge(
				reader->arena, reader->view, layer->directory, item, &layer->patches, &file);
			add_file(reader, item, file ? ynode_str(item) : STR(""));
		} else {
			patches_add_item(
				reader->arena, reader->view, layer->directory, item, &layer->patches, &file);
			add_file(reader, item, ynode_str(ynode_get(item, STR("path"))));
		}
	}
}

static bool
is_list_field(enum field_kind kind)
{
	return kind == FIELD_RESOURCES || kind == FIELD_COMPONENTS || kind == FIELD_READ
		|| kind == FIELD_CONFIGURATIONS || kind == FIELD_GENERATOR || kind == FIELD_PATCHES
		|| kind == FIELD_MERGE_PATCHES || kind == FIELD_REPLACEMENTS;
}

static void
read_list(struct reader *reader, const struct field *field, const struct ynode *value)
{
	struct layer *layer = reader->layer;
	if (!ynode_is(value, YNODE_SEQUENCE)) {
		fail(layer, value,
			arena_printf(reader->arena, "expected %.*s to be a list, found %s",
				STR_ARG(field->name), ytype_name(ynode_type(value, YDIALECT_SIGS_YAML))));
		return;
	}
	if (field->kind == FIELD_RESOURCES) {
		read_entries(reader, value, &layer->resources);
	} else if (field->kind == FIELD_COMPONENTS) {
		read_entries(reader, value, &layer->components);
	} else if (field->kind == FIELD_READ || field->kind == FIELD_CONFIGURATIONS) {
		layer->has_configurations =
			layer->has_configurations || (field->kind == FIELD_CONFIGURATIONS && value->len > 0);
		read_entries(reader, value, &layer->read);
	} else if (field->kind == FIELD_GENERATOR) {
		read_generator(reader, value);
	} else {
		read_patches(reader, field->kind, value);
	}
}

static void
read_text(struct reader *reader, const struct ynode *value, struct str *ret_text)
{
	if (ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_STRING) {
		*ret_text = ynode_str(value);
		return;
	}
	fail(reader->layer, value, STR("expected a string"));
}

static void
read_field(
	struct reader *reader, const struct field *field, const struct ynode *key, const struct ynode *value)
{
	struct layer *layer = reader->layer;
	if (is_null(value)) {
		return;
	}
	if (is_list_field(field->kind)) {
		read_list(reader, field, value);
	} else if (field->kind == FIELD_NAMESPACE) {
		read_text(reader, value, &layer->namespace);
	} else if (field->kind == FIELD_PREFIX) {
		read_text(reader, value, &layer->prefix);
	} else if (field->kind == FIELD_SUFFIX) {
		read_text(reader, value, &layer->suffix);
	} else if (field->kind == FIELD_VARS) {
		layer->has_vars = true;
	} else if (field->kind == FIELD_UNMODELLED) {
		leave_unmodelled(layer, key,
			arena_printf(reader->arena, "%.*s is not modelled", STR_ARG(field->name)));
	}
}

/* What Kustomization.EnforceFields asks for. */
static void
check_type(struct reader *reader, const struct ynode *root)
{
	struct layer *layer = reader->layer;
	const struct ynode *kind = ynode_get(root, STR("kind"));
	const struct ynode *version = ynode_get(root, STR("apiVersion"));
	layer->is_component = str_eq(ynode_str(kind), STR("Component"));
	bool is_kind = layer->is_component || is_null(kind) || ynode_str(kind).len == 0
		|| str_eq(ynode_str(kind), STR("Kustomization"));
	struct str wanted = layer->is_component ? STR("kustomize.config.k8s.io/v1alpha1")
						: STR("kustomize.config.k8s.io/v1beta1");
	if (!is_kind) {
		fail(layer, kind, STR("kind should be Kustomization or Component"));
	} else if (!is_null(version) && ynode_str(version).len > 0 && !str_eq(ynode_str(version), wanted)) {
		fail(layer, version,
			arena_printf(reader->arena, "apiVersion for %s should be %.*s",
				layer->is_component ? "Component" : "Kustomization", STR_ARG(wanted)));
	}
}

/* Duplicates: the last one counts, as everywhere in Go's JSON. */
static bool
is_last(const struct ynode *key, const struct field *field)
{
	for (const struct ynode *k = key->next->next; k; k = k->next->next) {
		if (field_named(ynode_str(k)) == field) {
			return false;
		}
	}
	return true;
}

static void
read_fields(struct reader *reader, const struct ynode *root, bool is_lenient)
{
	struct layer *layer = reader->layer;
	bool is_empty = true;
	for (const struct ynode *key = root->first; key; key = key->next->next) {
		const struct field *field = field_named(ynode_str(key));
		if (str_eq(ynode_str(key), STR("<<"))) {
			leave_unmodelled(layer, key, STR("a merge key is not modelled here"));
		} else if (!field && !is_lenient) {
			fail(layer, key,
				arena_printf(reader->arena,
					"invalid Kustomization: json: unknown field \"%.*s\"",
					STR_ARG(ynode_str(key))));
		} else if (field && is_last(key, field)) {
			is_empty = is_empty && (field->kind == FIELD_KIND || is_null(key->next));
			read_field(reader, field, key, ynode_follow(key->next));
		}
	}
	if (is_empty && !is_lenient) {
		fail(layer, root, STR("kustomization.yaml is empty"));
	}
}

void
layer_read(struct arena *arena, const struct view *view, const struct file *file, bool is_lenient,
	struct layer *ret_layer)
{
	struct reader reader = { arena, view, ret_layer };
	const struct ynode *root = file->docs ? file->docs->root : NULL;
	ret_layer->file = file;
	if (!file->is_yaml || file->state != FILE_TEXT || (!root && file->syntax)) {
		leave_unmodelled(ret_layer, NULL, STR("the kustomization file was not read"));
		return;
	}
	if (!root || is_null(root)) {
		if (!is_lenient) {
			fail(ret_layer, root, STR("kustomization.yaml is empty"));
		}
		return;
	}
	if (root->kind != YNODE_MAPPING) {
		fail(ret_layer, root, STR("invalid Kustomization: expected a mapping"));
		return;
	}
	read_fields(&reader, root, is_lenient);
	check_type(&reader, root);
	if (ret_layer->has_vars
		|| (ret_layer->has_configurations
			&& (ret_layer->namespace.len || ret_layer->prefix.len || ret_layer->suffix.len))) {
		patches_add_any(arena, &ret_layer->patches);
	}
}
