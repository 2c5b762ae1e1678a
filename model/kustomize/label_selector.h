/* Kubernetes' label selectors, "a=b,c in (d,e),!f", as kustomize's patches and replacements have them. */
#ifndef GLAGENT_KUSTOMIZE_LABEL_SELECTOR_H
#define GLAGENT_KUSTOMIZE_LABEL_SELECTOR_H

#include "kustomize/knode.h"

enum { LABEL_TERMS_MAX = 1000 };

enum label_verdict { LABELS_MATCH, LABELS_DIFFER, LABELS_INVALID };

/* Does the mapping `labels` (NULL: none) satisfy the selector? An empty selector takes all. */
enum label_verdict label_selector_match(struct str selector, struct knode *labels);

#endif
