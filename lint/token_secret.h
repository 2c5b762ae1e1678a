/* The Secret that an agent's Pods mount, among what their cluster gets. */
#ifndef GLAGENT_TOKEN_SECRET_H
#define GLAGENT_TOKEN_SECRET_H

#include "install_finding.h"

struct token_secret {
	struct value name;
	const struct applied *here, *elsewhere; /* in the namespace of the release, in another; NULL: none */
	bool may_be_made; /* by something else that the cluster gets: an ExternalSecret, a policy, an operator
			   */
};

/* False where that cannot be told: no Flux installs it, or the chart makes the Secret itself. */
bool token_secret_find(const struct install *install, struct token_secret *ret_secret) NODISCARD;

#endif
