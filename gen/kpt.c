#include "kpt.h"

#include "chart.h"
#include "kpt_values.h"
#include "names.h"
#include "rbac.h"
#include "versions.h"
#include "yemit.h"
#include "ymerge.h"
#include "ypath.h"
#include "yscalar.h"

enum { DEPLOYMENT_BYTES_MAX = 60 }; /* of the chart's "fullname" in the Deployment's name */

static const struct ynode *
text(struct arena *arena, struct str s)
{
	return s.len ? ynode_scalar(arena, s, YSTYLE_QUOTED) : NULL;
}

/* A text that stays one when a setter puts 123 in its place. */
static const struct ynode *
settable(struct arena *arena, struct str s)
{
	return s.len ? ynode_scalar(arena, s, YSTYLE_MARKED) : NULL;
}

static const struct ynode *
truth(struct arena *arena, bool is_true)
{
	return is_true ? ynode_scalar(arena, STR("true"), YSTYLE_PLAIN) : NULL;
}

/* Truth as Go's templates see it: neither absent nor empty, zero or false. */
static const struct ynode *
unless_empty(const struct ynode *node)
{
	node = ynode_follow(node);
	if (!node || node->len == 0) {
		return NULL;
	}
	switch (ynode_type(node, YDIALECT_SIGS_YAML)) {
	case YTYPE_NULL:
		return NULL;
	case YTYPE_BOOL:
		return yscalar_bool(ynode_str(node)) ? node : NULL;
	case YTYPE_INT:
	case YTYPE_FLOAT:
		return yscalar_number(ynode_str(node)) != 0 ? node : NULL;
	case YTYPE_STRING:
	case YTYPE_SEQUENCE:
	case YTYPE_MAPPING:
	case YTYPE_COUNT:
		break;
	}
	return node;
}

static const struct ynode *
value_at(const struct ynode *values, const char *path)
{
	return unless_empty(ypath_dotted(values, str_from(path)));
}

struct str
kpt_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	const char *version = agent->view.chart.version, *name = agent->view.name;
	struct kpt_values values;
	struct str problem = STR("");
	if (!version) {
		return arena_printf(arena,
			"agent \"%s\" states no chart.version: a package is made of a chart, and known here "
			"are the objects of %.*s",
			name, STR_ARG(kpt_chart_versions(arena)));
	}
	if (!kpt_chart(version)) {
		return arena_printf(arena,
			"chart.version of agent \"%s\" is %s, whose objects are not known here: those of "
			"%.*s are",
			name, version, STR_ARG(kpt_chart_versions(arena)));
	}
	if (agent->view.receptive.url) {
		return arena_printf(
			arena, "agent \"%s\" is receptive, which chart %s cannot be", name, version);
	}
	if (kpt_values_read(arena, spec, agent, &values, &problem)) {
		problem = kpt_values_problem(arena, agent, &values);
	}
	return problem.len ? arena_printf(arena, "values of agent \"%s\": %.*s", name, STR_ARG(problem))
			   : problem;
}

bool
kpt_is_1_11_1(const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return strcmp(agent->view.chart.version, "1.11.1") == 0;
}

bool
kpt_is_2_6_2(const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return strcmp(agent->view.chart.version, "2.6.2") == 0;
}

bool
kpt_has_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	const char *space = agent->view.namespace;
	if (!agent->view.create_namespace || name_is_kubernetes_namespace(str_from(space))) {
		return false;
	}
	for (const struct spec_agent *other = spec->agents; other < agent; other++) {
		if (other->view.create_namespace && strcmp(other->view.cluster, agent->view.cluster) == 0
			&& strcmp(other->view.namespace, space) == 0) {
			return false;
		}
	}
	return true;
}

bool
kpt_has_rbac(const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return rbac_is_needed(agent);
}

/* A mapping under construction, with what it is made from. */
struct builder {
	struct arena *arena;
	const struct spec_agent *agent;
	const struct kpt_chart *chart;
	const struct ynode *values;
	struct str fullname;
	struct ylist map;
};

static void
put_names(struct builder *b)
{
	struct arena *arena = b->arena;
	struct str secret = ynode_str(ypath_dotted(b->values, STR("config.secretName")));
	struct str deployment = b->fullname;
	if (b->chart->suffix) {
		struct str stem = str_first(b->fullname, DEPLOYMENT_BYTES_MAX);
		deployment = arena_printf(arena, "%.*s%s", STR_ARG(stem), b->chart->suffix);
	}
	ylist_put(&b->map, STR("namespace"), settable(arena, str_from(b->agent->view.namespace)));
	ylist_put(&b->map, STR("fullname"), text(arena, b->fullname));
	ylist_put(&b->map, STR("deployment"), text(arena, deployment));
	ylist_put(&b->map, STR("tokenSecret"), settable(arena, secret));
}

/* Where Helm names itself, we name ourselves, and helm.sh/chart is not there. */
static const struct ynode *
put_labels(struct builder *b)
{
	struct arena *arena = b->arena;
	struct ylist selector = ylist_mapping(arena), labels = ylist_mapping(arena);
	const struct ynode *name = text(arena, chart_name(b->values));
	struct str second = b->chart->tells_releases ? STR("app.kubernetes.io/instance") : STR("app");
	const struct ynode *instance = text(arena, str_from(b->agent->view.release_name));
	ylist_put(&selector, STR("app.kubernetes.io/name"), name);
	ylist_put(&selector, second, b->chart->tells_releases ? instance : name);
	ylist_put(&labels, STR("app.kubernetes.io/name"), name);
	ylist_put(&labels, second, b->chart->tells_releases ? instance : name);
	ylist_put(&labels, STR("app.kubernetes.io/version"),
		text(arena, chart_agent_version(str_from(b->chart->version))));
	ylist_put(&labels, STR("app.kubernetes.io/managed-by"), text(arena, STR("glagent-gen")));
	const struct ynode *all = ymerge(
		arena, labels.parent, ynode_get(b->values, STR("additionalLabels")), YMERGE_NULL_IS_VALUE);
	ylist_put(&b->map, STR("selector"), selector.parent);
	ylist_put(&b->map, STR("labels"), all);
	return all;
}

static void
put_account(struct builder *b)
{
	struct arena *arena = b->arena;
	struct ylist account = ylist_mapping(arena), binding = ylist_mapping(arena);
	struct str role = ynode_str(value_at(b->values, "rbac.useExistingRole"));
	bool binds = value_at(b->values, "rbac.create") != NULL;
	ylist_put(
		&account, STR("isMade"), truth(arena, value_at(b->values, "serviceAccount.create") != NULL));
	ylist_put(&account, STR("name"),
		text(arena, chart_service_account(arena, str_from(b->agent->view.release_name), b->values)));
	ylist_put(&account, STR("annotations"), value_at(b->values, "serviceAccount.annotations"));
	ylist_put(&binding, STR("role"), binds ? text(arena, role.len ? role : STR("cluster-admin")) : NULL);
	ylist_put(&b->map, STR("account"), account.parent);
	ylist_put(&b->map, STR("binding"), binding.parent);
}

/* A certificate of our own for the metrics, from a Secret that is there. */
static void
put_tls(struct builder *b)
{
	struct arena *arena = b->arena;
	struct str name = ynode_str(value_at(b->values, "config.observability.tls.secret.name"));
	if (value_at(b->values, "config.observability.tls.enabled")) {
		ylist_put(&b->map, STR("tlsSecret"),
			text(arena,
				name.len ? name
					 : arena_printf(arena, "%.*s-observability", STR_ARG(b->fullname))));
	}
}

static void
put_setters(struct builder *b)
{
	struct arena *arena = b->arena;
	struct ylist setters = ylist_mapping(arena);
	struct str tag = ynode_str(ypath_dotted(b->values, STR("image.tag")));
	struct str replicas = ynode_str(ynode_get(b->values, STR("replicas")));
	struct str address = ynode_str(ypath_dotted(b->values, STR("config.kasAddress")));
	ylist_put(&setters, STR("kasAddress"), ynode_scalar(arena, address, YSTYLE_MARKED));
	ylist_put(&setters, STR("imageRepository"),
		settable(arena, ynode_str(ypath_dotted(b->values, STR("image.repository")))));
	ylist_put(&setters, STR("imageTag"),
		settable(arena, tag.len ? tag : chart_agent_version(str_from(b->chart->version))));
	ylist_put(&setters, STR("replicas"), settable(arena, replicas));
	ylist_put(&b->map, STR("setters"), setters.parent);
}

/* Without observability Prometheus must not look for metrics. */
static const struct ynode *
pod_annotations(const struct builder *b)
{
	const struct ynode *stated = ynode_get(b->values, STR("podAnnotations"));
	struct ylist kept = ylist_mapping(b->arena);
	bool is_observed =
		!b->chart->can_be_unobserved || value_at(b->values, "config.observability.enabled") != NULL;
	for (const struct ynode *key = stated ? stated->first : NULL; key; key = key->next->next) {
		struct str name = ynode_str(key);
		bool is_scrape = str_eq(name, STR("prometheus.io/path"))
			|| str_eq(name, STR("prometheus.io/port"))
			|| str_eq(name, STR("prometheus.io/scrape"));
		if (is_observed || !is_scrape) {
			ylist_add(&kept, key);
			ylist_add(&kept, key->next);
		}
	}
	/* Where they can go, the chart writes {} when all are gone; else nothing. */
	return kept.parent->len || b->chart->can_be_unobserved ? kept.parent : NULL;
}

static const struct ynode *
header_arguments(const struct builder *b)
{
	const struct ynode *headers = value_at(b->values, "config.kasHeaders");
	struct ylist list = ylist_sequence(b->arena);
	for (const struct ynode *item = headers ? headers->first : NULL; item; item = item->next) {
		ylist_add(&list, text(b->arena, STR("--kas-header")));
		ylist_add(&list, item);
	}
	return list.parent;
}

static void
put_pod(struct builder *b, const struct ynode *labels)
{
	static const char *const parts[] = { "imagePullSecrets", "priorityClassName", "runtimeClassName",
		"initContainers", "nodeSelector", "affinity", "tolerations", "hostAliases" };
	struct arena *arena = b->arena;
	struct ylist pod = ylist_mapping(arena);
	bool scans = value_at(b->values, "config.operational_container_scanning.enabled") != NULL;

	ylist_put(&pod, STR("annotations"), pod_annotations(b));
	ylist_put(&pod, STR("labels"),
		ymerge(arena, labels, ynode_get(b->values, STR("podLabels")), YMERGE_NULL_IS_VALUE));
	ylist_put(&pod, STR("headers"), header_arguments(b));
	ylist_put(&pod, STR("scans"), text(arena, scans ? STR("true") : STR("false")));
	ylist_put(&pod, STR("limitsCpu"), truth(arena, value_at(b->values, "resources.limits.cpu") != NULL));
	ylist_put(&pod, STR("limitsMemory"),
		truth(arena, value_at(b->values, "resources.limits.memory") != NULL));
	for (size_t i = 0; i < countof(parts); i++) {
		ylist_put(&pod, str_from(parts[i]), value_at(b->values, parts[i]));
	}
	ylist_put(&b->map, STR("pod"), pod.parent);
	ylist_put(&b->map, STR("scans"), truth(arena, scans));
}

const struct ynode *
kpt_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct str problem;
	struct kpt_values values;
	bool is_read = kpt_values_read(arena, spec, agent, &values, &problem);
	assert(is_read);
	if (!is_read) {
		return NULL;
	}
	struct builder b = { .arena = arena,
		.agent = agent,
		.chart = values.chart,
		.values = values.merged,
		.fullname = chart_fullname(arena, str_from(agent->view.release_name), values.merged),
		.map = ylist_mapping(arena) };

	ylist_put(&b.map, STR("chartValues"), values.merged);
	put_names(&b);
	const struct ynode *labels = put_labels(&b);
	put_account(&b);
	put_tls(&b);
	put_setters(&b);
	put_pod(&b, labels);
	return b.map.parent;
}

void
kpt_print(struct arena *arena, struct buf *out, const struct ydoc *document)
{
	const struct ynode *root = document->root;
	(void)arena;
	if (document->head.len) {
		buf_addf(out, "%.*s\n", STR_ARG(document->head));
	}
	if (!ynode_is(root, YNODE_SEQUENCE)) {
		yemit_tight(out, root);
		return;
	}
	for (const struct ynode *item = root->first; item; item = item->next) {
		const struct yextra *extra = ynode_extra(item);
		buf_add(out, item == root->first ? STR("") : STR("---\n"));
		if (extra && extra->above.len) {
			buf_addf(out, "%.*s\n", STR_ARG(extra->above));
		}
		yemit_tight(out, item);
	}
}
