#include "import_parts.h"
#include "ypath.h"
#include "yscalar.h"

static const struct ynode *without(struct arena *arena, const struct ynode *map, struct str path);

/* What is left of a group; NULL: nothing. */
static const struct ynode *
group_without(struct arena *arena, const struct ynode *group, struct str path)
{
	const struct ynode *left = ynode_is(group, YNODE_MAPPING) ? without(arena, group, path) : group;
	return left->len > 0 || left == group ? left : NULL;
}

/* The mapping without a value at a dotted path, and without groups that this leaves empty. */
static const struct ynode *
without(struct arena *arena, const struct ynode *map, struct str path)
{
	struct str rest = path, name = str_cut(&rest, '.');
	struct ylist list = ylist_mapping(arena);
	for (const struct ynode *key = ynode_follow(map)->first; key; key = key->next->next) {
		bool is_named = str_eq(ynode_str(key), name);
		if (!is_named) {
			ylist_put(&list, ynode_str(key), ynode_head(arena, key->next));
		} else if (rest.ptr) {
			const struct ynode *left = group_without(arena, key->next, rest);
			ylist_put(&list, name, left ? ynode_head(arena, left) : NULL);
		}
	}
	return list.parent;
}

/* Takes the scalar at a path out of the values; empty: there is none. */
static struct str
take(struct importing *im, const struct ynode **values, const char *path)
{
	const struct ynode *node = ypath_dotted(*values, str_from(path));
	if (!node || !ynode_is(node, YNODE_SCALAR)) {
		return STR("");
	}
	*values = without(im->arena, *values, str_from(path));
	bool is_null = ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
	return is_null ? STR("") : ynode_str(node);
}

static bool
is_no(struct str word)
{
	return str_eq(word, STR("false"));
}

/* What the chart binds to the agent. */
static void
take_rbac(struct importing *im, const struct ynode **values, struct ylist *agent)
{
	struct ylist rbac = ylist_mapping(im->arena);
	struct str create = take(im, values, "rbac.create"), role = take(im, values, "rbac.useExistingRole");
	if (is_no(create)) {
		import_put_word(&rbac, "access", "none");
	} else if (role.len > 0 && !str_eq(role, STR("cluster-admin"))) {
		import_put_word(&rbac, "access", "existing");
		import_put_text(&rbac, "role", role);
	} else {
		import_put_word(&rbac, "access", "cluster-admin");
	}
	import_put_map(agent, "rbac", &rbac);
}

static void
take_account(struct importing *im, const struct ynode **values, struct ylist *agent)
{
	struct ylist account = ylist_mapping(im->arena);
	const struct ynode *annotations = ypath_dotted(*values, STR("serviceAccount.annotations"));
	if (is_no(take(im, values, "serviceAccount.create"))) {
		import_put_word(&account, "create", "false");
	}
	import_put_text(&account, "name", take(im, values, "serviceAccount.name"));
	if (ynode_is(annotations, YNODE_MAPPING)) {
		ylist_put(&account, STR("annotations"), ynode_head(im->arena, annotations));
		*values = without(im->arena, *values, STR("serviceAccount.annotations"));
	}
	import_put_map(agent, "serviceAccount", &account);
}

static void
take_token(struct importing *im, const struct ynode **values, struct ylist *agent)
{
	struct ylist token = ylist_mapping(im->arena);
	const struct ynode *stated = ypath_dotted(*values, STR("config.token"));
	if (stated && ynode_type(stated, YDIALECT_SIGS_YAML) != YTYPE_NULL) {
		import_note(im,
			STR("the token in it is not taken over: put it into a Secret under the key "
			    "\"token\""));
	}
	*values = without(im->arena, *values, STR("config.token"));
	import_put_text(&token, "secretName", take(im, values, "config.secretName"));
	import_put_map(agent, "token", &token);
}

/* Address, headers and certificate of the server. */
static void
take_server(struct importing *im, const struct ynode **values, struct ylist *agent)
{
	static const char *const certificates[] = { "config.kasCaCert", "config.caCert" };
	struct ylist kas = ylist_mapping(im->arena);
	struct str address = take(im, values, "config.kasAddress");
	const struct ynode *headers = ypath_dotted(*values, STR("config.kasHeaders"));
	import_put_text(&kas, "address", address.len > 0 ? address : STR("wss://kas.gitlab.com"));
	if (ynode_is(headers, YNODE_SEQUENCE)) {
		ylist_put(&kas, STR("headers"), ynode_head(im->arena, headers));
		*values = without(im->arena, *values, STR("config.kasHeaders"));
	}
	for (size_t i = 0; i < countof(certificates); i++) {
		if (take(im, values, certificates[i]).len > 0) {
			import_note(im,
				STR("its certificate is not taken over: put it into a file and name that in "
				    "kas.caCertFile"));
		}
	}
	import_put_map(agent, "kas", &kas);
}

/* Fields of the agent that have one of their own in the spec; the rest stays what it is: values. */
void
import_values(struct importing *im, const struct ynode *values, struct ylist *agent)
{
	struct ylist image = ylist_mapping(im->arena), features = ylist_mapping(im->arena);
	struct str replicas = take(im, &values, "replicas");
	if (replicas.len > 0) {
		ylist_put(agent, STR("replicas"), ynode_scalar(im->arena, replicas, YSTYLE_PLAIN));
	}
	import_put_text(&image, "repository", take(im, &values, "image.repository"));
	import_put_text(&image, "tag", take(im, &values, "image.tag"));
	import_put_map(agent, "image", &image);
	take_server(im, &values, agent);
	take_token(im, &values, agent);
	take_account(im, &values, agent);
	import_put_word(&features, "ocs",
		is_no(take(im, &values, "config.operational_container_scanning.enabled")) ? "false" : "true");
	import_put_map(agent, "features", &features);
	take_rbac(im, &values, agent);
	if (ypath_dotted(values, STR("config.receptive.enabled"))) {
		import_note(im,
			STR("it is receptive: state receptive.url and its key in place of the values for "
			    "it"));
	}
	if (ynode_is(values, YNODE_MAPPING) && values->len > 0) {
		ylist_put(agent, STR("values"), ynode_head(im->arena, values));
	}
}
