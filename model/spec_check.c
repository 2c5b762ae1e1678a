#include "map.h"
#include "names.h"
#include "spec_parts.h"
#include "versions.h"
#include "ypath.h"

static struct str
quoted_name(struct spec_reader *reader, const struct spec_agent *agent)
{
	return arena_printf(reader->arena, "\"%.*s\"", STR_ARG(spec_agent_text(agent, "name")));
}

/* Reports the second of two agents that share what `key` says. */
static void
claim(struct spec_reader *reader, struct map *taken, struct str key, struct spec_agent *agent,
	const char *path, struct str message, struct str help)
{
	struct spec_agent *first = map_get(taken, key);
	if (!first) {
		map_put(reader->arena, taken, key, agent);
		return;
	}
	struct finding *finding = spec_agent_error(reader, agent, path, message, help);
	const struct ynode *place = spec_agent_place(first);
	finding_relate(reader->findings, finding, place->source, place->span, STR("the other agent"));
}

/*
 * A token stands for one agent: with another's, GitLab takes this agent for
 * that one. A receptive agent's Secret is its release's own, unless Flux reads
 * it beside the HelmRelease.
 */
static void
check_secret(struct spec_reader *reader, struct spec_agent *agent, struct map *secrets)
{
	struct arena *arena = reader->arena;
	struct str cluster = spec_agent_text(agent, "cluster"), space = spec_agent_text(agent, "namespace");
	struct str secret = spec_agent_text(agent, "token.secretName");

	if (ynode_get(agent->tree, STR("receptive"))) {
		if (!str_eq(spec_agent_text(agent, "install.method"), STR("flux"))) {
			return;
		}
		space = ynode_str(ynode_at(reader->spec->tree, "flux", "namespace", NULL));
	}
	claim(reader, secrets,
		arena_printf(arena, "%.*s %.*s %.*s", STR_ARG(cluster), STR_ARG(space), STR_ARG(secret)),
		agent, "token.secretName",
		arena_printf(arena,
			"the token in Secret \"%.*s\" of namespace \"%.*s\" in cluster \"%.*s\" is another "
			"agent's",
			STR_ARG(secret), STR_ARG(space), STR_ARG(cluster)),
		STR("each agent has its own token: state another token.secretName, like \"{agent}-token\""));
}

static void
check_unique(struct spec_reader *reader, struct spec_agent *agent, struct map *names, struct map *releases,
	struct map *secrets)
{
	struct arena *arena = reader->arena;
	struct str name = spec_agent_text(agent, "name"), cluster = spec_agent_text(agent, "cluster");
	struct str space = spec_agent_text(agent, "namespace"),
		   release = spec_agent_text(agent, "releaseName");

	if (map_get(names, name)) {
		claim(reader, names, name, agent, "name",
			arena_printf(arena, "two agents are named \"%.*s\"", STR_ARG(name)),
			STR("names of agents are unique in their project"));
		return;
	}
	map_put(arena, names, name, agent);
	check_secret(reader, agent, secrets);
	claim(reader, releases,
		arena_printf(arena, "%.*s %.*s %.*s", STR_ARG(cluster), STR_ARG(space), STR_ARG(release)),
		agent, "releaseName",
		arena_printf(arena,
			"release \"%.*s\" in namespace \"%.*s\" of cluster \"%.*s\" is another agent's",
			STR_ARG(release), STR_ARG(space), STR_ARG(cluster)),
		STR("give one of them another releaseName, namespace or cluster: one would overwrite the "
		    "other"));
}

/* Every agent with the Flux module answers every push
 * (docs.gitlab.com/user/clusters/agent/install, "Install multiple agents in your cluster"). */
static void
check_flux_modules(struct spec_reader *reader, struct spec_agent *agent, struct map *clusters)
{
	struct str cluster = spec_agent_text(agent, "cluster");
	if (!str_eq(spec_agent_text(agent, "features.flux"), STR("true"))) {
		return;
	}
	struct spec_agent *first = map_get(clusters, cluster);
	if (!first) {
		map_put(reader->arena, clusters, cluster, agent);
		return;
	}
	struct finding *finding = spec_report(reader, SEVERITY_WARNING, spec_agent_place(agent), NULL,
		arena_printf(reader->arena, "two agents of cluster \"%.*s\" run the Flux module",
			STR_ARG(cluster)),
		STR("set features.flux: false on all but one: each of them answers every push"));
	const struct ynode *place = spec_agent_place(first);
	finding_relate(reader->findings, finding, place->source, place->span, STR("the other agent"));
}

/* The version is the tag: fluxcd.io/flux/components/source/ocirepositories, "URL". */
static void
check_registry(struct spec_reader *reader, const struct ynode *url)
{
	struct str text = ynode_str(url), rest = str_skip(text, STR("oci://").len);
	struct str path = str_skip(rest, str_find_char(rest, '/'));
	if (str_starts(text, STR("oci://")) && (str_has_char(path, ':') || str_has_char(path, '@'))) {
		(void)spec_report(reader, SEVERITY_ERROR, url, NULL,
			arena_printf(reader->arena, "\"%.*s\" has a tag or a digest", STR_ARG(text)),
			STR("leave it out: chart.version is the tag"));
	}
}

void
spec_check_fleet(struct spec_reader *reader)
{
	struct map names = { 0 }, releases = { 0 }, secrets = { 0 }, clusters = { 0 };
	struct spec *spec = reader->spec;
	const struct ynode *source = ynode_at(spec->tree, "flux", "source", NULL);
	const struct ynode *url = ynode_get(source, STR("url"));

	for (size_t i = 0; i < spec->len; i++) {
		check_unique(reader, &spec->agents[i], &names, &releases, &secrets);
		check_flux_modules(reader, &spec->agents[i], &clusters);
	}
	check_registry(reader, url);
	if (str_eq(ynode_str(ynode_get(source, STR("kind"))), STR("OCIRepository"))
		&& !str_starts(ynode_str(url), STR("oci://"))) {
		(void)spec_report(reader, SEVERITY_ERROR, url, ynode_get(source, STR("kind")),
			STR("an OCIRepository without an oci:// address"),
			STR("state flux.source.url, like oci://registry.example.com/charts/gitlab-agent"));
	}
}

static void
require_feature(struct spec_reader *reader, const struct spec_agent *agent, const char *field,
	enum chart_feature feature)
{
	struct str chart = spec_agent_text(agent, "chart.version"), since = chart_since(feature);
	if (chart.len && ynode_is(ypath_dotted(agent->tree, str_from(field)), YNODE_SCALAR)
		&& !chart_has(chart, feature)) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "%s needs chart %.*s or newer, but chart.version is %.*s",
				field, STR_ARG(since), STR_ARG(chart)),
			STR("state a newer chart.version"));
	}
}

static void
check_chart(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct str chart = spec_agent_text(agent, "chart.version");
	struct str method = spec_agent_text(agent, "install.method");

	if (name_is_chart_version(chart) && !chart_at_least(chart, 1, 0, 0)) {
		(void)spec_agent_error(reader, agent, "chart.version",
			arena_printf(reader->arena, "chart %.*s is older than any that is supported",
				STR_ARG(chart)),
			STR("charts from 1.0.0 on (GitLab 15) are"));
	}
	if (!chart.len && !str_eq(method, STR("helm"))) {
		(void)spec_agent_error(reader, agent, "install.method",
			arena_printf(reader->arena, "agent %.*s is installed by %.*s without a chart.version",
				STR_ARG(quoted_name(reader, agent)), STR_ARG(method)),
			arena_printf(reader->arena,
				"state chart.version; %.*s is the newest that is known here",
				STR_ARG(chart_newest())));
	}
	require_feature(reader, agent, "receptive.url", CHART_RECEPTIVE);
	require_feature(reader, agent, "replicas", CHART_REPLICAS);
	require_feature(reader, agent, "proxy.httpProxy", CHART_EXTRA_ENV);
	require_feature(reader, agent, "proxy.httpsProxy", CHART_EXTRA_ENV);
	const struct ynode *headers = ypath_dotted(agent->tree, STR("kas.headers"));
	if (ynode_is(headers, YNODE_SEQUENCE) && headers->len && chart.len
		&& !chart_has(chart, CHART_KAS_HEADERS)) {
		(void)spec_agent_error(reader, agent, "kas.headers",
			arena_printf(reader->arena, "chart %.*s ignores headers", STR_ARG(chart)),
			STR("charts from 1.9.2 on send them"));
	}
}

/* The agent's minor should be GitLab's; one up or down is supported. */
static void
check_version(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct str gitlab = ynode_str(ynode_at(reader->spec->tree, "gitlab", "version", NULL));
	struct str tag = spec_agent_text(agent, "image.tag"), chart = spec_agent_text(agent, "chart.version");
	struct str version = tag.len ? tag : chart_agent_version(chart);
	int minors;

	if (!gitlab.len || !version_distance(version, gitlab, &minors) || minors <= 1) {
		return;
	}
	struct str better = chart_for_gitlab(gitlab);
	const struct ynode *at = ypath_dotted(agent->tree, tag.len ? STR("image.tag") : STR("chart.version"));
	(void)spec_report(reader, SEVERITY_WARNING, at, spec_agent_place(agent),
		arena_printf(reader->arena, "agentk %.*s is %d minor releases away from GitLab %.*s",
			STR_ARG(version), minors, STR_ARG(gitlab)),
		!tag.len && better.len ? arena_printf(
			reader->arena, "chart %.*s brings the agent of that GitLab", STR_ARG(better))
				       : STR("one up or down is supported"));
}

static void
check_tag(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct str tag = spec_agent_text(agent, "image.tag");
	if (tag.len && tag.ptr[0] >= '0' && tag.ptr[0] <= '9'
		&& !spec_agent_text(agent, "image.repository").len && name_is_gitlab_version(tag)) {
		(void)spec_report(reader, SEVERITY_WARNING, ypath_dotted(agent->tree, STR("image.tag")),
			spec_agent_place(agent),
			arena_printf(reader->arena, "there is no agentk image with the tag \"%.*s\"",
				STR_ARG(tag)),
			arena_printf(reader->arena, "tags begin with v: \"v%.*s\"", STR_ARG(tag)));
	}
}

static void
check_receptive(struct spec_reader *reader, const struct spec_agent *agent)
{
	static const char *const unwanted[] = { "kas.address", "kas.headers", "kas.caCertFile" };
	if (!ynode_get(agent->tree, STR("receptive"))) {
		return;
	}
	for (size_t i = 0; i < countof(unwanted); i++) {
		if (spec_agent_says(agent, unwanted[i])) {
			(void)spec_agent_error(reader, agent, unwanted[i],
				arena_printf(reader->arena, "agent %.*s is receptive and has %s",
					STR_ARG(quoted_name(reader, agent)), unwanted[i]),
				STR("keep one: a receptive agent is dialled by GitLab and connects nowhere"));
		}
	}
}

int
spec_stated_port(const struct ynode *values, const char *path)
{
	struct str stated = ynode_str(ypath_dotted(values, str_from(path)));
	size_t start = stated.len;
	int64_t port;
	while (start > 0 && stated.ptr[start - 1] != ':') {
		start--;
	}
	bool is_port = yscalar_int(str_skip(stated, start), &port) && port > 0 && port <= UINT16_MAX;
	return stated.len && is_port ? (int)port : 0;
}

/* The chart's template fails when the two differ (templates/_helpers.tpl). */
static void
check_ports(struct spec_reader *reader, const struct spec_agent *agent)
{
	static const char *const pairs[][2] = { { "config.api.listenAddress", "service.internalPort" },
		{ "config.privateApi.listenAddress", "service.privateApiPort" } };
	const struct ynode *values = ynode_get(agent->tree, STR("values"));
	for (size_t i = 0; i < countof(pairs) && ynode_get(agent->tree, STR("receptive")); i++) {
		int listen = spec_stated_port(values, pairs[i][0]),
		    service = spec_stated_port(values, pairs[i][1]);
		if (listen && service && listen != service) {
			(void)spec_report(reader, SEVERITY_ERROR, ypath_dotted(values, str_from(pairs[i][1])),
				spec_agent_place(agent),
				arena_printf(reader->arena, "%s is %d, but %s listens on %d", pairs[i][1],
					service, pairs[i][0], listen),
				STR("the chart refuses ports that differ: state one of them, the other "
				    "follows"));
		}
	}
}

static void
check_address(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct str address = spec_agent_text(agent, "kas.address");
	struct url url;
	if (!url_parse(address, &url) || !name_is_kas_url(address) || !str_starts(url.scheme, STR("ws"))) {
		return;
	}
	if (str_ends(url.path, STR("/-/kubernetes-agent"))) {
		(void)spec_agent_error(reader, agent, "kas.address",
			arena_printf(reader->arena, "\"%.*s\" lacks the slash at its end", STR_ARG(address)),
			arena_printf(reader->arena,
				"GitLab answers with a redirect, which agentk does not follow: %.*s/",
				STR_ARG(address)));
	} else if (str_find(url.path, STR("/k8s-proxy")) < url.path.len) {
		(void)spec_agent_error(reader, agent, "kas.address",
			arena_printf(reader->arena, "\"%.*s\" is the address of the Kubernetes API proxy",
				STR_ARG(address)),
			STR("agents connect to the address without k8s-proxy"));
	}
}

static void
check_service_account(struct spec_reader *reader, const struct spec_agent *agent)
{
	bool is_made = str_eq(spec_agent_text(agent, "serviceAccount.create"), STR("true"));
	if (!is_made && !spec_agent_text(agent, "serviceAccount.name").len) {
		(void)spec_agent_error(reader, agent, "serviceAccount.create",
			arena_printf(reader->arena, "agent %.*s uses a ServiceAccount without a name",
				STR_ARG(quoted_name(reader, agent))),
			STR("state serviceAccount.name: the chart would take the namespace's default one"));
	}
}

static void
check_scanning(struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *scanning = ypath_dotted(agent->tree, STR("config.container_scanning"));
	if (ynode_is(scanning, YNODE_MAPPING)
		&& !str_eq(spec_agent_text(agent, "features.ocs"), STR("true"))) {
		(void)spec_report(reader, SEVERITY_WARNING, scanning, spec_agent_place(agent),
			STR("config.container_scanning does nothing while features.ocs is false"),
			STR("set features.ocs: true, or drop the configuration"));
	}
}

void
spec_check_agent(struct spec_reader *reader, struct spec_agent *agent)
{
	spec_check_names(reader, agent);
	spec_derive_kas(reader, agent);
	spec_read_files(reader, agent);
	check_chart(reader, agent);
	check_version(reader, agent);
	check_tag(reader, agent);
	check_receptive(reader, agent);
	check_ports(reader, agent);
	check_address(reader, agent);
	check_service_account(reader, agent);
	check_scanning(reader, agent);
	spec_check_values(reader, agent);
	spec_check_access(reader, agent);
}
