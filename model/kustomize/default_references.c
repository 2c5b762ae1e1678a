#include "kustomize/config.h"

#define TO_DEPLOYMENT                                                                                        \
	{                                                                                                    \
		STR_INIT(""), STR_INIT(""), STR_INIT("Deployment")                                           \
	}
#define TO_REPLICATION_CONTROLLER                                                                            \
	{                                                                                                    \
		STR_INIT(""), STR_INIT(""), STR_INIT("ReplicationController")                                \
	}
#define TO_REPLICA_SET                                                                                       \
	{                                                                                                    \
		STR_INIT(""), STR_INIT(""), STR_INIT("ReplicaSet")                                           \
	}
#define TO_STATEFUL_SET                                                                                      \
	{                                                                                                    \
		STR_INIT(""), STR_INIT(""), STR_INIT("StatefulSet")                                          \
	}
#define TO_CONFIG_MAP                                                                                        \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("ConfigMap")                                          \
	}
#define TO_SECRET                                                                                            \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("Secret")                                             \
	}
#define TO_SERVICE                                                                                           \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("Service")                                            \
	}
#define TO_ROLE                                                                                              \
	{                                                                                                    \
		STR_INIT("rbac.authorization.k8s.io"), STR_INIT(""), STR_INIT("Role")                        \
	}
#define TO_CLUSTER_ROLE                                                                                      \
	{                                                                                                    \
		STR_INIT("rbac.authorization.k8s.io"), STR_INIT(""), STR_INIT("ClusterRole")                 \
	}
#define TO_SERVICE_ACCOUNT                                                                                   \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("ServiceAccount")                                     \
	}
#define TO_PERSISTENT_VOLUME_CLAIM                                                                           \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("PersistentVolumeClaim")                              \
	}
#define TO_PERSISTENT_VOLUME                                                                                 \
	{                                                                                                    \
		STR_INIT(""), STR_INIT("v1"), STR_INIT("PersistentVolume")                                   \
	}
#define TO_STORAGE_CLASS                                                                                     \
	{                                                                                                    \
		STR_INIT("storage.k8s.io"), STR_INIT("v1"), STR_INIT("StorageClass")                         \
	}
#define TO_PRIORITY_CLASS                                                                                    \
	{                                                                                                    \
		STR_INIT("scheduling.k8s.io"), STR_INIT("v1"), STR_INIT("PriorityClass")                     \
	}
#define TO_INGRESS_CLASS                                                                                     \
	{                                                                                                    \
		STR_INIT("networking.k8s.io/v1"), STR_INIT("v1"), STR_INIT("IngressClass")                   \
	}
#define TO_VALIDATING_ADMISSION_POLICY                                                                       \
	{                                                                                                    \
		STR_INIT("admissionregistration.k8s.io"), STR_INIT(""),                                      \
			STR_INIT("ValidatingAdmissionPolicy")                                                \
	}

#define F(target, group, version, kind, path)                                                                \
	{                                                                                                    \
		target,                                                                                      \
		{                                                                                            \
			{ STR_INIT(group), STR_INIT(version), STR_INIT(kind) }, STR_INIT(path), false        \
		}                                                                                            \
	}

/* api/internal/konfig/builtinpluginconsts/namereference.go: fields that hold the name of another object. */
const struct default_reference default_references[] = {
	F(TO_DEPLOYMENT, "", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
	F(TO_REPLICATION_CONTROLLER, "", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
	F(TO_REPLICA_SET, "", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
	F(TO_STATEFUL_SET, "", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "v1", "Pod", "spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate", "template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate",
		"template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate",
		"template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate", "template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate", "template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "PodTemplate", "template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment", "spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment",
		"spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment",
		"spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment", "spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "Deployment", "spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet", "spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet",
		"spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet",
		"spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet", "spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "ReplicaSet", "spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet", "spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet",
		"spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet",
		"spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet", "spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "DaemonSet", "spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet", "spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet",
		"spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet",
		"spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet", "spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet",
		"spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "StatefulSet",
		"spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "Job", "spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "Job", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "Job",
		"spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "Job", "spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "Job", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "Job", "spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob", "spec/jobTemplate/spec/template/spec/volumes/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name"),
	F(TO_CONFIG_MAP, "", "", "Node", "spec/configSource/configMap"),
	F(TO_CONFIG_MAP, "", "", "Role", "rules/resourceNames"),
	F(TO_CONFIG_MAP, "", "", "ClusterRole", "rules/resourceNames"),
	F(TO_CONFIG_MAP, "", "", "Ingress",
		"metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"),
	F(TO_SECRET, "", "v1", "Pod", "spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "v1", "Pod", "spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "v1", "Pod", "spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "v1", "Pod", "spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "v1", "Pod", "spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "v1", "Pod", "spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "v1", "Pod", "spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "PodTemplate", "template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "Deployment",
		"spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "Deployment", "spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "ReplicaSet",
		"spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "ReplicaSet", "spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "DaemonSet",
		"spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "DaemonSet", "spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "StatefulSet",
		"spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "StatefulSet", "spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "Job", "spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "CronJob", "spec/jobTemplate/spec/template/spec/volumes/secret/secretName"),
	F(TO_SECRET, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name"),
	F(TO_SECRET, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name"),
	F(TO_SECRET, "", "", "CronJob", "spec/jobTemplate/spec/template/spec/imagePullSecrets/name"),
	F(TO_SECRET, "", "", "Ingress", "spec/tls/secretName"),
	F(TO_SECRET, "", "", "Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret"),
	F(TO_SECRET, "", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret"),
	F(TO_SECRET, "", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret"),
	F(TO_SECRET, "", "", "Ingress", "spec/tls/secretName"),
	F(TO_SECRET, "", "", "ServiceAccount", "imagePullSecrets/name"),
	F(TO_SECRET, "", "", "StorageClass", "parameters/secretName"),
	F(TO_SECRET, "", "", "StorageClass", "parameters/adminSecretName"),
	F(TO_SECRET, "", "", "StorageClass", "parameters/userSecretName"),
	F(TO_SECRET, "", "", "StorageClass", "parameters/secretRef"),
	F(TO_SECRET, "", "", "Role", "rules/resourceNames"),
	F(TO_SECRET, "", "", "ClusterRole", "rules/resourceNames"),
	F(TO_SECRET, "serving.knative.dev", "v1", "Service",
		"spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	F(TO_SECRET, "", "", "PersistentVolume", "spec/azureFile/secretName"),
	F(TO_SERVICE, "apps", "", "StatefulSet", "spec/serviceName"),
	F(TO_SERVICE, "", "", "Ingress", "spec/rules/http/paths/backend/serviceName"),
	F(TO_SERVICE, "", "", "Ingress", "spec/backend/serviceName"),
	F(TO_SERVICE, "", "", "Ingress", "spec/rules/http/paths/backend/service/name"),
	F(TO_SERVICE, "", "", "Ingress", "spec/defaultBackend/service/name"),
	F(TO_SERVICE, "apiregistration.k8s.io", "", "APIService", "spec/service/name"),
	F(TO_SERVICE, "admissionregistration.k8s.io", "", "ValidatingWebhookConfiguration",
		"webhooks/clientConfig/service"),
	F(TO_SERVICE, "admissionregistration.k8s.io", "", "MutatingWebhookConfiguration",
		"webhooks/clientConfig/service"),
	F(TO_ROLE, "rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name"),
	F(TO_CLUSTER_ROLE, "rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name"),
	F(TO_CLUSTER_ROLE, "rbac.authorization.k8s.io", "", "ClusterRoleBinding", "roleRef/name"),
	F(TO_SERVICE_ACCOUNT, "rbac.authorization.k8s.io", "", "RoleBinding", "subjects"),
	F(TO_SERVICE_ACCOUNT, "rbac.authorization.k8s.io", "", "ClusterRoleBinding", "subjects"),
	F(TO_SERVICE_ACCOUNT, "", "", "Pod", "spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "StatefulSet", "spec/template/spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "Deployment", "spec/template/spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "ReplicationController", "spec/template/spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "CronJob", "spec/jobTemplate/spec/template/spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "Job", "spec/template/spec/serviceAccountName"),
	F(TO_SERVICE_ACCOUNT, "", "", "DaemonSet", "spec/template/spec/serviceAccountName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "Pod", "spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "StatefulSet",
		"spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "Deployment",
		"spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "ReplicationController",
		"spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "CronJob",
		"spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "Job",
		"spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME_CLAIM, "", "", "DaemonSet",
		"spec/template/spec/volumes/persistentVolumeClaim/claimName"),
	F(TO_PERSISTENT_VOLUME, "", "", "PersistentVolumeClaim", "spec/volumeName"),
	F(TO_PERSISTENT_VOLUME, "", "", "ClusterRole", "rules/resourceNames"),
	F(TO_STORAGE_CLASS, "", "", "PersistentVolume", "spec/storageClassName"),
	F(TO_STORAGE_CLASS, "", "", "PersistentVolumeClaim", "spec/storageClassName"),
	F(TO_STORAGE_CLASS, "", "", "StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName"),
	F(TO_PRIORITY_CLASS, "", "", "Pod", "spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "StatefulSet", "spec/template/spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "Deployment", "spec/template/spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "ReplicationController", "spec/template/spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "CronJob", "spec/jobTemplate/spec/template/spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "Job", "spec/template/spec/priorityClassName"),
	F(TO_PRIORITY_CLASS, "", "", "DaemonSet", "spec/template/spec/priorityClassName"),
	F(TO_INGRESS_CLASS, "", "", "Ingress", "spec/ingressClassName"),
	F(TO_VALIDATING_ADMISSION_POLICY, "admissionregistration.k8s.io", "",
		"ValidatingAdmissionPolicyBinding", "spec/policyName"),
};

const size_t default_reference_count = countof(default_references);
