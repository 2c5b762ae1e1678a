/* Where findings about an object as a cluster gets it belong. */
#ifndef GLAGENT_APPLIED_FINDING_H
#define GLAGENT_APPLIED_FINDING_H

#include "rule.h"

/* The node, or the first in it, that somebody wrote; else metadata.name or the object in its file: a build
 * makes nodes, too. */
const struct ynode *applied_place(const struct applied *applied, const struct ynode *node);

/* Names the object, for the fingerprint; `place` is what the finding was reported at. */
void lint_applied(
	struct lint *lint, struct finding *finding, const struct applied *applied, const struct ynode *place);

/* A field of the object that its own file has as it reaches the cluster, and that a fix may change there. */
bool applied_is_as_written(const struct applied *applied, const struct ynode *node);

/* The mapping under a key of the object where its own file has it, to add to: "spec". NULL: an alias leads to
 * it or may lead to it from elsewhere, or something else made it. */
const struct ynode *applied_own_map(const struct applied *applied, const char *key);

/* Is its document applied once only? Where it is a base of several, a patch for another may count on the
 * text. */
bool applied_is_alone(const struct lint *lint, const struct applied *applied);

/* The text of the file that the object is written in. */
struct str applied_text(const struct applied *applied);

#endif
