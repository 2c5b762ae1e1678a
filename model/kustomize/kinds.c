#include "kustomize/kinds.h"

enum {
	TYPE_UNKNOWN,
	TYPE_OBJECT, /* only its metadata */
	TYPE_META,
	TYPE_WORKLOAD,
	TYPE_WORKLOAD_SPEC,
	TYPE_CONDITIONS, /* a status with conditions */
	TYPE_CONDITIONED,
	TYPE_COMPONENT_STATUS,
	TYPE_CRON_JOB,
	TYPE_CRON_JOB_SPEC,
	TYPE_JOB_TEMPLATE,
	TYPE_POD_TEMPLATE_OBJECT,
	TYPE_POD_TEMPLATE,
	TYPE_POD,
	TYPE_POD_SPEC,
	TYPE_POD_STATUS,
	TYPE_CONTAINER,
	TYPE_EPHEMERAL_CONTAINER,
	TYPE_VOLUME,
	TYPE_EPHEMERAL_VOLUME,
	TYPE_SERVICE,
	TYPE_SERVICE_SPEC,
	TYPE_SERVICE_ACCOUNT,
	TYPE_WEBHOOKS,
	TYPE_NODE,
	TYPE_NODE_SPEC,
	TYPE_NODE_STATUS,
	TYPE_CSI_NODE,
	TYPE_CSI_NODE_SPEC,
	TYPE_KUSTOMIZATION,
};

struct known_kind {
	struct str api_version, kind;
	bool is_cluster_scoped;
	merge_type type;
};

static const struct known_kind known_kinds[] = {
	{ STR_INIT("admissionregistration.k8s.io/v1"), STR_INIT("MutatingWebhookConfiguration"), true,
		TYPE_WEBHOOKS },
	{ STR_INIT("admissionregistration.k8s.io/v1"), STR_INIT("ValidatingWebhookConfiguration"), true,
		TYPE_WEBHOOKS },
	{ STR_INIT("admissionregistration.k8s.io/v1beta1"), STR_INIT("MutatingWebhookConfiguration"), true,
		TYPE_WEBHOOKS },
	{ STR_INIT("admissionregistration.k8s.io/v1beta1"), STR_INIT("ValidatingWebhookConfiguration"), true,
		TYPE_WEBHOOKS },
	{ STR_INIT("apiextensions.k8s.io/v1"), STR_INIT("CustomResourceDefinition"), true, TYPE_OBJECT },
	{ STR_INIT("apiextensions.k8s.io/v1beta1"), STR_INIT("CustomResourceDefinition"), true, TYPE_OBJECT },
	{ STR_INIT("apiregistration.k8s.io/v1"), STR_INIT("APIService"), true, TYPE_CONDITIONED },
	{ STR_INIT("apiregistration.k8s.io/v1beta1"), STR_INIT("APIService"), true, TYPE_CONDITIONED },
	{ STR_INIT("apps/v1"), STR_INIT("ControllerRevision"), false, TYPE_OBJECT },
	{ STR_INIT("apps/v1"), STR_INIT("DaemonSet"), false, TYPE_WORKLOAD },
	{ STR_INIT("apps/v1"), STR_INIT("Deployment"), false, TYPE_WORKLOAD },
	{ STR_INIT("apps/v1"), STR_INIT("ReplicaSet"), false, TYPE_WORKLOAD },
	{ STR_INIT("apps/v1"), STR_INIT("StatefulSet"), false, TYPE_WORKLOAD },
	{ STR_INIT("authentication.k8s.io/v1"), STR_INIT("TokenRequest"), false, TYPE_OBJECT },
	{ STR_INIT("authentication.k8s.io/v1"), STR_INIT("TokenReview"), false, TYPE_OBJECT },
	{ STR_INIT("authentication.k8s.io/v1beta1"), STR_INIT("TokenReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1"), STR_INIT("LocalSubjectAccessReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1"), STR_INIT("SelfSubjectAccessReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1"), STR_INIT("SelfSubjectRulesReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1"), STR_INIT("SubjectAccessReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1beta1"), STR_INIT("LocalSubjectAccessReview"), false,
		TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1beta1"), STR_INIT("SelfSubjectAccessReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1beta1"), STR_INIT("SelfSubjectRulesReview"), false, TYPE_OBJECT },
	{ STR_INIT("authorization.k8s.io/v1beta1"), STR_INIT("SubjectAccessReview"), false, TYPE_OBJECT },
	{ STR_INIT("autoscaling/v1"), STR_INIT("HorizontalPodAutoscaler"), false, TYPE_OBJECT },
	{ STR_INIT("autoscaling/v1"), STR_INIT("Scale"), false, TYPE_OBJECT },
	{ STR_INIT("autoscaling/v2beta1"), STR_INIT("HorizontalPodAutoscaler"), false, TYPE_OBJECT },
	{ STR_INIT("autoscaling/v2beta2"), STR_INIT("HorizontalPodAutoscaler"), false, TYPE_OBJECT },
	{ STR_INIT("batch/v1"), STR_INIT("CronJob"), false, TYPE_CRON_JOB },
	{ STR_INIT("batch/v1"), STR_INIT("Job"), false, TYPE_WORKLOAD },
	{ STR_INIT("batch/v1beta1"), STR_INIT("CronJob"), false, TYPE_CRON_JOB },
	{ STR_INIT("certificates.k8s.io/v1"), STR_INIT("CertificateSigningRequest"), true, TYPE_OBJECT },
	{ STR_INIT("certificates.k8s.io/v1beta1"), STR_INIT("CertificateSigningRequest"), true, TYPE_OBJECT },
	{ STR_INIT("coordination.k8s.io/v1"), STR_INIT("Lease"), false, TYPE_OBJECT },
	{ STR_INIT("coordination.k8s.io/v1beta1"), STR_INIT("Lease"), false, TYPE_OBJECT },
	{ STR_INIT("discovery.k8s.io/v1"), STR_INIT("EndpointSlice"), false, TYPE_OBJECT },
	{ STR_INIT("discovery.k8s.io/v1beta1"), STR_INIT("EndpointSlice"), false, TYPE_OBJECT },
	{ STR_INIT("events.k8s.io/v1"), STR_INIT("Event"), false, TYPE_OBJECT },
	{ STR_INIT("events.k8s.io/v1beta1"), STR_INIT("Event"), false, TYPE_OBJECT },
	{ STR_INIT("extensions/v1beta1"), STR_INIT("Ingress"), false, TYPE_OBJECT },
	{ STR_INIT("flowcontrol.apiserver.k8s.io/v1beta1"), STR_INIT("FlowSchema"), true, TYPE_OBJECT },
	{ STR_INIT("flowcontrol.apiserver.k8s.io/v1beta1"), STR_INIT("PriorityLevelConfiguration"), true,
		TYPE_OBJECT },
	{ STR_INIT("kustomize.config.k8s.io/v1beta1"), STR_INIT("Kustomization"), false, TYPE_KUSTOMIZATION },
	{ STR_INIT("networking.k8s.io/v1"), STR_INIT("Ingress"), false, TYPE_OBJECT },
	{ STR_INIT("networking.k8s.io/v1"), STR_INIT("IngressClass"), true, TYPE_OBJECT },
	{ STR_INIT("networking.k8s.io/v1"), STR_INIT("NetworkPolicy"), false, TYPE_OBJECT },
	{ STR_INIT("networking.k8s.io/v1beta1"), STR_INIT("Ingress"), false, TYPE_OBJECT },
	{ STR_INIT("networking.k8s.io/v1beta1"), STR_INIT("IngressClass"), true, TYPE_OBJECT },
	{ STR_INIT("node.k8s.io/v1"), STR_INIT("RuntimeClass"), true, TYPE_OBJECT },
	{ STR_INIT("node.k8s.io/v1beta1"), STR_INIT("RuntimeClass"), true, TYPE_OBJECT },
	{ STR_INIT("policy/v1"), STR_INIT("PodDisruptionBudget"), false, TYPE_CONDITIONED },
	{ STR_INIT("policy/v1beta1"), STR_INIT("Eviction"), false, TYPE_OBJECT },
	{ STR_INIT("policy/v1beta1"), STR_INIT("PodDisruptionBudget"), false, TYPE_CONDITIONED },
	{ STR_INIT("policy/v1beta1"), STR_INIT("PodSecurityPolicy"), true, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1"), STR_INIT("ClusterRole"), true, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1"), STR_INIT("ClusterRoleBinding"), true, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1"), STR_INIT("Role"), false, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1"), STR_INIT("RoleBinding"), false, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1beta1"), STR_INIT("ClusterRole"), true, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1beta1"), STR_INIT("ClusterRoleBinding"), true, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1beta1"), STR_INIT("Role"), false, TYPE_OBJECT },
	{ STR_INIT("rbac.authorization.k8s.io/v1beta1"), STR_INIT("RoleBinding"), false, TYPE_OBJECT },
	{ STR_INIT("scheduling.k8s.io/v1"), STR_INIT("PriorityClass"), true, TYPE_OBJECT },
	{ STR_INIT("scheduling.k8s.io/v1beta1"), STR_INIT("PriorityClass"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1"), STR_INIT("CSIDriver"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1"), STR_INIT("CSINode"), true, TYPE_CSI_NODE },
	{ STR_INIT("storage.k8s.io/v1"), STR_INIT("StorageClass"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1"), STR_INIT("VolumeAttachment"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1beta1"), STR_INIT("CSIDriver"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1beta1"), STR_INIT("CSINode"), true, TYPE_CSI_NODE },
	{ STR_INIT("storage.k8s.io/v1beta1"), STR_INIT("CSIStorageCapacity"), false, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1beta1"), STR_INIT("StorageClass"), true, TYPE_OBJECT },
	{ STR_INIT("storage.k8s.io/v1beta1"), STR_INIT("VolumeAttachment"), true, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Binding"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("ComponentStatus"), true, TYPE_COMPONENT_STATUS },
	{ STR_INIT("v1"), STR_INIT("ConfigMap"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Endpoints"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Event"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("LimitRange"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Namespace"), true, TYPE_CONDITIONED },
	{ STR_INIT("v1"), STR_INIT("Node"), true, TYPE_NODE },
	{ STR_INIT("v1"), STR_INIT("NodeProxyOptions"), true, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PersistentVolume"), true, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PersistentVolumeClaim"), false, TYPE_CONDITIONED },
	{ STR_INIT("v1"), STR_INIT("Pod"), false, TYPE_POD },
	{ STR_INIT("v1"), STR_INIT("PodAttachOptions"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PodExecOptions"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PodPortForwardOptions"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PodProxyOptions"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("PodTemplate"), false, TYPE_POD_TEMPLATE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("ReplicationController"), false, TYPE_WORKLOAD },
	{ STR_INIT("v1"), STR_INIT("ResourceQuota"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Secret"), false, TYPE_OBJECT },
	{ STR_INIT("v1"), STR_INIT("Service"), false, TYPE_SERVICE },
	{ STR_INIT("v1"), STR_INIT("ServiceAccount"), false, TYPE_SERVICE_ACCOUNT },
	{ STR_INIT("v1"), STR_INIT("ServiceProxyOptions"), false, TYPE_OBJECT },
};

struct known_field {
	merge_type of;
	struct str name;
	struct merge_field field;
};

#define JOINS(type, ...)                                                                                     \
	{                                                                                                    \
		type, true,                                                                                  \
		{                                                                                            \
			__VA_ARGS__                                                                          \
		}                                                                                            \
	}

/* x-kubernetes-patch-strategy, -patch-merge-key and -list-map-keys of that schema. */
static const struct known_field known_fields[] = {
	{ TYPE_META, STR_INIT("finalizers"), JOINS(0, STR_INIT("")) },
	{ TYPE_META, STR_INIT("ownerReferences"), JOINS(0, STR_INIT("uid")) },
	{ TYPE_WORKLOAD, STR_INIT("spec"), { .type = TYPE_WORKLOAD_SPEC } },
	{ TYPE_WORKLOAD, STR_INIT("status"), { .type = TYPE_CONDITIONS } },
	{ TYPE_WORKLOAD_SPEC, STR_INIT("template"), { .type = TYPE_POD_TEMPLATE } },
	{ TYPE_CONDITIONS, STR_INIT("conditions"), JOINS(0, STR_INIT("type")) },
	{ TYPE_CONDITIONED, STR_INIT("status"), { .type = TYPE_CONDITIONS } },
	{ TYPE_COMPONENT_STATUS, STR_INIT("conditions"), JOINS(0, STR_INIT("type")) },
	{ TYPE_CRON_JOB, STR_INIT("spec"), { .type = TYPE_CRON_JOB_SPEC } },
	{ TYPE_CRON_JOB_SPEC, STR_INIT("jobTemplate"), { .type = TYPE_JOB_TEMPLATE } },
	{ TYPE_JOB_TEMPLATE, STR_INIT("metadata"), { .type = TYPE_META } },
	{ TYPE_JOB_TEMPLATE, STR_INIT("spec"), { .type = TYPE_WORKLOAD_SPEC } },
	{ TYPE_POD_TEMPLATE_OBJECT, STR_INIT("template"), { .type = TYPE_POD_TEMPLATE } },
	{ TYPE_POD_TEMPLATE, STR_INIT("metadata"), { .type = TYPE_META } },
	{ TYPE_POD_TEMPLATE, STR_INIT("spec"), { .type = TYPE_POD_SPEC } },
	{ TYPE_POD, STR_INIT("spec"), { .type = TYPE_POD_SPEC } },
	{ TYPE_POD, STR_INIT("status"), { .type = TYPE_POD_STATUS } },
	{ TYPE_POD_STATUS, STR_INIT("conditions"), JOINS(0, STR_INIT("type")) },
	{ TYPE_POD_STATUS, STR_INIT("podIPs"), JOINS(0, STR_INIT("ip")) },
	{ TYPE_POD_SPEC, STR_INIT("containers"), JOINS(TYPE_CONTAINER, STR_INIT("name")) },
	{ TYPE_POD_SPEC, STR_INIT("initContainers"), JOINS(TYPE_CONTAINER, STR_INIT("name")) },
	{ TYPE_POD_SPEC, STR_INIT("ephemeralContainers"), JOINS(TYPE_EPHEMERAL_CONTAINER, STR_INIT("name")) },
	{ TYPE_POD_SPEC, STR_INIT("hostAliases"), JOINS(0, STR_INIT("ip")) },
	{ TYPE_POD_SPEC, STR_INIT("imagePullSecrets"), JOINS(0, STR_INIT("name")) },
	{ TYPE_POD_SPEC, STR_INIT("topologySpreadConstraints"),
		JOINS(0, STR_INIT("topologyKey"), STR_INIT("whenUnsatisfiable")) },
	{ TYPE_POD_SPEC, STR_INIT("volumes"), JOINS(TYPE_VOLUME, STR_INIT("name")) },
	{ TYPE_CONTAINER, STR_INIT("env"), JOINS(0, STR_INIT("name")) },
	{ TYPE_CONTAINER, STR_INIT("ports"), JOINS(0, STR_INIT("containerPort"), STR_INIT("protocol")) },
	{ TYPE_CONTAINER, STR_INIT("volumeDevices"), JOINS(0, STR_INIT("devicePath")) },
	{ TYPE_CONTAINER, STR_INIT("volumeMounts"), JOINS(0, STR_INIT("mountPath")) },
	{ TYPE_EPHEMERAL_CONTAINER, STR_INIT("env"), JOINS(0, STR_INIT("name")) },
	{ TYPE_EPHEMERAL_CONTAINER, STR_INIT("volumeDevices"), JOINS(0, STR_INIT("devicePath")) },
	{ TYPE_EPHEMERAL_CONTAINER, STR_INIT("volumeMounts"), JOINS(0, STR_INIT("mountPath")) },
	{ TYPE_VOLUME, STR_INIT("ephemeral"), { .type = TYPE_EPHEMERAL_VOLUME } },
	{ TYPE_EPHEMERAL_VOLUME, STR_INIT("volumeClaimTemplate"), { .type = TYPE_OBJECT } },
	{ TYPE_SERVICE, STR_INIT("spec"), { .type = TYPE_SERVICE_SPEC } },
	{ TYPE_SERVICE, STR_INIT("status"), { .type = TYPE_CONDITIONS } },
	{ TYPE_SERVICE_SPEC, STR_INIT("ports"), JOINS(0, STR_INIT("port"), STR_INIT("protocol")) },
	{ TYPE_SERVICE_ACCOUNT, STR_INIT("secrets"), JOINS(0, STR_INIT("name")) },
	{ TYPE_WEBHOOKS, STR_INIT("webhooks"), JOINS(0, STR_INIT("name")) },
	{ TYPE_NODE, STR_INIT("spec"), { .type = TYPE_NODE_SPEC } },
	{ TYPE_NODE, STR_INIT("status"), { .type = TYPE_NODE_STATUS } },
	{ TYPE_NODE_SPEC, STR_INIT("podCIDRs"), JOINS(0, STR_INIT("")) },
	{ TYPE_NODE_STATUS, STR_INIT("addresses"), JOINS(0, STR_INIT("type")) },
	{ TYPE_NODE_STATUS, STR_INIT("conditions"), JOINS(0, STR_INIT("type")) },
	{ TYPE_CSI_NODE, STR_INIT("spec"), { .type = TYPE_CSI_NODE_SPEC } },
	{ TYPE_CSI_NODE_SPEC, STR_INIT("drivers"), JOINS(0, STR_INIT("name")) },
	{ TYPE_KUSTOMIZATION, STR_INIT("configMapGenerator"), JOINS(0, STR_INIT("name")) },
	{ TYPE_KUSTOMIZATION, STR_INIT("secretGenerator"), JOINS(0, STR_INIT("name")) },
};

static const struct known_kind *
find(struct str api_version, struct str kind)
{
	for (size_t i = 0; i < countof(known_kinds); i++) {
		if (str_eq(known_kinds[i].kind, kind) && str_eq(known_kinds[i].api_version, api_version)) {
			return &known_kinds[i];
		}
	}
	return NULL;
}

bool
kind_is_cluster_scoped(struct str api_version, struct str kind)
{
	const struct known_kind *known = find(api_version, kind);
	return known && known->is_cluster_scoped;
}

merge_type
merge_type_of_kind(struct str api_version, struct str kind)
{
	const struct known_kind *known = find(api_version, kind);
	return known ? known->type : TYPE_UNKNOWN;
}

static bool
is_object(merge_type type)
{
	for (size_t i = 0; i < countof(known_kinds); i++) {
		if (known_kinds[i].type == type) {
			return type != TYPE_KUSTOMIZATION;
		}
	}
	return false;
}

struct merge_field
merge_field_of(merge_type type, struct str name)
{
	if (type == TYPE_UNKNOWN) {
		return (struct merge_field){ 0 };
	}
	if (str_eq(name, STR("metadata")) && is_object(type)) {
		return (struct merge_field){ .type = TYPE_META };
	}
	for (size_t i = 0; i < countof(known_fields); i++) {
		if (known_fields[i].of == type && str_eq(known_fields[i].name, name)) {
			return known_fields[i].field;
		}
	}
	return (struct merge_field){ 0 };
}
