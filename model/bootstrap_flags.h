/* Flags that `flux bootstrap` and `glab cluster agent bootstrap` know. */
#ifndef GLAGENT_BOOTSTRAP_FLAGS_H
#define GLAGENT_BOOTSTRAP_FLAGS_H

#include "bootstrap.h"

enum {
	FLAG_OF_GIT = 1 << 0,
	FLAG_OF_GITHUB = 1 << 1,
	FLAG_OF_GITLAB = 1 << 2,
	FLAG_OF_GITEA = 1 << 3,
	FLAG_OF_BITBUCKET = 1 << 4,
	FLAG_OF_ALL = (1 << 5) - 1,
};

struct bootstrap_flag {
	struct str name;
	char shorthand; /* '\0': none */
	bool is_switch; /* takes no value */
	enum bootstrap_argument argument;
	unsigned providers; /* of flux: with which it exists */
};

/* NULL when there is none. `providers`: those that the command may have. */
const struct bootstrap_flag *bootstrap_flag_named(
	enum bootstrap_kind kind, unsigned providers, struct str name);
const struct bootstrap_flag *bootstrap_flag_short(
	enum bootstrap_kind kind, unsigned providers, char shorthand);

/* The provider's bit, or 0. */
unsigned bootstrap_provider(struct str name);

#endif
