#include "extra_env.h"

const struct str proxy_names[PROXY_COUNT][2] = {
	[PROXY_HTTP] = { STR_INIT("HTTP_PROXY"), STR_INIT("http_proxy") },
	[PROXY_HTTPS] = { STR_INIT("HTTPS_PROXY"), STR_INIT("https_proxy") },
	[PROXY_NONE] = { STR_INIT("NO_PROXY"), STR_INIT("no_proxy") },
};

static const struct ynode *
items_of(const struct install *install)
{
	struct value env = install_value(install, STR("extraEnv"));
	return env.state == VALUE_SET && env.node->kind == YNODE_SEQUENCE ? env.node->first : NULL;
}

bool
extra_env_is_known(const struct install *install)
{
	struct value env = install_value(install, STR("extraEnv"));
	bool is_list = env.state == VALUE_SET && env.node->kind == YNODE_SEQUENCE;
	for (const struct ynode *item = items_of(install); item; item = item->next) {
		const struct ynode *name = ynode_get(item, STR("name"));
		if (!applied_is_plain(name) || str_has_char(ynode_str(name), '<')) {
			return false;
		}
	}
	return is_list || env.state == VALUE_ABSENT || env.state == VALUE_EMPTY;
}

struct env_variable
extra_env_find(const struct install *install, struct str name)
{
	struct env_variable found = { .item = NULL };
	for (const struct ynode *item = items_of(install); item; item = item->next) {
		if (!str_eq(ynode_str(ynode_get(item, STR("name"))), name)) {
			continue;
		}
		const struct ynode *value = ynode_follow(ynode_get(item, STR("value")));
		bool has_text = value && value->kind == YNODE_SCALAR && ynode_str(value).len > 0;
		found = (struct env_variable){ .item = item,
			.value = has_text ? value : NULL,
			.text = has_text && applied_is_plain(value) ? ynode_str(value) : STR(""),
			.is_set = has_text || ynode_get(item, STR("valueFrom")) };
	}
	return found;
}

struct env_variable
extra_env_proxy(const struct install *install)
{
	for (size_t i = PROXY_NONE; i > 0; i--) {
		for (size_t j = 0; j < countof(proxy_names[0]); j++) {
			struct env_variable found = extra_env_find(install, proxy_names[i - 1][j]);
			if (found.is_set) {
				return found;
			}
		}
	}
	return (struct env_variable){ .item = NULL };
}
