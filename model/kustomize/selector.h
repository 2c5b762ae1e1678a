/* The objects that a patch is for (api/types/selector.go, resWrangler.Select): patterns that Go anchors. */
#ifndef GLAGENT_KUSTOMIZE_SELECTOR_H
#define GLAGENT_KUSTOMIZE_SELECTOR_H

#include "kustomize/member.h"
#include "regex.h"

enum { SELECTOR_PARTS = 5 };

struct pattern {
	struct str text;     /* empty: anything */
	struct regex *regex; /* NULL: the text itself */
};

struct selector {
	struct pattern parts[SELECTOR_PARTS]; /* group, version, kind, name, namespace */
	struct str labels, annotations;
};

enum selector_state {
	SELECTOR_OK,
	SELECTOR_INVALID, /* kustomize fails */
	SELECTOR_UNKNOWN, /* a pattern that our library and Go's may read differently */
};

/* Reads the `target` of a patch. To be released in every case. */
enum selector_state selector_read(const struct ynode *target, struct selector *ret_selector);
void selector_release(struct selector *selector);

/* Does it select the object, by its first or its current name and namespace? False in *ret_valid: its label
 * selector is none. */
bool selector_matches(const struct selector *selector, struct member *member, bool *ret_valid);

#endif
