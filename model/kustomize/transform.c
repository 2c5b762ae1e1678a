#include "kustomize/transform.h"

/* Kinds of Kubernetes itself that have no namespace; kustomize takes every kind it does not know for one that
 * has (kyaml/openapi, IsNamespaceScoped). */
static const struct str cluster_kinds[] = {
	STR_INIT("APIService"),
	STR_INIT("CSIDriver"),
	STR_INIT("CSINode"),
	STR_INIT("CertificateSigningRequest"),
	STR_INIT("ClusterRole"),
	STR_INIT("ClusterRoleBinding"),
	STR_INIT("CustomResourceDefinition"),
	STR_INIT("FlowSchema"),
	STR_INIT("IngressClass"),
	STR_INIT("MutatingWebhookConfiguration"),
	STR_INIT("Namespace"),
	STR_INIT("Node"),
	STR_INIT("PersistentVolume"),
	STR_INIT("PriorityClass"),
	STR_INIT("PriorityLevelConfiguration"),
	STR_INIT("RuntimeClass"),
	STR_INIT("StorageClass"),
	STR_INIT("ValidatingAdmissionPolicy"),
	STR_INIT("ValidatingAdmissionPolicyBinding"),
	STR_INIT("ValidatingWebhookConfiguration"),
	STR_INIT("VolumeAttachment"),
};

static bool
has_namespace(const struct identity *id)
{
	for (size_t i = 0; i < countof(cluster_kinds); i++) {
		if (str_eq(id->kind, cluster_kinds[i])) {
			return false;
		}
	}
	return true;
}

/* api/internal/builtins/PrefixTransformer.go, prefixFieldSpecsToSkip. */
static bool
keeps_name(const struct identity *id)
{
	return str_eq(id->kind, STR("CustomResourceDefinition")) || str_eq(id->kind, STR("APIService"))
		|| str_eq(id->kind, STR("Namespace"));
}

void
layer_transform(struct arena *arena, const struct layer *layer, struct build *build)
{
	bool renames = layer->prefix.len > 0 || layer->suffix.len > 0;
	patches_mark(&layer->patches, build);
	for (size_t i = 0; i < build->objects.len; i++) {
		struct identity *id = &build->objects.items[i].id;
		if (layer->namespace.len > 0 && has_namespace(id)) {
			id->namespace = layer->namespace;
		} else if (layer->namespace.len > 0 && str_eq(id->kind, STR("Namespace"))) {
			id->name =
				layer->namespace; /* namespaceFieldSpecs names metadata/name of a Namespace */
		}
		if (renames && !keeps_name(id)) {
			id->name = arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(layer->prefix),
				STR_ARG(id->name), STR_ARG(layer->suffix));
		}
	}
}
