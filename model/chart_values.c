#include "chart_values.h"

#include "versions.h"

enum { SLIPS_MAX = 2, LONG_BYTES = 8, SURE_BYTES = 4 }; /* a short name is near to many */

/*
 * By the chart's templates in its releases 1.0.0 to 1.11.1 and 2.6.2; what came between those is dated by the
 * latter, what came later by what was said of it.
 */
static const struct chart_key keys[] = {
	{ .path = STR_INIT("image"), .kind = CHART_GROUP },
	{ .path = STR_INIT("image.repository"), .kind = CHART_TEXT },
	{ .path = STR_INIT("image.pullPolicy"), .kind = CHART_TEXT },
	{ .path = STR_INIT("image.tag"), .kind = CHART_TEXT },
	{ .path = STR_INIT("imagePullSecrets"), .kind = CHART_LIST },
	{ .path = STR_INIT("nameOverride"), .kind = CHART_TEXT },
	{ .path = STR_INIT("fullnameOverride"), .kind = CHART_TEXT },
	{ .path = STR_INIT("replicas"), .kind = CHART_NUMBER, .since = STR_INIT("1.9.1") },
	{ .path = STR_INIT("revisionHistoryLimit"), .kind = CHART_NUMBER, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("maxSurge"), .kind = CHART_TEXT, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("maxUnavailable"), .kind = CHART_TEXT, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("rbac"), .kind = CHART_GROUP },
	{ .path = STR_INIT("rbac.create"), .kind = CHART_FLAG },
	{ .path = STR_INIT("rbac.useExistingRole"), .kind = CHART_TEXT, .since = STR_INIT("1.9.0") },
	{ .path = STR_INIT("serviceAccount"), .kind = CHART_GROUP },
	{ .path = STR_INIT("serviceAccount.create"), .kind = CHART_FLAG },
	{ .path = STR_INIT("serviceAccount.annotations"), .kind = CHART_MAPPING },
	{ .path = STR_INIT("serviceAccount.name"), .kind = CHART_TEXT },
	{ .path = STR_INIT("podSecurityContext"), .kind = CHART_MAPPING, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("securityContext"), .kind = CHART_MAPPING, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("podAnnotations"), .kind = CHART_MAPPING },
	{ .path = STR_INIT("podLabels"), .kind = CHART_MAPPING, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("additionalLabels"), .kind = CHART_MAPPING, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("serviceMonitor"), .kind = CHART_GROUP, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("serviceMonitor.enabled"), .kind = CHART_FLAG, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("config"), .kind = CHART_GROUP },
	{ .path = STR_INIT("config.kasAddress"), .kind = CHART_TEXT },
	{ .path = STR_INIT("config.kasHeaders"), .kind = CHART_LIST, .since = STR_INIT("1.7.0") },
	{ .path = STR_INIT("config.token"), .kind = CHART_TEXT },
	{ .path = STR_INIT("config.secretName"), .kind = CHART_TEXT },
	{ .path = STR_INIT("config.kasCaCert"), .kind = CHART_TEXT, .since = STR_INIT("2.0.0") },
	{ .path = STR_INIT("config.caCert"),
		.kind = CHART_TEXT,
		.until = STR_INIT("2.0.0"),
		.successor = STR_INIT("config.kasCaCert") },
	{ .path = STR_INIT("config.observability"), .kind = CHART_GROUP, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.enabled"), .kind = CHART_FLAG, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("config.observability.tls"), .kind = CHART_GROUP, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.enabled"),
		.kind = CHART_FLAG,
		.since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.cert"), .kind = CHART_TEXT, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.key"), .kind = CHART_TEXT, .since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.secret"),
		.kind = CHART_GROUP,
		.since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.secret.create"),
		.kind = CHART_FLAG,
		.since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.observability.tls.secret.name"),
		.kind = CHART_TEXT,
		.since = STR_INIT("1.6.0") },
	{ .path = STR_INIT("config.operational_container_scanning"),
		.kind = CHART_GROUP,
		.since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("config.operational_container_scanning.enabled"),
		.kind = CHART_FLAG,
		.since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("config.operational_container_scanning.serviceAccount"),
		.kind = CHART_MAPPING,
		.since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.receptive"), .kind = CHART_GROUP, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.receptive.enabled"), .kind = CHART_FLAG, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.api"), .kind = CHART_GROUP, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.api.listenNetwork"), .kind = CHART_TEXT, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.api.listenAddress"), .kind = CHART_TEXT, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.api.jwtPublicKey"), .kind = CHART_TEXT, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.api.tls"), .kind = CHART_MAPPING, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.privateApi"), .kind = CHART_GROUP, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.privateApi.listenNetwork"),
		.kind = CHART_TEXT,
		.since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.privateApi.listenAddress"),
		.kind = CHART_TEXT,
		.since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("config.privateApi.tls"), .kind = CHART_MAPPING, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service"), .kind = CHART_GROUP, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.type"), .kind = CHART_TEXT, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.externalPort"), .kind = CHART_NUMBER, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.internalPort"), .kind = CHART_NUMBER, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.privateApiPort"), .kind = CHART_NUMBER, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.loadBalancerIP"), .kind = CHART_TEXT, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("service.loadBalancerSourceRanges"),
		.kind = CHART_LIST,
		.since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("ingress"), .kind = CHART_MAPPING, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("ingress-nginx"), .kind = CHART_MAPPING, .since = STR_INIT("2.8.0") },
	{ .path = STR_INIT("extraEnv"), .kind = CHART_LIST, .since = STR_INIT("1.1.0") },
	{ .path = STR_INIT("extraArgs"), .kind = CHART_LIST, .since = STR_INIT("1.11.1") },
	{ .path = STR_INIT("extraVolumeMounts"), .kind = CHART_LIST, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("extraVolumes"), .kind = CHART_LIST, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("extraManifests"), .kind = CHART_LIST, .since = STR_INIT("2.30.0") },
	{ .path = STR_INIT("initContainers"), .kind = CHART_LIST, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("resources"), .kind = CHART_MAPPING },
	{ .path = STR_INIT("nodeSelector"), .kind = CHART_MAPPING },
	{ .path = STR_INIT("tolerations"), .kind = CHART_LIST },
	{ .path = STR_INIT("affinity"), .kind = CHART_MAPPING },
	{ .path = STR_INIT("priorityClassName"), .kind = CHART_TEXT, .since = STR_INIT("1.10.0") },
	{ .path = STR_INIT("runtimeClassName"), .kind = CHART_TEXT, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("terminationMessagePolicy"), .kind = CHART_TEXT, .since = STR_INIT("2.6.2") },
	{ .path = STR_INIT("hostAliases"), .kind = CHART_LIST, .since = STR_INIT("1.9.0") },
};

const struct chart_key *
chart_key_find(struct str path)
{
	for (size_t i = 0; i < countof(keys); i++) {
		if (str_eq(keys[i].path, path)) {
			return &keys[i];
		}
	}
	return NULL;
}

bool
chart_keys_are_known(struct str chart)
{
	bool is_early = chart_at_least(chart, 1, 0, 0) && !chart_at_least(chart, 1, 11, 2);
	return chart_agent_version(chart).len > 0 && (is_early || str_eq(chart, STR("2.6.2")));
}

bool
chart_key_is_read(const struct chart_key *key, struct str chart)
{
	struct version version, bound;
	if (!version_parse(chart, &version)) {
		return true;
	}
	bool is_gone = version_parse(key->until, &bound) && version_compare(version, bound) >= 0;
	bool is_to_come = chart_keys_are_known(chart) && version_parse(key->since, &bound)
		&& version_compare(version, bound) < 0;
	return !is_gone && !is_to_come;
}

/* "config." of "config.token"; empty at the top. */
static struct str
group_of(struct str path)
{
	size_t end = path.len;
	while (end > 0 && path.ptr[end - 1] != '.') {
		end--;
	}
	return str_first(path, end);
}

struct str
chart_key_name(struct str path)
{
	return str_skip(path, group_of(path).len);
}

/* Another case alone is one slip. */
static size_t
slips(struct str a, struct str b)
{
	return str_eq_nocase(a, b) ? 1 : str_distance(a, b, SLIPS_MAX);
}

const struct chart_key *
chart_key_near(struct str path, struct str chart)
{
	struct str name = chart_key_name(path);
	const struct chart_key *nearest = NULL;
	size_t best = SLIPS_MAX + 1;
	for (size_t i = 0; i < countof(keys); i++) {
		if (!str_eq(group_of(keys[i].path), group_of(path)) || !chart_key_is_read(&keys[i], chart)) {
			continue;
		}
		size_t distance = slips(name, chart_key_name(keys[i].path));
		if (distance < best) {
			nearest = &keys[i];
			best = distance;
		} else if (distance == best) {
			nearest = NULL;
		}
	}
	return name.len >= (best == 1 ? SURE_BYTES : LONG_BYTES) ? nearest : NULL;
}

const struct chart_key *
chart_key_elsewhere(struct str path, struct str chart)
{
	const struct chart_key *found = NULL;
	for (size_t i = 0; i < countof(keys); i++) {
		if (str_eq(chart_key_name(keys[i].path), chart_key_name(path))
			&& chart_key_is_read(&keys[i], chart)) {
			if (found) {
				return NULL;
			}
			found = &keys[i];
		}
	}
	return found;
}
