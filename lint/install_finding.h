/* Where findings about an install belong. */
#ifndef GLAGENT_INSTALL_FINDING_H
#define GLAGENT_INSTALL_FINDING_H

#include "installs.h"
#include "rule.h"

/* The node, or the first in it, that somebody wrote; else the install itself. */
const struct ynode *install_place(const struct install *install, const struct ynode *node);

/* Names the HelmRelease or Application, for the fingerprint; `place` is what the finding was reported at. */
void lint_install(
	struct lint *lint, struct finding *finding, const struct install *install, const struct ynode *place);

/* Does the chart bind cluster-admin to the agent because nothing else was asked for? */
bool install_is_admin_by_default(const struct install *install);

/* The text of the file that a node is written in. */
struct str install_text(const struct lint *lint, const struct ynode *node);

/* Another text for the scalar; no fix where it may be read elsewhere as well: in a command. */
void install_fix_scalar(struct lint *lint, struct finding *finding, const struct install *install,
	const struct ynode *scalar, struct str text);

#endif
