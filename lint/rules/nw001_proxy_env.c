#include "extra_env.h"
#include "names.h"
#include "yscalar.h"

struct item {
	struct lint *lint;
	const struct install *install;
	const struct ynode *node, *name, *value;
};

static struct finding *
report(const struct item *item, const struct ynode *at, struct str message, const char *help)
{
	return install_report(item->lint, item->install, at ? at : item->node, message, str_from(help));
}

/* "- HTTP_PROXY: http://…" and "- HTTP_PROXY=http://…". */
static void
check_shape(const struct item *item)
{
	bool is_known = item->node->kind == YNODE_MAPPING || applied_is_plain(item->node);
	if (is_known && !item->name && !ynode_get(item->node, STR("<<"))) {
		(void)report(item, NULL,
			STR("an item of extraEnv has no name, and the API server refuses the Deployment"),
			"write it as \"- name: HTTPS_PROXY\" with \"value: …\" below");
	} else if (applied_is_plain(item->name) && str_has_char(ynode_str(item->name), '=')) {
		(void)report(item, item->name,
			STR("the name of an environment variable holds a \"=\", and the API server refuses "
			    "the "
			    "Deployment"),
			"put what stands behind the \"=\" into \"value\"");
	}
}

static void
check_type(const struct item *item)
{
	enum ytype type = item->value ? ynode_type(item->value, YDIALECT_YAML_V3) : YTYPE_NULL;
	struct str name = ynode_str(item->name);
	bool has_source = ynode_is(ynode_get(item->node, STR("valueFrom")), YNODE_MAPPING);
	if (type == YTYPE_NULL) {
		return;
	}
	if (type != YTYPE_STRING) {
		struct finding *finding = report(item, item->value,
			arena_printf(lint_arena(item->lint),
				"the value of %.*s is %s %s, and the API server takes texts only",
				STR_ARG(name), type == YTYPE_INT ? "an" : "a", ytype_name(type)),
			item->install->script ? "use --set-string" : "put it in quotes");
		if (item->value->kind == YNODE_SCALAR) {
			install_fix_scalar(
				item->lint, finding, item->install, item->value, ynode_str(item->value));
		}
	} else if (has_source && ynode_str(item->value).len) {
		(void)report(item, item->value,
			arena_printf(lint_arena(item->lint),
				"%.*s has a value beside valueFrom, and the API server refuses both",
				STR_ARG(name)),
			"keep one of them");
	}
}

/* Go takes "proxy:3128" for "http://proxy:3128", and so it does with what it cannot read otherwise. */
static bool
is_address(struct arena *arena, struct str text)
{
	struct url url;
	bool is_whole = str_find(text, STR("://")) < text.len;
	bool is_cut = !is_whole
		&& (str_starts(text, STR("http:")) || str_starts(text, STR("https:"))
			|| str_find(text, STR("//")) < text.len);
	struct str address = is_whole ? text : arena_printf(arena, "http://%.*s", STR_ARG(text));
	return !is_cut && url_parse(address, &url);
}

/* Of what something else fills in, or what has a password or a name in another alphabet, nothing is said. */
static bool
is_judged(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] >= 0x80 || str_has_char(STR("$<@{"), text.ptr[i])) {
			return false;
		}
	}
	return text.len > 0;
}

static void
check_address(const struct item *item)
{
	struct str name = ynode_str(item->name), text = ynode_str(item->value);
	bool is_proxy = false;
	for (size_t i = 0; i < PROXY_NONE; i++) {
		is_proxy |= str_eq(name, proxy_names[i][0]) || str_eq(name, proxy_names[i][1]);
	}
	if (is_proxy && applied_is_plain(item->value) && is_judged(text)
		&& !is_address(lint_arena(item->lint), text)) {
		(void)report(item, item->value,
			arena_printf(
				lint_arena(item->lint), "\"%.*s\" is no address of a proxy", STR_ARG(text)),
			"write \"http://HOST:PORT\"");
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value env = install_value(install, STR("extraEnv"));
	if (env.state != VALUE_SET) {
		return;
	}
	if (env.node->kind != YNODE_SEQUENCE) {
		(void)install_report(lint, install, env.node,
			STR("the chart does not render: extraEnv is no list"),
			STR("write a list of \"name\" and \"value\""));
		return;
	}
	for (const struct ynode *node = env.node->first; node && !install->is_patched; node = node->next) {
		struct item item = { lint, install, ynode_follow(node), ynode_get(node, STR("name")),
			ynode_follow(ynode_get(node, STR("value"))) };
		check_shape(&item);
		if (item.name) {
			check_type(&item);
			check_address(&item);
		}
	}
}

const struct rule rule_NW001 = {
	.code = "NW001",
	.name = "proxy-env-malformed",
	.summary = "`extraEnv` of the agent's chart is not what a container's environment is made of.",
	.rationale =
		"The chart puts `extraEnv` into the Deployment as it is. A mapping in place of the list does "
		"not "
		"render. Items without `name`, values that are numbers or booleans, and a `value` beside "
		"`valueFrom` render, and the API server refuses the Deployment: *Required value*, *cannot "
		"unmarshal number into Go struct field EnvVar…value of type string*, *may not be specified "
		"when "
		"`value` is not empty*.\n\nA proxy whose address cannot be read as one (`http:/proxy:3128`, "
		"a port "
		"that is a word) is taken for a host called `http:`, and nothing is reached. An address "
		"without a "
		"scheme is no finding: Go puts `http://` before it.",
	.advice = "Write each variable as `- name: HTTPS_PROXY` with `value: \"http://HOST:PORT\"`.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#use-the-agent-behind-an-http-proxy",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_install = check,
};
