/*
 * Names that the official gitlab-agent chart gives to what it makes
 * (templates/_helpers.tpl, the same since 0.3.0).
 */
#ifndef GLAGENT_CHART_H
#define GLAGENT_CHART_H

#include "ytree.h"

/*
 * The chart's "fullname" of a release. `values` are the effective values, or
 * NULL for the chart's own: nameOverride and fullnameOverride count.
 */
struct str chart_fullname(struct arena *arena, struct str release, const struct ynode *values);

/* The chart's "name": its own, or nameOverride. */
struct str chart_name(const struct ynode *values);

/* Name of the ServiceAccount that the agent's pods run as; "default" when the chart makes none and values
 * name none. */
struct str chart_service_account(struct arena *arena, struct str release, const struct ynode *values);

#endif
