/* Which agent an install is. */
#ifndef GLAGENT_AGENT_IDENTITY_H
#define GLAGENT_AGENT_IDENTITY_H

#include "placed_installs.h"

/*
 * Whose agent it is, by the first of these that says anything: the release's annotation glagent.dev/agent;
 * the agent of glagent.yaml that has this release and namespace; the environment of a CI job whose
 * flux_resource_path names the release; there is one agent and one install. NULL: not known.
 */
const struct agent *install_agent(struct lint *lint, const struct install *install);

#endif
