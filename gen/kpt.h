/* A kpt package: what the templates of the output kpt place, and who has which file. */
#ifndef GLAGENT_GEN_KPT_H
#define GLAGENT_GEN_KPT_H

#include "buf.h"
#include "spec.h"

/* Why there is no package that is what the chart renders for that agent; empty: there is. */
struct str kpt_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* Which chart the package is made of: each has files of its own. */
bool kpt_is_1_11_1(const struct spec *spec, const struct spec_agent *agent);
bool kpt_is_2_6_2(const struct spec *spec, const struct spec_agent *agent);

/* Does the package hold its namespace? One that several agents of a cluster share is the first one's;
 * Kubernetes' own exist already. */
bool kpt_has_namespace(const struct spec *spec, const struct spec_agent *agent);

bool kpt_has_rbac(const struct spec *spec, const struct spec_agent *agent);

/*
 * The scope of all templates of a package; the agent is not refused. Texts that a setter replaces whole are
 * in quotes, so that they stay texts whatever it puts there.
 *
 *	chartValues        what the chart's templates read: its own values under
 *	                   those of the output values
 *	namespace          as context_derive has it, in quotes
 *	fullname, deployment  names, as the chart makes them
 *	labels, selector   of every object; of the pods
 *	account {isMade, name, annotations}
 *	binding {role}     what the chart's own binding grants
 *	scans              operational container scanning is on
 *	tokenSecret, tlsSecret  names; absent when there is none
 *	setters {kasAddress, imageRepository, imageTag, replicas}
 *	pod {annotations, labels, headers, scans, limitsCpu, limitsMemory, …}
 *	                   parts that the chart leaves out where values are empty
 */
const struct ynode *kpt_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* rbac_scope with comments for the setter of the namespace: accountSet, objectSet and spaceSet. */
const struct ynode *kpt_rbac_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* Prints as kpt itself writes, so that it changes nothing else when it changes a setter's field; one document
 * an item of a sequence. No marker stands behind the first comments, for kpt would drop them. */
void kpt_print(struct arena *arena, struct buf *out, const struct ydoc *document);

#endif
