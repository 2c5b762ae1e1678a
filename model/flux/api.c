/* config/crd of source-controller, kustomize-controller and helm-controller, as each release of fluxcd/flux2
 * bundles them. */
#include "flux/api.h"

#include "flux/parts.h"

#define HELM_GROUP STR_INIT("helm.toolkit.fluxcd.io")
#define KUSTOMIZE_GROUP STR_INIT("kustomize.toolkit.fluxcd.io")
#define SOURCE_GROUP STR_INIT("source.toolkit.fluxcd.io")
#define SINCE(major, minor) FLUX_RELEASE(major, minor)

/* Of one kind the newest first. */
static const struct flux_api apis[] = {
	{ HELM_GROUP, STR_INIT("HelmRelease"), STR_INIT("v2"), SINCE(2, 3), 0, 0 },
	{ HELM_GROUP, STR_INIT("HelmRelease"), STR_INIT("v2beta2"), SINCE(2, 2), SINCE(2, 3), SINCE(2, 8) },
	{ HELM_GROUP, STR_INIT("HelmRelease"), STR_INIT("v2beta1"), 0, SINCE(2, 2), SINCE(2, 7) },
	{ KUSTOMIZE_GROUP, STR_INIT("Kustomization"), STR_INIT("v1"), SINCE(2, 0), 0, 0 },
	{ KUSTOMIZE_GROUP, STR_INIT("Kustomization"), STR_INIT("v1beta2"), 0, SINCE(2, 0), SINCE(2, 8) },
	{ KUSTOMIZE_GROUP, STR_INIT("Kustomization"), STR_INIT("v1beta1"), 0, SINCE(2, 0), SINCE(2, 7) },
	{ SOURCE_GROUP, STR_INIT("Bucket"), STR_INIT("v1"), SINCE(2, 4), 0, 0 },
	{ SOURCE_GROUP, STR_INIT("Bucket"), STR_INIT("v1beta2"), 0, SINCE(2, 4), SINCE(2, 8) },
	{ SOURCE_GROUP, STR_INIT("Bucket"), STR_INIT("v1beta1"), 0, SINCE(2, 3), SINCE(2, 7) },
	{ SOURCE_GROUP, STR_INIT("GitRepository"), STR_INIT("v1"), SINCE(2, 0), 0, 0 },
	{ SOURCE_GROUP, STR_INIT("GitRepository"), STR_INIT("v1beta2"), 0, SINCE(2, 0), SINCE(2, 8) },
	{ SOURCE_GROUP, STR_INIT("GitRepository"), STR_INIT("v1beta1"), 0, SINCE(2, 0), SINCE(2, 7) },
	{ SOURCE_GROUP, STR_INIT("HelmChart"), STR_INIT("v1"), SINCE(2, 3), 0, 0 },
	{ SOURCE_GROUP, STR_INIT("HelmChart"), STR_INIT("v1beta2"), 0, SINCE(2, 3), SINCE(2, 8) },
	{ SOURCE_GROUP, STR_INIT("HelmChart"), STR_INIT("v1beta1"), 0, SINCE(2, 3), SINCE(2, 7) },
	{ SOURCE_GROUP, STR_INIT("HelmRepository"), STR_INIT("v1"), SINCE(2, 3), 0, 0 },
	{ SOURCE_GROUP, STR_INIT("HelmRepository"), STR_INIT("v1beta2"), 0, SINCE(2, 3), SINCE(2, 8) },
	{ SOURCE_GROUP, STR_INIT("HelmRepository"), STR_INIT("v1beta1"), 0, SINCE(2, 3), SINCE(2, 7) },
	{ SOURCE_GROUP, STR_INIT("OCIRepository"), STR_INIT("v1"), SINCE(2, 6), 0, 0 },
	{ SOURCE_GROUP, STR_INIT("OCIRepository"), STR_INIT("v1beta2"), 0, SINCE(2, 6), SINCE(2, 8) },
	{ SOURCE_GROUP, STR_INIT("ExternalArtifact"), STR_INIT("v1"), SINCE(2, 7), 0, 0 },
};

/* What the versions before the newest of a kind had and it has not. */
static const struct {
	struct str kind, path; /* a step that ends with [] goes through a list */
} dropped[] = {
	{ STR_INIT("Bucket"), STR_INIT("spec.accessFrom") },
	{ STR_INIT("GitRepository"), STR_INIT("spec.accessFrom") },
	{ STR_INIT("GitRepository"), STR_INIT("spec.gitImplementation") },
	{ STR_INIT("HelmChart"), STR_INIT("spec.accessFrom") },
	{ STR_INIT("HelmChart"), STR_INIT("spec.valuesFile") },
	{ STR_INIT("HelmRelease"), STR_INIT("spec.chart.spec.valuesFile") },
	{ STR_INIT("HelmRelease"), STR_INIT("spec.postRenderers[].kustomize.patchesJson6902") },
	{ STR_INIT("HelmRelease"), STR_INIT("spec.postRenderers[].kustomize.patchesStrategicMerge") },
	{ STR_INIT("Kustomization"), STR_INIT("spec.patchesJson6902") },
	{ STR_INIT("Kustomization"), STR_INIT("spec.patchesStrategicMerge") },
	{ STR_INIT("Kustomization"), STR_INIT("spec.validation") },
};

const struct flux_api *
flux_api_find(struct str group, struct str kind, struct str version)
{
	for (size_t i = 0; i < countof(apis); i++) {
		if (str_eq(apis[i].kind, kind) && str_eq(apis[i].group, group)
			&& str_eq(apis[i].version, version)) {
			return &apis[i];
		}
	}
	return NULL;
}

enum flux_api_state
flux_api_state(const struct flux_api *api, struct flux_version flux)
{
	unsigned release = FLUX_RELEASE(flux.major, flux.minor);
	if (release < api->served_since) {
		return FLUX_API_MISSING;
	}
	if (api->removed_since && release >= api->removed_since) {
		return FLUX_API_REMOVED;
	}
	return api->deprecated_since && release >= api->deprecated_since ? FLUX_API_DEPRECATED
									 : FLUX_API_SERVED;
}

const struct flux_api *
flux_api_successor(const struct flux_api *api, struct flux_version flux)
{
	for (size_t i = 0; i < countof(apis); i++) {
		const struct flux_api *other = &apis[i];
		bool is_one =
			other != api && str_eq(other->kind, api->kind) && str_eq(other->group, api->group);
		bool stays = flux.major + flux.minor == 0 ? !other->deprecated_since
							  : flux_api_state(other, flux) == FLUX_API_SERVED;
		if (is_one && stays) {
			return other;
		}
	}
	return NULL;
}

static bool
has_field(const struct ynode *node, struct str path)
{
	struct str step = str_cut(&path, '.');
	bool is_list = str_ends(step, STR("[]"));
	node = ynode_get(node, str_first(step, step.len - (is_list ? 2 : 0)));
	if (!node || !path.ptr) {
		return node != NULL;
	}
	if (!is_list) {
		return has_field(node, path);
	}
	const struct ynode *item = ynode_is(node, YNODE_SEQUENCE) ? node->first : NULL;
	for (; item; item = item->next) {
		if (has_field(ynode_follow(item), path)) {
			return true;
		}
	}
	return false;
}

struct str
flux_api_dropped_field(const struct flux_api *api, const struct ynode *object)
{
	for (size_t i = 0; api->deprecated_since && i < countof(dropped); i++) {
		if (str_eq(dropped[i].kind, api->kind) && has_field(object, dropped[i].path)) {
			return dropped[i].path;
		}
	}
	return STR("");
}

/* v1beta1 took any duration for the timeout of a source, where "1h" is refused now, and a verification
 * without a Secret. */
bool
flux_api_is_stricter(const struct flux_api *api, const struct ynode *object)
{
	return str_eq(api->group, FLUX_SOURCE_GROUP) && str_eq(api->version, STR("v1beta1"))
		&& (has_field(object, STR("spec.timeout")) || has_field(object, STR("spec.verify")));
}
