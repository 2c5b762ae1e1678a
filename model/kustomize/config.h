/* What tells the transformers which fields to change: kustomize's defaults and what `configurations` adds. */
#ifndef GLAGENT_KUSTOMIZE_CONFIG_H
#define GLAGENT_KUSTOMIZE_CONFIG_H

#include "kustomize/field_spec.h"

enum config_list {
	CONFIG_PREFIX,
	CONFIG_SUFFIX,
	CONFIG_NAMESPACE,
	CONFIG_COMMON_LABELS,
	CONFIG_LABELS,
	CONFIG_TEMPLATE_LABELS,
	CONFIG_ANNOTATIONS,
	CONFIG_VARS,
	CONFIG_IMAGES,
	CONFIG_REPLICAS,
	CONFIG_COUNT
};

/* Fields that hold the name of an object of a kind. */
struct name_reference {
	struct gvk target;
	struct field_specs fields;
};

struct config {
	struct field_specs lists[CONFIG_COUNT];
	struct {
		struct name_reference *items;
		size_t len, cap;
	} references;
};

/* A row of kustomize's defaults. */
struct default_field {
	enum config_list list;
	struct field_spec spec;
};
struct default_reference {
	struct gvk target;
	struct field_spec field;
};

extern const struct default_field default_fields[];
extern const size_t default_field_count;
extern const struct default_field default_vars[];
extern const size_t default_var_count;
extern const struct default_reference default_references[];
extern const size_t default_reference_count;

/* kustomize's defaults (api/internal/konfig/builtinpluginconsts). */
const struct config *config_new_default(struct arena *arena);

/* Both together, `a` first. NULL when they conflict, which kustomize refuses. */
const struct config *config_merge(struct arena *arena, const struct config *a, const struct config *b);

/* A file of `configurations`, read as JSON (model/tojson.h). NULL with *ret_why and *ret_at when kustomize
 * refuses it. */
const struct config *config_read(
	struct arena *arena, const struct ynode *root, const struct ynode **ret_at, struct str *ret_why);

#endif
