#include "applied_finding.h"
#include "flux/api.h"

struct judged {
	const struct applied *applied;
	const struct flux_api *api;
	struct flux_version flux; /* {0, 0} is not known */
	enum flux_api_state state;
};

static struct flux_version
flux_of(const struct applied *applied)
{
	return applied->cluster ? applied->cluster->root->version : (struct flux_version){ 0 };
}

/* Without a release that is known, what the last ones do. */
static bool
judge(const struct applied *applied, struct judged *ret_judged)
{
	const struct identity *id = &applied->object->id;
	struct judged judged = { .applied = applied,
		.api = flux_api_find(id->group, id->kind, id->version),
		.flux = flux_of(applied) };
	if (!judged.api) {
		return false;
	}
	bool is_known = judged.flux.major + judged.flux.minor > 0;
	judged.state = is_known             ? flux_api_state(judged.api, judged.flux)
		: judged.api->removed_since ? FLUX_API_DEPRECATED
					    : FLUX_API_SERVED;
	*ret_judged = judged;
	return judged.state == FLUX_API_DEPRECATED || judged.state == FLUX_API_REMOVED;
}

/* Of two clusters that get one document, the one whose Flux is newer has more to say. */
static bool
says_more(const struct flux_version *a, const struct flux_version *b)
{
	return a->major > b->major || (a->major == b->major && a->minor > b->minor);
}

/* How the document fares in other clusters: is another one told of it instead, and does each serve
 * `successor`? */
struct elsewhere {
	bool is_told, is_served, is_known;
};

static void
look_at(const struct judged *judged, const struct applied *other, const struct flux_api *successor,
	struct elsewhere *elsewhere)
{
	struct flux_version flux = flux_of(other);
	bool is_known = flux.major + flux.minor > 0;
	elsewhere->is_told |= says_more(&flux, &judged->flux);
	elsewhere->is_known &= is_known;
	elsewhere->is_served &=
		!is_known || (successor && flux_api_state(successor, flux) == FLUX_API_SERVED);
}

static struct elsewhere
look_elsewhere(const struct clusters *clusters, const struct judged *judged, const struct flux_api *successor)
{
	struct elsewhere elsewhere = { false, true, judged->applied->cluster != NULL };
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			const struct applied *other = &cluster->objects.items[j];
			if (other->object->resource == judged->applied->object->resource) {
				look_at(judged, other, successor, &elsewhere);
			}
		}
	}
	return elsewhere;
}

/* A patch names the version of what it is for: then one edit is not enough. */
static bool
is_unpatched(const struct object *object)
{
	const struct ynode *node = object->node, *written = object->written;
	return ynode_equal(ynode_get(node, STR("spec")), ynode_get(written, STR("spec")))
		&& ynode_equal(ynode_at(node, "metadata", "labels", NULL),
			ynode_at(written, "metadata", "labels", NULL))
		&& ynode_equal(ynode_at(node, "metadata", "annotations", NULL),
			ynode_at(written, "metadata", "annotations", NULL));
}

static struct finding *
report(struct lint *lint, const struct judged *judged, const struct ynode *place)
{
	const struct flux_api *api = judged->api;
	unsigned major = FLUX_RELEASE_MAJOR(api->removed_since),
		 minor = FLUX_RELEASE_MINOR(api->removed_since);
	struct finding *finding;
	if (judged->state == FLUX_API_REMOVED) {
		finding = lint_report(lint, place,
			"%.*s %.*s is gone since Flux %u.%u, and this cluster runs %u.%u", STR_ARG(api->kind),
			STR_ARG(api->version), major, minor, judged->flux.major, judged->flux.minor);
	} else {
		finding = lint_report(lint, place, "%.*s %.*s is deprecated, and gone since Flux %u.%u",
			STR_ARG(api->kind), STR_ARG(api->version), major, minor);
		finding->severity = SEVERITY_WARNING;
	}
	if (judged->flux.file) {
		lint_relate_file(lint, finding, judged->flux.file, "Flux %u.%u, by this file",
			judged->flux.major, judged->flux.minor);
	}
	lint_applied(lint, finding, judged->applied, place);
	return finding;
}

static void
mend(struct lint *lint, struct finding *finding, const struct judged *judged,
	const struct flux_api *successor, const struct elsewhere *elsewhere)
{
	const struct object *object = judged->applied->object;
	const struct ynode *version = ynode_get(object->written, STR("apiVersion"));
	struct str dropped = flux_api_dropped_field(judged->api, object->node);
	if (!successor || !elsewhere->is_served) {
		lint_help(lint, finding,
			"update Flux first: not every cluster that gets this object serves a newer version");
		return;
	}
	if (dropped.len > 0) {
		lint_help(lint, finding, "%.*s has no %.*s: replace the field, then write %.*s/%.*s",
			STR_ARG(successor->version), STR_ARG(dropped), STR_ARG(successor->group),
			STR_ARG(successor->version));
		return;
	}
	lint_help(lint, finding, "write %.*s/%.*s", STR_ARG(successor->group), STR_ARG(successor->version));
	if (applied_is_as_written(judged->applied, version) && is_unpatched(object)
		&& !flux_api_is_stricter(judged->api, object->node)) {
		lint_fix(lint, finding,
			edit_scalar(lint_arena(lint), applied_text(judged->applied), version,
				arena_printf(lint_arena(lint), "%.*s/%.*s", STR_ARG(successor->group),
					STR_ARG(successor->version))));
		finding->fix_is_unsafe = !elsewhere->is_known;
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct judged judged;
	if (!judge(applied, &judged)) {
		return;
	}
	const struct flux_api *successor = flux_api_successor(judged.api, judged.flux);
	struct elsewhere elsewhere = look_elsewhere(lint_repository(lint)->clusters, &judged, successor);
	if (!elsewhere.is_told) {
		const struct ynode *version = ynode_get(applied->object->written, STR("apiVersion"));
		struct finding *finding = report(lint, &judged, applied_place(applied, version));
		mend(lint, finding, &judged, successor, &elsewhere);
	}
}

const struct rule rule_HR001 = {
	.code = "HR001",
	.name = "api-version-removed",
	.summary =
		"A source, Kustomization or HelmRelease has an API version that Flux drops or has dropped.",
	.rationale =
		"Flux 2.7 no longer serves the versions `v1beta1` and `v2beta1` of these kinds, and 2.8 "
		"neither `v1beta2` and `v2beta2`. A Kustomization with such an object in its build stays at "
		"*no matches for kind \"HelmRelease\" in version \"helm.toolkit.fluxcd.io/v2beta1\"*, and "
		"nothing of what it applies is updated any more.\n\nThe cluster's release is that of the "
		"header "
		"of its `gotk-components.yaml`. An error where that release no longer serves the version; a "
		"warning where it still does, but has deprecated it, and where the release is not "
		"known. The versions in `spec.healthChecks` do not matter, Flux looks at group and kind "
		"only.\n\nTo "
		"verify: `kubectl get crd helmreleases.helm.toolkit.fluxcd.io -o "
		"jsonpath='{.spec.versions[*].name}'`.",
	.advice =
		"Write the version that stays: `helm.toolkit.fluxcd.io/v2`, "
		"`kustomize.toolkit.fluxcd.io/v1`, `source.toolkit.fluxcd.io/v1`. Do so before the update of "
		"Flux. A fix is offered where no other field has to change with it and no patch names the "
		"object; where the cluster's Flux is not known it is an unsafe one, for before 2.3 there is "
		"no `v2`.",
	.reference = "https://fluxcd.io/flux/releases/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_applied = check,
};
