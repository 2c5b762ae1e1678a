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

/* A finding at `node`, or at the install where that has no place; it names the install. */
struct finding *install_report(struct lint *lint, const struct install *install, const struct ynode *node,
	struct str message, struct str help);

/* Is the chart's version known, and older? */
bool install_is_older(const struct install *install, unsigned major, unsigned minor, unsigned patch);

/* Does GitLab dial this agent? Charts that surely know no such mode make none. */
enum answer install_is_receptive(const struct install *install);

/* The cluster that the chart is installed into; NULL: not known, or another one by spec.kubeConfig. */
const struct cluster *install_cluster(const struct install *install);

/* Does the value surely say nothing: absent, null, "", [] or {}? */
bool install_lacks(const struct install *install, struct str path);

/* Does the chart bind cluster-admin to the agent because nothing else was asked for? */
bool install_is_admin_by_default(const struct install *install);

/* The text of the file that a node is written in. */
struct str install_text(const struct lint *lint, const struct ynode *node);

/* Another text for the scalar; no fix where it may be read elsewhere as well: in a command. */
void install_fix_scalar(struct lint *lint, struct finding *finding, const struct install *install,
	const struct ynode *scalar, struct str text);

/* The key of a value that a HelmRelease itself gives and that nothing else has a part in: a patch, a source
 * of values, an anchor. NULL where that is not so. */
const struct ynode *install_own_key(const struct install *install, struct str path);

/* Without the entry "config.kasAddress" of a HelmRelease's own values; no fix where it would leave nothing
 * beside it. */
void install_fix_remove(
	struct lint *lint, struct finding *finding, const struct install *install, struct str path);

#endif
