/* What the templates of a chart get to see, and whether what they make of it is known. */
#ifndef GLAGENT_KPT_VALUES_H
#define GLAGENT_KPT_VALUES_H

#include "spec.h"

/* A chart whose templates ours restate, and in what it differs from the others. */
struct kpt_chart {
	const char *version;
	const char *values;     /* the template with the chart's own values */
	const char *suffix;     /* of the Deployment's name, behind at most 60 bytes; NULL: its name is the
				   "fullname" */
	bool tells_releases;    /* the pods' selector has the release's name; else the chart's twice */
	bool can_be_unobserved; /* annotations for Prometheus go with config.observability.enabled */
};

/* The chart of that version, or NULL. */
const struct kpt_chart *kpt_chart(const char *version);

/* Their versions, "1.11.1 and 2.6.2". */
struct str kpt_chart_versions(struct arena *arena);

struct kpt_values {
	const struct kpt_chart *chart;
	const struct ynode *own;    /* the chart's */
	const struct ynode *merged; /* those of the output values over them, as Helm merges; without nulls */
};

/* The effective values of an agent that has such a chart. False with *ret_problem when it has none, or when
 * Helm cannot read them, or not each version alike. */
bool kpt_values_read(struct arena *arena, const struct spec *spec, const struct spec_agent *agent,
	struct kpt_values *ret_values, struct str *ret_problem) NODISCARD;

/*
 * Why what the chart renders from those values cannot be told, or should not be in a file: a value of another
 * kind than its templates expect, a text that they write without quotes and YAML takes for something else, a
 * secret. Empty: there is nothing of it. Speaks of the value only: "config.token is …".
 */
struct str kpt_values_problem(
	struct arena *arena, const struct spec_agent *agent, const struct kpt_values *values);

/* Is `text`, written without quotes, taken for that text? */
bool kpt_is_bare(struct arena *arena, struct str text);

#endif
