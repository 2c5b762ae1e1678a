#include "token_secret.h"

#include "flux_objects.h"

static bool
is_secret(const struct applied *applied)
{
	return applied_is(applied, STR(""), STR("Secret"));
}

/* Anything but the releases may make the Secret, or copy it. */
static bool
may_be_made(const struct cluster *cluster, const struct token_secret *secret)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		bool is_plain = is_secret(applied) || applied_is_release(applied);
		if (str_ends(applied->object->id.group, STR("kyverno.io"))) {
			return true; /* its policies copy Secrets by patterns */
		}
		if (!is_plain && node_holds_text(applied->object->node, secret->name.text)) {
			return true;
		}
	}
	return !cluster->root->is_complete
		|| (secret->elsewhere
			&& ynode_at(secret->elsewhere->object->node, "metadata", "annotations", NULL));
}

static const struct applied *
find_elsewhere(const struct cluster *cluster, const struct install *install, struct str name)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (is_secret(applied) && str_eq(applied->object->id.name, name)
			&& !str_eq(applied->object->id.namespace, install->namespace)) {
			return applied;
		}
	}
	return NULL;
}

bool
token_secret_find(const struct install *install, struct token_secret *ret_secret)
{
	struct token_secret secret = { .name = install_value(install, STR("config.secretName")) };
	enum value_state token = install_value(install, STR("config.token")).state;
	bool is_own = token == VALUE_SET || token == VALUE_OPEN; /* the chart makes it */
	if (secret.name.state != VALUE_SET || is_own || !install->applied || !install->applied->cluster
		|| install->namespace.len == 0 || install->is_patched) {
		return false;
	}
	const struct cluster *cluster = install->applied->cluster;
	secret.here = cluster_find(cluster, STR(""), STR("Secret"), install->namespace, secret.name.text);
	secret.elsewhere = find_elsewhere(cluster, install, secret.name.text);
	secret.may_be_made = may_be_made(cluster, &secret);
	*ret_secret = secret;
	return true;
}
