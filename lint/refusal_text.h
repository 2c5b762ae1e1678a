/* How the rules on CustomResourceDefinitions tell what a server refuses. */
#ifndef GLAGENT_REFUSAL_TEXT_H
#define GLAGENT_REFUSAL_TEXT_H

#include "kustomize_faults.h"

/* A finding where the value stands, a warning unless the refusal is certain; it leads to the object and the
 * definition. */
struct finding *report_refusal(struct lint *lint, const struct refusal *refusal, struct str message);

/* "a HelmRelease (helm.toolkit.fluxcd.io/v2)" */
struct str refusal_kind(struct lint *lint, const struct object *object);

#endif
