/*
 * What the function apply-setters makes of a package
 * (functions/go/apply-setters of kptdev/krm-functions-catalog): fields that
 * bear a comment "# kpt-set: PATTERN" get the pattern's text, with the setters'
 * values in it.
 */
#ifndef GLAGENT_KPT_SETTERS_H
#define GLAGENT_KPT_SETTERS_H

#include "kpt/packages.h"

/* The setters that a package applies to its own files. */
struct kpt_setters {
	const struct kpt_package *package;
	const struct ynode *image; /* of the function, where it is named */
	const struct ynode *data;  /* their values by name; never NULL, a mapping */
	const struct file *file;   /* that `data` stands in */
};

/* False where the package applies none, where its values are not known, and where another function may change
 * what this one leaves: then nothing can be said of its files. */
bool kpt_setters_read(const struct files *files, const struct kpt_packages *packages,
	const struct kpt_package *package, struct kpt_setters *ret_setters) NODISCARD;

/* A field or list with a marker. */
struct kpt_marker {
	const struct file *file;
	const struct ynode *root;  /* the document that holds it */
	const struct ynode *value; /* a scalar, or a list */
	struct str pattern;        /* "${image}:${tag}" */
	struct span span;          /* of the pattern */
};

struct kpt_markers {
	struct kpt_marker *items; /* in file order */
	size_t len, cap;
	bool is_whole; /* false: some files of the package cannot be read here, or kpt may leave some out */
};

/* The markers of the files that kpt gives to the functions of the package. */
void kpt_markers_collect(struct arena *arena, const struct files *files, const struct kpt_packages *packages,
	const struct kpt_setters *setters, struct kpt_markers *ret_markers);

enum kpt_setting {
	KPT_LEFT, /* none of the pattern's setters has a value: the field stays as it is */
	KPT_TEXT, /* *ret_text is what the field becomes, or what a list is parsed from */
	KPT_OPEN, /* not known */
};

enum kpt_setting kpt_setting(
	struct arena *arena, const struct kpt_setters *setters, struct str pattern, struct str *ret_text);

/* What a list becomes of that text: a list without places; NULL when it is none, which ends the function. */
const struct ynode *kpt_setting_list(struct arena *arena, struct str text);

/* The next "${NAME}" of a pattern at or behind *at, which goes behind it; false when there is no more. */
bool kpt_pattern_next(struct str pattern, size_t *at, struct str *ret_name) NODISCARD;

#endif
