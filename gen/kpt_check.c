/* Holds values against what the templates of the charts do with them. */
#include <math.h>

#include "chart.h"
#include "kpt_values.h"
#include "utf8.h"
#include "versions.h"
#include "ypath.h"
#include "yscalar.h"

enum kind {
	KIND_TEXT,
	KIND_BARE, /* a text that the chart writes without quotes */
	KIND_TRUTH,
	KIND_NUMBER, /* Go writes numbers from a million on as 1e+06 */
	KIND_SHARE,  /* the same, or "25%" */
	KIND_MAPPING,
	KIND_LIST,
	KIND_TEXTS,
	KIND_BARES,
};

enum { COUNT_BYTES_MAX = 6 };

/* A mapping stands before what is below it. What is not here no chart reads, and what is not among its own
 * values that chart does not read. */
static const struct expected {
	const char *path;
	enum kind kind;
	bool is_optional; /* absent will do; so will an empty text */
} table[] = {
	{ "image", KIND_MAPPING, false },
	{ "image.repository", KIND_TEXT, false },
	{ "image.tag", KIND_TEXT, true },
	{ "image.pullPolicy", KIND_BARE, false },
	{ "imagePullSecrets", KIND_LIST, true },
	{ "nameOverride", KIND_TEXT, true },
	{ "fullnameOverride", KIND_TEXT, true },
	{ "replicas", KIND_NUMBER, false },
	{ "maxSurge", KIND_SHARE, false },
	{ "maxUnavailable", KIND_SHARE, false },
	{ "rbac", KIND_MAPPING, false },
	{ "rbac.create", KIND_TRUTH, true },
	{ "rbac.useExistingRole", KIND_BARE, true },
	{ "serviceAccount", KIND_MAPPING, false },
	{ "serviceAccount.create", KIND_TRUTH, true },
	{ "serviceAccount.annotations", KIND_MAPPING, true },
	{ "serviceAccount.name", KIND_BARE, true },
	{ "podSecurityContext", KIND_MAPPING, false },
	{ "securityContext", KIND_MAPPING, false },
	{ "podAnnotations", KIND_MAPPING, true },
	{ "serviceMonitor", KIND_MAPPING, true },
	{ "serviceMonitor.enabled", KIND_TRUTH, true },
	{ "config", KIND_MAPPING, false },
	{ "config.kasAddress", KIND_TEXT, false },
	{ "config.kasHeaders", KIND_TEXTS, true },
	{ "config.token", KIND_TEXT, true },
	{ "config.secretName", KIND_BARE, true },
	{ "config.kasCaCert", KIND_TEXT, true },
	{ "config.caCert", KIND_TEXT, true },
	{ "config.observability", KIND_MAPPING, true },
	{ "config.observability.enabled", KIND_TRUTH, true },
	{ "config.observability.tls", KIND_MAPPING, true },
	{ "config.observability.tls.enabled", KIND_TRUTH, true },
	{ "config.observability.tls.secret", KIND_MAPPING, true },
	{ "config.observability.tls.secret.create", KIND_TRUTH, true },
	{ "config.observability.tls.secret.name", KIND_BARE, true },
	{ "config.operational_container_scanning", KIND_MAPPING, true },
	{ "config.operational_container_scanning.enabled", KIND_TRUTH, true },
	{ "extraEnv", KIND_LIST, true },
	{ "extraArgs", KIND_BARES, true },
	{ "extraVolumeMounts", KIND_LIST, true },
	{ "extraVolumes", KIND_LIST, true },
	{ "resources", KIND_MAPPING, false },
	{ "resources.limits", KIND_MAPPING, true },
	{ "nodeSelector", KIND_MAPPING, true },
	{ "tolerations", KIND_LIST, true },
	{ "affinity", KIND_MAPPING, true },
	{ "priorityClassName", KIND_TEXT, true },
	{ "runtimeClassName", KIND_TEXT, true },
	{ "hostAliases", KIND_LIST, true },
	{ "podLabels", KIND_MAPPING, true },
	{ "additionalLabels", KIND_MAPPING, true },
	{ "initContainers", KIND_LIST, true },
	{ "terminationMessagePolicy", KIND_BARE, false },
};

bool
kpt_is_bare(struct arena *arena, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source source = { STR("value"), arena_printf(arena, "- %.*s\n", STR_ARG(text)) };
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	if (!ytree_parse(arena, &scratch, &source, 0, YTREE_VALUES, &docs, &error) || !docs || docs->next
		|| docs->root->kind != YNODE_SEQUENCE || docs->root->len != 1) {
		return false;
	}
	const struct ynode *item = docs->root->first;
	return item->kind == YNODE_SCALAR && item->style == YSTYLE_PLAIN && !ynode_extra(item)
		&& str_eq(ynode_str(item), text) && ynode_type(item, YDIALECT_SIGS_YAML) == YTYPE_STRING
		&& ynode_type(item, YDIALECT_YAML_V3) == YTYPE_STRING;
}

static bool
is_text(const struct ynode *node)
{
	return ynode_is(node, YNODE_SCALAR) && ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_STRING;
}

static bool
is_count(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_INT && ynode_str(node).len <= COUNT_BYTES_MAX;
}

static bool
are_texts(const struct ynode *list)
{
	if (!list || list->kind != YNODE_SEQUENCE) {
		return false;
	}
	const struct ynode *item = list->first;
	while (item && is_text(item)) {
		item = item->next;
	}
	return !item;
}

static bool
is_of_kind(const struct ynode *node, enum kind kind)
{
	switch (kind) {
	case KIND_TEXT:
	case KIND_BARE:
		return is_text(node);
	case KIND_TRUTH:
		return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_BOOL;
	case KIND_NUMBER:
		return is_count(node);
	case KIND_SHARE:
		return is_count(node) || is_text(node);
	case KIND_MAPPING:
		return ynode_is(node, YNODE_MAPPING);
	case KIND_LIST:
		return ynode_is(node, YNODE_SEQUENCE);
	case KIND_TEXTS:
	case KIND_BARES:
		return are_texts(node);
	}
	return false;
}

static const char *
kind_word(enum kind kind)
{
	switch (kind) {
	case KIND_TEXT:
	case KIND_BARE:
		return "a string";
	case KIND_TRUTH:
		return "true or false";
	case KIND_NUMBER:
		return "an integer below a million";
	case KIND_SHARE:
		return "an integer or a percentage";
	case KIND_MAPPING:
		return "a mapping";
	case KIND_LIST:
		return "a list";
	case KIND_TEXTS:
	case KIND_BARES:
		break;
	}
	return "a list of strings";
}

static struct str
bare_problem(struct arena *arena, const char *what, struct str text)
{
	if (kpt_is_bare(arena, text)) {
		return STR("");
	}
	return arena_printf(arena,
		"%s: the chart writes \"%.*s\" without quotes, and that is another value then", what,
		STR_ARG(text));
}

/* Of a text, and of the texts of a list. */
static struct str
bareness_problem(struct arena *arena, const char *path, const struct ynode *node)
{
	struct str problem = STR("");
	if (node->kind != YNODE_SEQUENCE) {
		return is_text(node) ? bare_problem(arena, path, ynode_str(node)) : problem;
	}
	for (const struct ynode *item = node->first; item && !problem.len; item = item->next) {
		problem = bare_problem(arena, path, ynode_str(item));
	}
	return problem;
}

static struct str
kind_problem(struct arena *arena, const struct kpt_values *values)
{
	struct str problem = STR("");
	for (size_t i = 0; i < countof(table) && !problem.len; i++) {
		enum kind kind = table[i].kind;
		struct str path = str_from(table[i].path);
		const struct ynode *node = ypath_dotted(values->merged, path);
		bool is_unset = !node || (is_text(node) && node->len == 0);
		if ((is_unset && table[i].is_optional) || !ypath_dotted(values->own, path)) {
			continue;
		}
		if (!is_of_kind(node, kind)) {
			problem = arena_printf(
				arena, "%s is not %s, as the chart takes it", table[i].path, kind_word(kind));
		} else if (kind == KIND_BARE || kind == KIND_SHARE || kind == KIND_BARES) {
			problem = bareness_problem(arena, table[i].path, node);
		}
	}
	return problem;
}

/*
 * Does it come out of Helm as it went in? Its numbers are float64; at characters that YAML does not allow raw
 * (go.yaml.in/yaml v2, readerc.go) toYaml prints nothing at all, and it cuts a line end off what it prints.
 */
static bool
is_carried(const struct ynode *scalar)
{
	const double exact_max = 9007199254740992.0; /* 2^53 */
	struct str text = ynode_str(scalar);
	if (ynode_type(scalar, YDIALECT_SIGS_YAML) == YTYPE_INT && fabs(yscalar_number(text)) >= exact_max) {
		return false;
	}
	if (str_ends(text, STR("\n\n")) || str_eq(text, STR("\n"))) {
		return false;
	}
	while (text.len) {
		uint32_t point = utf8_next(&text);
		if ((point >= 0x7f && point < 0xa0) || (point & 0xfffe) == 0xfffe) {
			return false;
		}
	}
	return true;
}

/* In the whole tree, keys and all. */
static bool
are_carried(const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR) {
		return is_carried(node);
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (!are_carried(child)) {
			return false;
		}
	}
	return true;
}

static struct str
carrying_problem(struct arena *arena, const struct ynode *values)
{
	for (const struct ynode *key = values->first; key; key = key->next->next) {
		if (!are_carried(key->next)) {
			return arena_printf(arena,
				"%.*s holds a control character, an integer of 2^53 or more or a text that "
				"ends "
				"in "
				"empty lines, none of which Helm carries",
				STR_ARG(ynode_str(key)));
		}
	}
	return STR("");
}

static bool
is_true(const struct ynode *values, const char *path)
{
	return yscalar_bool(ynode_str(ypath_dotted(values, str_from(path))));
}

static struct str
secret_problem(const struct ynode *values)
{
	if (ynode_str(ypath_dotted(values, STR("config.token"))).len) {
		return STR("config.token would put the token into a file");
	}
	if (is_true(values, "config.observability.tls.enabled")
		&& is_true(values, "config.observability.tls.secret.create")) {
		return STR("config.observability.tls.secret.create would put a private key into a file: "
			   "make the "
			   "Secret yourself and state its name");
	}
	return STR("");
}

/* The chart appends others below its own labels, and of equal keys the reader decides. */
static bool
is_label_of_chart(const struct kpt_chart *chart, struct str key)
{
	return str_eq(key, STR("helm.sh/chart")) || str_eq(key, STR("app.kubernetes.io/name"))
		|| str_eq(key, STR("app.kubernetes.io/version"))
		|| str_eq(key, STR("app.kubernetes.io/managed-by"))
		|| str_eq(key, chart->tells_releases ? STR("app.kubernetes.io/instance") : STR("app"));
}

static struct str
label_problem(
	struct arena *arena, const struct kpt_values *values, const char *path, const struct ynode *others)
{
	const struct ynode *labels = ynode_get(values->merged, str_from(path));
	for (const struct ynode *key = labels ? labels->first : NULL; key; key = key->next->next) {
		struct str name = ynode_str(key);
		if (is_label_of_chart(values->chart, name) || ynode_key(others, name)) {
			return arena_printf(arena, "%s has the label %.*s, which the pods have already", path,
				STR_ARG(name));
		}
	}
	return STR("");
}

/* What the chart's helpers write without quotes. `${` would be a setter's. */
static struct str
name_problem(struct arena *arena, const struct spec_agent *agent, const struct kpt_values *read)
{
	const struct ynode *values = read->merged;
	struct str release = str_from(agent->view.release_name);
	struct str tag = ynode_str(ypath_dotted(values, STR("image.tag")));
	struct str repository = ynode_str(ypath_dotted(values, STR("image.repository")));
	struct str address = ynode_str(ypath_dotted(values, STR("config.kasAddress")));
	const struct {
		const char *what;
		struct str text;
	} names[] = {
		{ "releaseName", release },
		{ "namespace", str_from(agent->view.namespace) },
		{ "nameOverride", chart_name(values) },
		{ "the full name", chart_fullname(arena, release, values) },
		{ "the image",
			arena_printf(arena, "%.*s:%.*s", STR_ARG(repository),
				STR_ARG(tag.len ? tag
						: chart_agent_version(str_from(read->chart->version)))) },
		{ "config.kasAddress", arena_printf(arena, "--kas-address=%.*s", STR_ARG(address)) },
		{ "config.secretName", ynode_str(ypath_dotted(values, STR("config.secretName"))) },
		{ "rbac.useExistingRole", ynode_str(ypath_dotted(values, STR("rbac.useExistingRole"))) },
	};
	for (size_t i = 0; i < countof(names); i++) {
		struct str problem =
			names[i].text.len ? bare_problem(arena, names[i].what, names[i].text) : STR("");
		if (problem.len) {
			return problem;
		}
		if (str_find(names[i].text, STR("${")) < names[i].text.len) {
			return arena_printf(
				arena, "%s has \"${\", which setters take for one of theirs", names[i].what);
		}
	}
	return STR("");
}

struct str
kpt_values_problem(struct arena *arena, const struct spec_agent *agent, const struct kpt_values *values)
{
	const struct ynode *merged = values->merged;
	struct str problem = kind_problem(arena, values);
	problem = problem.len ? problem : secret_problem(merged);
	problem = problem.len ? problem : carrying_problem(arena, merged);
	problem = problem.len ? problem : label_problem(arena, values, "additionalLabels", NULL);
	problem = problem.len
		? problem
		: label_problem(arena, values, "podLabels", ynode_get(merged, STR("additionalLabels")));
	return problem.len ? problem : name_problem(arena, agent, values);
}
