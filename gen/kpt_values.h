/* What the templates of a chart get to see, and whether what they make of it is known. */
#ifndef GLAGENT_KPT_VALUES_H
#define GLAGENT_KPT_VALUES_H

#include "spec.h"

/* The chart whose templates templates/kpt-…/ restate. */
#define KPT_CHART "2.6.2"

/*
 * The effective values: the chart's own under those of the output values, as Helm merges them, without nulls.
 * NULL with *ret_problem when no reader agrees on what they are: they are no JSON, or a null overrides
 * nothing.
 */
const struct ynode *kpt_values(struct arena *arena, const struct spec *spec, const struct spec_agent *agent,
	struct str *ret_problem);

/*
 * Why what the chart renders from those values cannot be told, or should not be in a file: a value of another
 * kind than its templates expect, a text that they write without quotes and YAML takes for something else, a
 * secret. Empty: there is nothing of it. Speaks of the value only: "config.token is …".
 */
struct str kpt_values_problem(
	struct arena *arena, const struct spec_agent *agent, const struct ynode *values);

/* Is `text`, written without quotes, taken for that text? */
bool kpt_is_bare(struct arena *arena, struct str text);

#endif
