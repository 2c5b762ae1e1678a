#include "agent_config_text.h"

/* docs.gitlab.com/user/clusters/agent/… */
static const struct {
	struct str name;
	enum agent_key kind;
} keys[] = {
	{ STR_INIT("ci_access"), AGENT_KEY_UNMISTAKABLE },
	{ STR_INIT("user_access"), AGENT_KEY_UNMISTAKABLE },
	{ STR_INIT("gitops"), AGENT_KEY_OWN },
	{ STR_INIT("container_scanning"), AGENT_KEY_OWN },
	{ STR_INIT("starboard"), AGENT_KEY_OWN },
	{ STR_INIT("remote_development"), AGENT_KEY_OWN },
	{ STR_INIT("observability"), AGENT_KEY_ANY },
	{ STR_INIT("flux"), AGENT_KEY_ANY },
};

bool
is_agent_config(const struct file *file, enum agent_key at_least)
{
	const struct ynode *root = file->docs ? file->docs->root : NULL;
	for (size_t i = 0; i < countof(keys); i++) {
		if (keys[i].kind >= at_least && ynode_key(root, keys[i].name)) {
			return !ynode_key(root, STR("apiVersion"));
		}
	}
	return false;
}
