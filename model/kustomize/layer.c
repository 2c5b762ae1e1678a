#include "kustomize/layer.h"

#include "tojson.h"

static void
fail(struct layer *layer, enum build_fault fault, const struct ynode *at, struct str why)
{
	if (!layer->failure.len) {
		layer->failure_at = at;
		layer->failure = why;
		layer->fault = fault;
	}
}

static void
leave_unmodelled(struct layer *layer, const struct ynode *at, const char *why)
{
	if (!layer->unmodelled.len) {
		layer->unmodelled_at = at;
		layer->unmodelled = str_from(why);
	}
}

static void
check_fields(struct arena *arena, bool is_lenient, struct layer *layer)
{
	struct field_problems problems = { 0 };
	kustomization_check(arena, layer->root, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		const struct field_problem *problem = &problems.items[i];
		if (problem->kind == FIELD_TWICE) {
			leave_unmodelled(layer, problem->at, "a field is there in two spellings");
		} else if (problem->kind == FIELD_WRONG_TYPE) {
			fail(layer, FAULT_FIELD, problem->at,
				arena_printf(arena, "\"%.*s\" must be %.*s", STR_ARG(problem->name),
					STR_ARG(problem->expected)));
		} else if (!is_lenient) {
			fail(layer, FAULT_FIELD, problem->at,
				arena_printf(arena, "unknown field \"%.*s\"", STR_ARG(problem->name)));
		}
	}
}

/* Is there any field but apiVersion and kind? Empty lists of old names, and empty words, are none. */
static bool
is_empty(const struct ynode *root)
{
	static const struct str lists[] = { STR_INIT("bases"), STR_INIT("imageTags"),
		STR_INIT("helmChartInflationGenerator") };
	for (const struct ynode *key = root->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		const struct ynode *value = kustomization_field(root, name);
		bool counts = value && !str_eq_nocase(name, STR("kind"))
			&& !str_eq_nocase(name, STR("apiVersion"))
			&& !(value->kind == YNODE_SCALAR && value->len == 0);
		for (size_t i = 0; i < countof(lists); i++) {
			counts = counts && !(str_eq_nocase(name, lists[i]) && value->len == 0);
		}
		if (counts) {
			return false;
		}
	}
	return true;
}

/* What Kustomization.EnforceFields asks for. */
static void
check_type(struct arena *arena, struct layer *layer)
{
	struct str kind = kustomization_text(layer->root, STR("kind"));
	struct str version = kustomization_text(layer->root, STR("apiVersion"));
	layer->is_component = str_eq(kind, STR("Component"));
	struct str wanted = layer->is_component ? STR("kustomize.config.k8s.io/v1alpha1")
						: STR("kustomize.config.k8s.io/v1beta1");
	if (kind.len > 0 && !layer->is_component && !str_eq(kind, STR("Kustomization"))) {
		fail(layer, FAULT_FIELD, kustomization_field(layer->root, STR("kind")),
			STR("kind must be Kustomization or Component"));
	} else if (version.len > 0 && !str_eq(version, wanted)) {
		fail(layer, FAULT_FIELD, kustomization_field(layer->root, STR("apiVersion")),
			arena_printf(arena, "apiVersion of a %s must be %.*s",
				layer->is_component ? "Component" : "Kustomization", STR_ARG(wanted)));
	}
}

static void
read_root(struct arena *arena, const struct ynode *written, bool is_lenient, struct layer *layer)
{
	struct tojson_error error;
	const struct ynode *root = tojson(arena, written, &error);
	if (!root) {
		fail(layer, FAULT_OTHER, error.at, error.message);
		return;
	}
	if (root->kind != YNODE_MAPPING) {
		fail(layer, FAULT_FIELD, root, STR("a kustomization file must be a mapping"));
		return;
	}
	layer->root = root;
	check_fields(arena, is_lenient, layer);
	if (is_empty(root) && !is_lenient) {
		fail(layer, FAULT_EMPTY, root, STR("the kustomization file has no field"));
	}
	check_type(arena, layer);
}

void
layer_read(struct arena *arena, const struct file *file, bool is_lenient, struct layer *ret_layer)
{
	const struct ynode *root = file->docs ? file->docs->root : NULL;
	bool is_too_much = file->syntax && file->syntax->kind == YSYNTAX_LIMIT;
	ret_layer->file = file;
	if (!file->is_yaml || file->state != FILE_TEXT || is_too_much) {
		leave_unmodelled(ret_layer, NULL, "the kustomization file was not read");
	} else if (!root && file->syntax) {
		fail(ret_layer, FAULT_OTHER, NULL, STR("the kustomization file is no YAML"));
	} else if (!root || ynode_type(root, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		if (!is_lenient) {
			fail(ret_layer, FAULT_EMPTY, root, STR("the kustomization file has no field"));
		}
	} else {
		read_root(arena, root, is_lenient, ret_layer);
	}
}
