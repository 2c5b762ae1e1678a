/* How far an agent is from what it has to work with. */
#ifndef GLAGENT_VERSION_SKEW_H
#define GLAGENT_VERSION_SKEW_H

#include "declared_gitlab.h"
#include "placed_installs.h"

enum {
	MINORS_SUPPORTED = 1
}; /* docs.gitlab.com/user/clusters/agent/install, "Updates and version compatibility" */

/* Minor releases by which the install's agent is newer than the declared GitLab, or older: negative; 0 where
 * one of the two is not known. */
int install_skew(const struct install *install, const struct declared_gitlab *gitlab);

/* Reports the distance between the install's agent and the declared GitLab, where the version is said. */
void report_skew(struct lint *lint, const struct install *install, const struct declared_gitlab *gitlab,
	struct str consequence);

#endif
