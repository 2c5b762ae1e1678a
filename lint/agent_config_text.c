#include "agent_config_text.h"

bool
is_agent_config(const struct file *file, bool unmistakable)
{
	/* docs.gitlab.com/user/clusters/agent/…: the first two are unmistakable. */
	static const struct str keys[] = { STR_INIT("ci_access"), STR_INIT("user_access"), STR_INIT("gitops"),
		STR_INIT("observability"), STR_INIT("flux"), STR_INIT("container_scanning"),
		STR_INIT("starboard"), STR_INIT("remote_development") };
	enum { UNMISTAKABLE = 2 };
	const struct ynode *root = file->docs ? file->docs->root : NULL;
	size_t count = unmistakable ? UNMISTAKABLE : countof(keys);
	for (size_t i = 0; i < count; i++) {
		if (ynode_key(root, keys[i])) {
			return !ynode_key(root, STR("apiVersion"));
		}
	}
	return false;
}
