/*
 * The Helm release that a HelmRelease makes: its name, where it and its record
 * go, and which chart from where. As helm-controller works them out
 * (api/v2/helmrelease_types.go, internal/release/name.go), of the object as a
 * cluster gets it.
 */
#ifndef GLAGENT_FLUX_RELEASE_H
#define GLAGENT_FLUX_RELEASE_H

#include "flux/clusters.h"

struct release {
	const struct applied *applied;
	const struct ynode *spec;
	/* What is written for them; NULL: nothing is, and the default holds. */
	const struct ynode *name_node, *target_node, *storage_node;
	/* Empty: something that is not known here fills them in. */
	struct str name;    /* as Helm gets it: a derived name that is too long is cut */
	struct str target;  /* namespace that the chart's objects go to */
	struct str storage; /* namespace that Helm keeps its record of the release in */

	const struct ynode *chart;     /* spec.chart.spec, or NULL */
	const struct ynode *reference; /* spec.chart.spec.sourceRef or spec.chartRef, or NULL */
	struct str chart_name;         /* of the chart, without the path before it; empty: not known */
	const struct applied *source;  /* what `reference` names, of the same cluster; NULL: it is not seen */
};

/* False when the object is no HelmRelease with a spec that is all there. */
bool release_read(struct arena *arena, const struct applied *applied, struct release *ret_release) NODISCARD;

/* Does it install the agent for Kubernetes? */
bool release_is_agent(const struct release *release);

/* Are fields that it does not have surely absent? Patches that are not seen here may lie between a loose
 * object and its cluster. */
bool release_is_settled(const struct release *release);

#endif
