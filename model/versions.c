#include "versions.h"

enum { MINORS_PER_MAJOR = 12, FIRST_EVEN_MAJOR = 15, DIGITS_MAX = 6 };

/*
 * Chart and the agent in it: appVersion of Chart.yaml at each release of
 * gitlab.com/gitlab-org/charts/gitlab-agent. Only what is known; ascending.
 */
static const struct {
	struct str chart, agent;
} charts[] = {
	{ STR_INIT("1.0.0"), STR_INIT("v15.0.0") },
	{ STR_INIT("1.1.0"), STR_INIT("v15.0.0") },
	{ STR_INIT("1.2.0"), STR_INIT("v15.1.0") },
	{ STR_INIT("1.3.0"), STR_INIT("v15.2.0") },
	{ STR_INIT("1.4.0"), STR_INIT("v15.3.0") },
	{ STR_INIT("1.5.0"), STR_INIT("v15.4.0") },
	{ STR_INIT("1.6.0"), STR_INIT("v15.5.1") },
	{ STR_INIT("1.7.0"), STR_INIT("v15.5.1") },
	{ STR_INIT("1.8.0"), STR_INIT("v15.6.0") },
	{ STR_INIT("1.9.0"), STR_INIT("v15.7.0") },
	{ STR_INIT("1.9.1"), STR_INIT("v15.7.0") },
	{ STR_INIT("1.9.2"), STR_INIT("v15.7.0") },
	{ STR_INIT("1.10.0"), STR_INIT("v15.8.0") },
	{ STR_INIT("1.11.0"), STR_INIT("v15.9.0") },
	{ STR_INIT("1.11.1"), STR_INIT("v15.9.0") },
	{ STR_INIT("1.15.0"), STR_INIT("v16.1.3") },
	{ STR_INIT("2.1.0"), STR_INIT("v17.0.0") },
	{ STR_INIT("2.6.2"), STR_INIT("v17.3.1") },
	{ STR_INIT("2.9.1"), STR_INIT("v17.6.1") },
	{ STR_INIT("2.10.0"), STR_INIT("v17.7.0") },
	{ STR_INIT("2.18.1"), STR_INIT("v18.3.2") },
	{ STR_INIT("2.20.1"), STR_INIT("v18.5.2") },
	{ STR_INIT("2.24.0"), STR_INIT("v18.9.0") },
	{ STR_INIT("2.25.0"), STR_INIT("v18.10.0") },
	{ STR_INIT("2.27.0"), STR_INIT("v19.0.0") },
	{ STR_INIT("2.28.0"), STR_INIT("v19.1.0") },
	{ STR_INIT("2.29.0"), STR_INIT("v19.2.0") },
	{ STR_INIT("2.30.0"), STR_INIT("v19.3.0") },
	{ STR_INIT("2.31.0"), STR_INIT("v19.3.1") },
	{ STR_INIT("2.32.0"), STR_INIT("v19.4.0") },
};

/* The chart's changelog and templates; kasHeaders stood in 1.7.0 already but was ignored until 1.9.2. */
static const struct str feature_since[] = {
	[CHART_EXTRA_ENV] = STR_INIT("1.1.0"),
	[CHART_REPLICAS] = STR_INIT("1.9.1"),
	[CHART_KAS_HEADERS] = STR_INIT("1.9.2"),
	[CHART_KAS_CA_CERT] = STR_INIT("2.0.0"),
	[CHART_RECEPTIVE] = STR_INIT("2.8.0"),
};
static_assert(countof(feature_since) == CHART_FEATURE_COUNT, "a row each");

/* Digits off the start of `*rest`. */
static bool
take_number(struct str *rest, unsigned *ret_number)
{
	unsigned number = 0;
	size_t n = 0;
	while (n < rest->len && rest->ptr[n] >= '0' && rest->ptr[n] <= '9' && n < DIGITS_MAX) {
		number = number * 10 + (unsigned)(rest->ptr[n++] - '0');
	}
	*rest = str_skip(*rest, n);
	*ret_number = number;
	return n > 0;
}

static bool
take_dot(struct str *rest)
{
	bool is_dot = rest->len > 0 && rest->ptr[0] == '.';
	*rest = str_skip(*rest, is_dot ? 1 : 0);
	return is_dot;
}

bool
version_parse(struct str text, struct version *ret_version)
{
	struct str rest = str_starts(text, STR("v")) ? str_skip(text, 1) : text;
	struct version version = { 0 };

	if (!take_number(&rest, &version.major) || !take_dot(&rest) || !take_number(&rest, &version.minor)) {
		return false;
	}
	if (take_dot(&rest) && !take_number(&rest, &version.patch)) {
		return false;
	}
	if (rest.len > 0 && rest.ptr[0] != '-' && rest.ptr[0] != '+') {
		return false;
	}
	/* "-ee" and "-ce" name an edition, not a version before the release. */
	version.is_prerelease =
		str_starts(rest, STR("-")) && !str_starts(rest, STR("-ee")) && !str_starts(rest, STR("-ce"));
	*ret_version = version;
	return true;
}

static int
compare_numbers(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

int
version_compare(struct version a, struct version b)
{
	int order = compare_numbers(a.major, b.major);
	order = order ? order : compare_numbers(a.minor, b.minor);
	order = order ? order : compare_numbers(a.patch, b.patch);
	return order ? order : (int)b.is_prerelease - (int)a.is_prerelease;
}

struct str
chart_agent_version(struct str chart)
{
	for (size_t i = 0; i < countof(charts); i++) {
		if (str_eq(charts[i].chart, chart)) {
			return charts[i].agent;
		}
	}
	return STR("");
}

struct str
chart_newest(void)
{
	return charts[countof(charts) - 1].chart;
}

struct str
chart_for_gitlab(struct str gitlab)
{
	struct version wanted, agent;
	if (!version_parse(gitlab, &wanted)) {
		return STR("");
	}
	for (size_t i = countof(charts); i > 0; i--) {
		if (version_parse(charts[i - 1].agent, &agent) && agent.major == wanted.major
			&& agent.minor == wanted.minor) {
			return charts[i - 1].chart;
		}
	}
	return STR("");
}

bool
chart_at_least(struct str chart, unsigned major, unsigned minor, unsigned patch)
{
	struct version version;
	return version_parse(chart, &version)
		&& version_compare(version, (struct version){ major, minor, patch, false }) >= 0;
}

bool
chart_has(struct str chart, enum chart_feature feature)
{
	struct version version, since;
	return !version_parse(chart, &version) || !version_parse(feature_since[feature], &since)
		|| version_compare(version, since) >= 0;
}

struct str
chart_since(enum chart_feature feature)
{
	return feature_since[feature];
}

bool
version_distance(struct str agent, struct str gitlab, int *ret_minors)
{
	struct version a, b;
	if (!version_parse(agent, &a) || !version_parse(gitlab, &b) || a.major < FIRST_EVEN_MAJOR
		|| b.major < FIRST_EVEN_MAJOR) {
		return false;
	}
	int minors = ((int)a.major - (int)b.major) * MINORS_PER_MAJOR + (int)a.minor - (int)b.minor;
	*ret_minors = minors < 0 ? -minors : minors;
	return true;
}

struct str
chart_exact_version(struct str text)
{
	struct version version;
	struct str bare = str_starts(text, STR("v")) ? str_skip(text, 1) : text;
	size_t dots = 0;
	for (size_t i = 0; i < bare.len; i++) {
		dots += bare.ptr[i] == '.';
	}
	bool is_whole = dots == 2 && !str_has_char(bare, ' ') && version_parse(bare, &version);
	return is_whole && !version.is_prerelease ? bare : STR("");
}
