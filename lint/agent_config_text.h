/* Does a file that stands in the wrong place hold an agent's configuration? */
#ifndef GLAGENT_AGENT_CONFIG_TEXT_H
#define GLAGENT_AGENT_CONFIG_TEXT_H

#include "files.h"

/* How telling a top-level key is. */
enum agent_key {
	AGENT_KEY_ANY, /* agents' configuration has it: flux and observability, as values of charts do */
	AGENT_KEY_OWN, /* few other files have it */
	AGENT_KEY_UNMISTAKABLE, /* ci_access or user_access */
};

/* Has its first document a key of that kind, or of one below it in the list? */
bool is_agent_config(const struct file *file, enum agent_key at_least);

#endif
