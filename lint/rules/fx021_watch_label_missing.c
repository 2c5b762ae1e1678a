#include "applied_finding.h"

#define WATCH_LABEL "reconcile.fluxcd.io/watch"

enum { WATCH_MAJOR = 2, WATCH_MINOR = 7 };

/* Has the cluster a Flux that looks for the label? */
static bool
is_watched(const struct flux_version *version)
{
	return version->major > WATCH_MAJOR
		|| (version->major == WATCH_MAJOR && version->minor >= WATCH_MINOR);
}

/* The name under which `reader` takes values from the object, in its list; NULL when it does not. */
static const struct ynode *
find_reference(const struct applied *reader, const struct applied *source)
{
	bool is_release = applied_is(reader, FLUX_HELM_GROUP, STR("HelmRelease"));
	const struct ynode *list = is_release
		? applied_spec(reader, "valuesFrom")
		: ynode_get(applied_spec(reader, "postBuild"), STR("substituteFrom"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		const struct ynode *name = ynode_get(item, STR("name"));
		if (str_eq(ynode_str(name), source->object->id.name)
			&& str_eq(ynode_str(ynode_get(item, STR("kind"))), source->object->id.kind)) {
			return name;
		}
	}
	return NULL;
}

static bool
is_reader(const struct applied *applied, struct str namespace)
{
	bool is_flux = applied_is(applied, FLUX_HELM_GROUP, STR("HelmRelease"))
		|| applied_is(applied, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"));
	return is_flux && !applied->object->may_differ && str_eq(applied->object->id.namespace, namespace);
}

/* The checksum of SOPS is one of the whole document. Labels that something else has a part in may be taken
 * from it as a whole. */
static void
mend(struct lint *lint, struct finding *finding, const struct applied *source)
{
	const struct ynode *metadata = applied_own_map(source, "metadata");
	const struct ynode *labels = ynode_get(metadata, STR("labels"));
	if (!metadata || ynode_key(source->object->written, STR("sops"))
		|| !ynode_equal(labels, ynode_at(source->object->node, "metadata", "labels", NULL))) {
		return;
	}
	if (!labels) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(source), metadata,
				STR("labels:\n  " WATCH_LABEL ": Enabled")));
	} else if (labels == ynode_key(metadata, STR("labels"))->next && !ynode_extra(labels)) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(source), labels,
				STR(WATCH_LABEL ": Enabled")));
	}
}

static void
report(struct lint *lint, const struct applied *source, const struct applied *reader,
	const struct ynode *reference, size_t others)
{
	const struct ynode *written = source->object->written;
	const struct ynode *metadata = ynode_key(written, STR("metadata"));
	const struct ynode *at = metadata ? metadata : written;
	struct str more = others > 0 ? arena_printf(lint_arena(lint), " and %zu more", others) : STR("");
	struct finding *finding = lint_report(lint, at,
		"a change of this %.*s reaches \"%.*s\"%.*s only with the next interval",
		STR_ARG(source->object->id.kind), STR_ARG(reader->object->id.name), STR_ARG(more));
	if (reference->source) {
		lint_relate(
			lint, finding, reference, "the %.*s that reads it", STR_ARG(reader->object->id.kind));
	}
	lint_help(lint, finding, "add the label \"" WATCH_LABEL ": Enabled\"");
	mend(lint, finding, source);
	lint_object(lint, finding, source->object->resource->root, at);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	bool is_source =
		applied_is(applied, STR(""), STR("ConfigMap")) || applied_is(applied, STR(""), STR("Secret"));
	const struct ynode *labels = ynode_at(applied->object->node, "metadata", "labels", NULL);
	const struct applied *reader = NULL;
	const struct ynode *reference = NULL;
	size_t count = 0;
	if (!applied->cluster || !is_source || applied->object->is_generated
		|| ynode_get(labels, STR(WATCH_LABEL)) || !is_watched(&applied->cluster->root->version)) {
		return;
	}
	for (size_t i = 0; i < applied->cluster->objects.len; i++) {
		const struct applied *other = &applied->cluster->objects.items[i];
		const struct ynode *found = is_reader(other, applied->object->id.namespace)
			? find_reference(other, applied)
			: NULL;
		if (found) {
			reader = reader ? reader : other;
			reference = reference ? reference : found;
			count++;
		}
	}
	if (reader) {
		report(lint, applied, reader, reference, count - 1);
	}
}

const struct rule rule_FX021 = {
	.code = "FX021",
	.name = "watch-label-missing",
	.summary = "Flux does not notice at once when a ConfigMap or Secret changes that it takes values or "
		   "variables from.",
	.rationale =
		"From Flux 2.7 on a ConfigMap or Secret under `spec.postBuild.substituteFrom` of a "
		"Kustomization "
		"or `spec.valuesFrom` of a HelmRelease is looked at when it changes, if it has the label "
		"`reconcile.fluxcd.io/watch: Enabled`. Without it the change waits for the next interval of "
		"the "
		"object that reads it, which may be hours.\n\nA matter of taste: the rule runs only when it "
		"is "
		"selected, and only where `gotk-components.yaml` says that Flux is new enough. A controller "
		"whose "
		"`--watch-configs-label-selector` was changed is not known of.",
	.advice = "Add the label. What SOPS encrypted is left alone: its checksum covers the labels.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#values-references",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.is_strict = true,
	.check_applied = check,
};
