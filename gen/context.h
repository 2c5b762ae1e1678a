/* What templates see of an agent: all logic of the outputs is here, none in the templates. */
#ifndef GLAGENT_CONTEXT_H
#define GLAGENT_CONTEXT_H

#include "spec.h"

/*
 * The derived mapping of an agent, for the scope derived -> agent's tree -> spec's tree:
 *	kas.address, kas.origin.{stated,…}, kas.ca, chart.{version,agent}, access.{derived,view,…}, proxy.env,
 *… templates/values.yaml shows them all in use. A name that a template asks for and that is not there is an
 * absent value.
 */
const struct ynode *context_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* What `access` is in it: the agent's access as a flag, and where the roles come from, in words and as a
 * command. */
const struct ynode *context_access(
	struct arena *arena, const struct spec_agent *agent, struct str note, struct str command);

#endif
