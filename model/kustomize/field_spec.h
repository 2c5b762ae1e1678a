/*
 * Which fields of which kinds a transformer changes (api/types/fieldspec.go,
 * api/filters/fieldspec): a path of keys, lists on the way are gone through.
 */
#ifndef GLAGENT_KUSTOMIZE_FIELD_SPEC_H
#define GLAGENT_KUSTOMIZE_FIELD_SPEC_H

#include "kustomize/knode.h"

/* Empty: any. */
struct gvk {
	struct str group, version, kind;
};

struct field_spec {
	struct gvk of;   /* the objects that have the field */
	struct str path; /* "spec/template/spec"; `\/` is a slash in a key */
	bool create;     /* make it, and what leads to it, when it is missing */
};

struct field_specs {
	struct field_spec *items;
	size_t len, cap;
};

/* Is `gvk` what the selector asks for? */
bool gvk_is_selected(const struct gvk *gvk, const struct gvk *selector);

/* The order in which kustomize sorts specs and, in its old way, objects: by kind, then group and version. */
int gvk_compare(const struct gvk *a, const struct gvk *b);

/* By group, version and kind alone. */
int gvk_compare_text(const struct gvk *a, const struct gvk *b);

/* kustomize's own ranking of kinds: Namespaces first, webhooks last, 0 for most. */
int kind_rank(struct str kind);

struct gvk gvk_of(struct str api_version, struct str kind);

/* Adds one that is not there yet; false when it is there with another `create`. */
bool field_specs_add(struct arena *arena, struct field_specs *specs, const struct field_spec *spec) NODISCARD;

/* What is done to a field; false with *ret_why when kustomize fails. */
struct field_change {
	bool (*apply)(void *context, struct knode *field, struct str *ret_why);
	void *context;
	bool creates; /* makes fields whose spec says so, of this kind: */
	enum ynode_kind kind;
};

/* Applies the change to every field that the spec finds in the object of kind `gvk`. */
bool field_spec_apply(const struct field_spec *spec, const struct gvk *gvk, struct knode *object,
	const struct field_change *change, struct str *ret_why) NODISCARD;

/* The next key of a path at *rest; false at its end. */
bool field_path_next(struct arena *arena, struct str *rest, char separator, struct str *ret_key);

#endif
