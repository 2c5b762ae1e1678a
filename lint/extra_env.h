/* The environment that an install gives the agent: the list extraEnv of the chart's values. */
#ifndef GLAGENT_EXTRA_ENV_H
#define GLAGENT_EXTRA_ENV_H

#include "install_finding.h"

struct env_variable {
	const struct ynode *item; /* NULL: there is none */
	const struct ynode
		*value;  /* a scalar that is not empty, or NULL: it comes from elsewhere, or is "" */
	struct str text; /* of `value` where it is known; else empty */
	bool is_set;     /* to something that is not the empty text */
};

/* Is each variable's name known? */
bool extra_env_is_known(const struct install *install);

/* The last variable of the name, which is the one that a container gets. */
struct env_variable extra_env_find(const struct install *install, struct str name);

enum proxy { PROXY_HTTP, PROXY_HTTPS, PROXY_NONE, PROXY_COUNT };

/* "HTTP_PROXY" and "http_proxy": Go takes the first that is set (golang.org/x/net/http/httpproxy). */
extern const struct str proxy_names[PROXY_COUNT][2];

/* A proxy that the agent is told to use; its item is NULL where there is none. */
struct env_variable extra_env_proxy(const struct install *install);

#endif
