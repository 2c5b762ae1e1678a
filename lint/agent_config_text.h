/* Does a file that stands in the wrong place hold an agent's configuration? */
#ifndef GLAGENT_AGENT_CONFIG_TEXT_H
#define GLAGENT_AGENT_CONFIG_TEXT_H

#include "files.h"

/* Its first document has a top-level key that agents' configuration has. With `unmistakable`, one that hardly
 * anything else has: ci_access or user_access. */
bool is_agent_config(const struct file *file, bool unmistakable);

#endif
