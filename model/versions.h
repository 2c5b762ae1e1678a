/*
 * Versions of the official gitlab-agent chart, of the agent in it and of
 * GitLab. Chart and agent do not go by a formula (patch releases, two minors in
 * one cycle), so what is known is a table; what is not known is not guessed.
 */
#ifndef GLAGENT_VERSIONS_H
#define GLAGENT_VERSIONS_H

#include "str.h"

struct version {
	unsigned major, minor, patch;
	bool is_prerelease;
};

/* Reads "17.6", "2.9.1", "v17.6.1-ee"; false for anything else. */
bool version_parse(struct str text, struct version *ret_version) NODISCARD;

int version_compare(struct version a, struct version b);

/* "2.6.2" and "v2.6.2" are versions, without the v; "2.6" and "~2.6.2" are ranges: empty. */
struct str chart_exact_version(struct str text);

/* Version of the agent in that chart, "v17.6.1"; empty when the chart is not in the table. */
struct str chart_agent_version(struct str chart);

/* The newest chart in the table. */
struct str chart_newest(void);

/* The newest chart in the table whose agent has that GitLab's major and minor; empty when there is none. */
struct str chart_for_gitlab(struct str gitlab);

/* Is `chart` a readable version and at least major.minor.patch? */
bool chart_at_least(struct str chart, unsigned major, unsigned minor, unsigned patch);

/* What came to the chart's values, and with which chart. */
enum chart_feature {
	CHART_EXTRA_ENV,
	CHART_REPLICAS,
	CHART_KAS_HEADERS,
	CHART_KAS_CA_CERT, /* config.kasCaCert; config.caCert before */
	CHART_RECEPTIVE,
	CHART_FEATURE_COUNT
};

/* Does `chart` have it? An unreadable version has everything. */
bool chart_has(struct str chart, enum chart_feature feature);

/* The first chart that has it, "2.8.0". */
struct str chart_since(enum chart_feature feature);

/* Minor releases between an agent and its GitLab, across majors (11 is the last minor of each since 15);
 * false when either is older than 15 or cannot be read. One is supported
 * (docs.gitlab.com/user/clusters/agent/install, "Updates and version compatibility"). */
bool version_distance(struct str agent, struct str gitlab, int *ret_minors) NODISCARD;

#endif
