#include "flux_objects.h"
#include "lost_agents.h"

static bool
is_source_kind(struct str kind)
{
	static const struct str kinds[] = { STR_INIT("GitRepository"), STR_INIT("OCIRepository"),
		STR_INIT("HelmRepository"), STR_INIT("Bucket"), STR_INIT("HelmChart") };
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kind, kinds[i])) {
			return true;
		}
	}
	return false; /* an ExternalArtifact is made by a controller */
}

/* Is all known that the cluster gets, but for what this very object would bring? */
static bool
is_all_known(const struct applied *applied)
{
	const struct flux_root *root = applied->cluster->root;
	return root->is_complete
		|| (root->incomplete_at == applied->object->written && root->is_lacking_source);
}

/* FX003 tells of the agent's source where nothing applies it. */
static bool
is_lost_agent_source(const struct lint *lint, const struct reference *source)
{
	struct lost_agents lost;
	const struct resource *unapplied = reference_find_unapplied(lint_repository(lint), source);
	if (!unapplied) {
		return false;
	}
	lost_agents_collect(lint_arena(lint), lint_repository(lint), &lost);
	return lost_agents_hold(&lost, unapplied->file);
}

static void
check_reference(struct lint *lint, const struct applied *applied, const struct ynode *node)
{
	struct reference source;
	if (!reference_read(applied, node, &source)) {
		return;
	}
	source.group = FLUX_SOURCE_GROUP;
	source.kind = ynode_str(ynode_get(node, STR("kind")));
	if (!is_source_kind(source.kind) || reference_is_met(&source)
		|| reference_find_renamed(&source) /* FX034 tells of it */
		|| is_lost_agent_source(lint, &source)) {
		return;
	}
	struct str message = arena_printf(lint_arena(lint),
		"nothing here makes the %.*s \"%.*s/%.*s\" that this %.*s reads", STR_ARG(source.kind),
		STR_ARG(source.namespace), STR_ARG(source.name), STR_ARG(applied->object->id.kind));
	(void)reference_report(lint, &source, message);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	if (!applied->cluster || !is_all_known(applied)) {
		return;
	}
	each_source_reference(lint, applied, check_reference);
}

const struct rule rule_FX007 = {
	.code = "FX007",
	.name = "source-ref-unresolved",
	.summary = "A `sourceRef` or `chartRef` names a source that this repository does not make in the "
		   "cluster.",
	.rationale =
		"A Kustomization or HelmRelease reads the source of the kind, name and namespace that its "
		"reference says; without a namespace, of its own one. `targetNamespace`, a name prefix and "
		"the like rename the source, and not the reference. Where there is no such source the "
		"object stays at *ArtifactFailed* or *HelmChart is not ready*, and applies "
		"nothing.\n\nInformation, for the source may be made by something else; a warning where "
		"one of nearly the same name, of the same name in another namespace, or of another kind is "
		"there. What `flux bootstrap` makes is known. Said only where all is known that the cluster "
		"gets from this repository.",
	.advice = "Correct kind, name or namespace, or commit the source.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.check_applied = check,
};
