/* Installs of the agent that a cluster surely gets by Flux, for rules that hold several against one another.
 */
#ifndef GLAGENT_PLACED_INSTALLS_H
#define GLAGENT_PLACED_INSTALLS_H

#include "install_finding.h"

/* Calls `check` for every two installs that clusters surely get, of different HelmReleases or in different
 * clusters, in order: release and namespace are known, nothing is suspended or sent to another cluster. With
 * true, a finding was reported, and there is no further call for the second of the two. */
void each_two_installs(struct lint *lint, const struct repository *repository,
	bool (*check)(struct lint *, const struct install *first, const struct install *second));

bool installs_share_cluster(const struct install *first, const struct install *second);

/* Relates the first of two installs and names the second, where the finding is. */
void finish_two_installs(struct lint *lint, struct finding *finding, const struct install *first,
	const struct install *second, const struct ynode *place);

/* Version of the agent that the install runs: image.tag, or the one in the chart; empty when it is not known.
 */
struct str install_agent_version(const struct install *install);

/* What says the version: image.tag, the chart's version, or the install itself. */
const struct ynode *install_version_place(struct lint *lint, const struct install *install);

/* Host of the agent server; empty when it is not known. */
struct str install_kas_host(const struct install *install);

/* The annotation that tells whose agent a HelmRelease installs; empty: there is none, or it is not known. */
struct str install_agent_name(const struct install *install);

#endif
