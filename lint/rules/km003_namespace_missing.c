#include "applied_finding.h"

struct kind {
	struct str group, name;
};

/* Of Kubernetes itself, in a namespace (kubectl api-resources --namespaced). */
static const struct kind kinds[] = {
	{ STR_INIT(""), STR_INIT("ConfigMap") },
	{ STR_INIT(""), STR_INIT("Endpoints") },
	{ STR_INIT(""), STR_INIT("LimitRange") },
	{ STR_INIT(""), STR_INIT("PersistentVolumeClaim") },
	{ STR_INIT(""), STR_INIT("Pod") },
	{ STR_INIT(""), STR_INIT("ReplicationController") },
	{ STR_INIT(""), STR_INIT("ResourceQuota") },
	{ STR_INIT(""), STR_INIT("Secret") },
	{ STR_INIT(""), STR_INIT("Service") },
	{ STR_INIT(""), STR_INIT("ServiceAccount") },
	{ STR_INIT("apps"), STR_INIT("DaemonSet") },
	{ STR_INIT("apps"), STR_INIT("Deployment") },
	{ STR_INIT("apps"), STR_INIT("ReplicaSet") },
	{ STR_INIT("apps"), STR_INIT("StatefulSet") },
	{ STR_INIT("autoscaling"), STR_INIT("HorizontalPodAutoscaler") },
	{ STR_INIT("batch"), STR_INIT("CronJob") },
	{ STR_INIT("batch"), STR_INIT("Job") },
	{ STR_INIT("coordination.k8s.io"), STR_INIT("Lease") },
	{ STR_INIT("discovery.k8s.io"), STR_INIT("EndpointSlice") },
	{ STR_INIT("networking.k8s.io"), STR_INIT("Ingress") },
	{ STR_INIT("networking.k8s.io"), STR_INIT("NetworkPolicy") },
	{ STR_INIT("policy"), STR_INIT("PodDisruptionBudget") },
	{ STR_INIT("rbac.authorization.k8s.io"), STR_INIT("Role") },
	{ STR_INIT("rbac.authorization.k8s.io"), STR_INIT("RoleBinding") },
};

/* Flux's own kinds all live in a namespace. */
static bool
is_namespaced(const struct identity *id)
{
	if (flux_is_group(id->group)) {
		return true;
	}
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kinds[i].name, id->kind) && str_eq(kinds[i].group, id->group)) {
			return true;
		}
	}
	return false;
}

/* What a variable or a merge key may still put there is no finding. */
static bool
has_none(const struct object *object)
{
	const struct ynode *metadata = ynode_get(object->node, STR("metadata"));
	const struct ynode *namespace = ynode_get(metadata, STR("namespace"));
	return object->id.namespace.len == 0 && (!namespace || ynode_str(namespace).len == 0)
		&& ynode_is(metadata, YNODE_MAPPING) && !ynode_get(metadata, STR("<<"));
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct object *object = applied->object;
	/* Of a root no Kustomization is read that could set it; a loose object may get one from anywhere. */
	if (!applied->cluster || !is_namespaced(&object->id) || !has_none(object)) {
		return;
	}
	const struct ynode *place = applied_place(applied, NULL);
	struct finding *finding = lint_report(lint, place,
		"%.*s \"%.*s\" has no namespace, and nothing sets one: Flux stops at \"namespace not "
		"specified\"",
		STR_ARG(object->id.kind), STR_ARG(object->id.name));
	lint_relate(lint, finding, applied_place(applied, applied->by->resource->root),
		"the Kustomization that applies it sets no targetNamespace");
	lint_help(lint, finding, "add metadata.namespace");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_KM003 = {
	.code = "KM003",
	.name = "namespace-missing",
	.summary = "Flux applies an object that lives in a namespace and names none.",
	.rationale = "kubectl falls back on the namespace of its context; Flux has none to fall back on. The "
		     "Kustomization fails with *namespace not specified*, and nothing of its build is "
		     "applied.\n\nJudged after `namespace` of kustomization files and "
		     "`spec.targetNamespace`, of Flux's "
		     "and Kubernetes' own kinds, where a root that is known applies the object.",
	.advice = "Write `metadata.namespace`, set `namespace:` in the kustomization file, or "
		  "`spec.targetNamespace` in the Flux Kustomization.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
