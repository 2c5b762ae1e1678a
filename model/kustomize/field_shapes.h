/* The table of fields: shared by fields.c and field_shapes.c only. */
#ifndef GLAGENT_KUSTOMIZE_FIELD_SHAPES_H
#define GLAGENT_KUSTOMIZE_FIELD_SHAPES_H

#include "str.h"

enum shape_kind {
	SHAPE_STRING,
	SHAPE_BOOL,
	SHAPE_INTEGER,
	SHAPE_ANY_MAP,
	SHAPE_STRING_MAP,
	SHAPE_BOOL_MAP,
	SHAPE_STRINGS,
	SHAPE_OBJECT,
	SHAPE_OBJECTS,
};

enum object_shape {
	NO_OBJECT,
	KUSTOMIZATION,
	METADATA,
	LABEL,
	FIELD_SPEC,
	PATCH,
	SELECTOR,
	IMAGE,
	REPLACEMENT,
	SOURCE,
	TARGET,
	OPTIONS,
	REPLICA,
	VAR,
	VAR_OBJECT,
	VAR_FIELD,
	SORT,
	LEGACY_SORT,
	CONFIG_MAP,
	SECRET,
	GENERATOR_OPTIONS,
	HELM_GLOBALS,
	HELM_CHART,
	HELM_CHART_ARGS,
};

struct shape {
	enum object_shape of;
	struct str name;
	enum shape_kind kind;
	enum object_shape inner;
};

extern const struct shape field_shapes[];
extern const size_t field_shape_count;

#endif
