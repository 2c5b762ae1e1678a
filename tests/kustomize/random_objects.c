#include "random_tree.h"

#define PICK(dice, words) (words)[dice_below(dice, countof(words))]

WRAPS uint64_t
dice_roll(struct dice *dice)
{
	uint64_t z = dice->state += 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

size_t
dice_below(struct dice *dice, size_t bound)
{
	return (size_t)(dice_roll(dice) % bound);
}

bool
dice_chance(struct dice *dice, unsigned percent)
{
	return dice_below(dice, 100) < percent;
}

bool
dice_oddity(struct dice *dice, unsigned percent)
{
	return dice_chance(dice, percent) && !dice->is_sober;
}

static const struct {
	const char *kind, *api_version;
} kinds[] = {
	{ "ConfigMap", "v1" },
	{ "ConfigMap", "v1" },
	{ "Deployment", "apps/v1" },
	{ "Deployment", "apps/v1" },
	{ "Service", "v1" },
	{ "Secret", "v1" },
	{ "ServiceAccount", "v1" },
	{ "Namespace", "v1" },
	{ "RoleBinding", "rbac.authorization.k8s.io/v1" },
	{ "Role", "rbac.authorization.k8s.io/v1" },
	{ "ClusterRole", "rbac.authorization.k8s.io/v1" },
	{ "ClusterRoleBinding", "rbac.authorization.k8s.io/v1" },
	{ "StatefulSet", "apps/v1" },
	{ "CronJob", "batch/v1" },
	{ "HorizontalPodAutoscaler", "autoscaling/v2" },
	{ "Ingress", "networking.k8s.io/v1" },
	{ "HelmRelease", "helm.toolkit.fluxcd.io/v2" },
	{ "Widget", "example.com/v1" },
	{ "CustomResourceDefinition", "apiextensions.k8s.io/v1" },
	{ "PersistentVolumeClaim", "v1" },
};

struct str
random_kind(struct dice *dice)
{
	return str_from(kinds[dice_below(dice, countof(kinds))].kind);
}

struct str
random_api_version(struct str kind)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kind, str_from(kinds[i].kind))) {
			return str_from(kinds[i].api_version);
		}
	}
	return STR("v1");
}

struct str
random_name(struct dice *dice)
{
	static const char *const names[] = { "a", "a", "a", "b", "b", "c", "default", "web-1" };
	return str_from(PICK(dice, names));
}

static const char *
random_scalar(struct dice *dice)
{
	static const char *const words[] = { "x", "\"y\"", "'1'", "2", "1.50", "true", "yes", "~", "\"\"",
		"1e3", "|\n        a\n          b\n\n        c", ">\n        a\n        b\n\n        c",
		">-\n        a\n          b\n        c", "0x10", "a: b", "2001-02-03", "[u, v]", "{k: v}",
		"\"a\\nb\"", "on", "0o17", "*r", "!!str 5", "<<", "& x", "a#b", "\"<&>\"" };
	size_t sound = 13, all = countof(words);
	return words[dice_below(dice, dice_oddity(dice, 15) ? all : sound)];
}

static void
add_metadata(struct buf *out, struct dice *dice, struct str name)
{
	buf_addf(out, "metadata:\n");
	if (!dice_oddity(dice, 1)) {
		buf_addf(out, "  name: %.*s\n", STR_ARG(name));
	}
	if (dice_chance(dice, 25)) {
		static const char *const namespaces[] = { "one", "one", "two", "default", "\"\"", "~" };
		buf_addf(out, "  namespace: %s\n", PICK(dice, namespaces));
	}
	if (dice_chance(dice, 30)) {
		static const char *const values[] = { "x", "y", "\"true\"", "true", "1" };
		buf_addf(out, "  labels:\n    app: %s\n", PICK(dice, values));
		if (dice_chance(dice, 30)) {
			buf_addf(out, "    tier: back\n");
		}
	}
	if (dice_chance(dice, 15)) {
		static const char *const annotations[] = { "note: hello", "note: 1", "note: \"true\"",
			"config.kubernetes.io/local-config: \"true\"",
			"config.kubernetes.io/local-config: \"false\"", "note:", "note: $(NAME)" };
		buf_addf(out, "  annotations:\n    %s\n", PICK(dice, annotations));
	}
	if (dice_chance(dice, 3)) {
		buf_addf(out, "  finalizers: [one, two]\n");
	}
}

static void
add_containers(struct buf *out, struct dice *dice, const char *indent)
{
	static const char *const images[] = { "nginx", "nginx:1.2", "registry.example.com:5000/web:2",
		"nginx@sha256:abc", "\"busybox:1\"", "web" };
	size_t count = 1 + dice_below(dice, 2);
	buf_addf(out, "%scontainers:\n", indent);
	for (size_t i = 0; i < count; i++) {
		buf_addf(out, "%s- name: %s\n%s  image: %s\n", indent, i == 0 ? "main" : "side", indent,
			PICK(dice, images));
		if (dice_chance(dice, 30)) {
			buf_addf(out, "%s  env:\n%s  - {name: A, value: \"1\"}\n%s  - name: B\n", indent,
				indent, indent);
			buf_addf(out, "%s    valueFrom: {configMapKeyRef: {name: %s, key: k}}\n", indent,
				random_name(dice).ptr);
		}
		if (dice_chance(dice, 20)) {
			buf_addf(out, "%s  args: [\"--x=$(NAME)\", \"$$(NAME)\", $(NAME)]\n", indent);
		}
		if (dice_chance(dice, 25)) {
			static const char *const ports[] = { "[{containerPort: 80}]",
				"[{containerPort: 80, protocol: TCP}, {containerPort: 53, protocol: UDP}]",
				"[{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP}]" };
			buf_addf(out, "%s  ports: %s\n", indent, PICK(dice, ports));
		}
	}
	if (dice_chance(dice, 40)) {
		buf_addf(out, "%svolumes:\n%s- name: v\n%s  configMap: {name: %s}\n", indent, indent, indent,
			random_name(dice).ptr);
		buf_addf(out, "%s- name: s\n%s  secret: {secretName: %s}\n", indent, indent,
			random_name(dice).ptr);
	}
	if (dice_chance(dice, 20)) {
		buf_addf(out, "%sserviceAccountName: %s\n", indent, random_name(dice).ptr);
	}
}

static void
add_workload(struct buf *out, struct dice *dice)
{
	buf_addf(out, "spec:\n");
	if (dice_chance(dice, 50)) {
		static const char *const counts[] = { "1", "3", "\"2\"", "~" };
		buf_addf(out, "  replicas: %s\n", PICK(dice, counts));
	}
	if (dice_chance(dice, 60)) {
		buf_addf(out, "  selector:\n    matchLabels: {app: x}\n");
	}
	buf_addf(out, "  template:\n");
	if (dice_chance(dice, 50)) {
		buf_addf(out, "    metadata:\n      labels: {app: x}\n");
	}
	buf_addf(out, "    spec:\n");
	add_containers(out, dice, "      ");
}

static void
add_binding(struct buf *out, struct dice *dice, struct str kind)
{
	bool is_cluster = str_starts(kind, STR("Cluster")) || dice_chance(dice, 30);
	buf_addf(out, "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: %s\n  name: %s\n",
		is_cluster ? "ClusterRole" : "Role", random_name(dice).ptr);
	buf_addf(out, "subjects:\n- kind: ServiceAccount\n  name: %s\n", random_name(dice).ptr);
	if (dice_chance(dice, 60)) {
		static const char *const namespaces[] = { "one", "two", "default" };
		buf_addf(out, "  namespace: %s\n", PICK(dice, namespaces));
	}
}

static void
add_data(struct buf *out, struct dice *dice)
{
	size_t count = dice_below(dice, 3);
	buf_addf(out, "data:\n");
	for (size_t i = 0; i < count; i++) {
		buf_addf(out, "  k%zu: %s\n", i, random_scalar(dice));
	}
	if (dice_oddity(dice, 3)) {
		buf_addf(out, "  k0: again\n  k0: again\n");
	}
	if (dice_oddity(dice, 2)) {
		buf_addf(out, "  5: five\n");
	}
}

static void
add_content(struct buf *out, struct dice *dice, struct str kind)
{
	struct str other = random_name(dice);
	if (str_eq(kind, STR("ConfigMap")) || str_eq(kind, STR("Secret"))) {
		add_data(out, dice);
	} else if (str_eq(kind, STR("Deployment")) || str_eq(kind, STR("StatefulSet"))) {
		add_workload(out, dice);
	} else if (str_eq(kind, STR("CronJob"))) {
		buf_addf(out, "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n");
		add_containers(out, dice, "          ");
	} else if (str_ends(kind, STR("RoleBinding"))) {
		add_binding(out, dice, kind);
	} else if (str_ends(kind, STR("Role"))) {
		buf_addf(out, "rules:\n- apiGroups: [\"\"]\n  resources: [secrets]\n  verbs: [get]\n");
		buf_addf(out, "  resourceNames: [%.*s, \"%s\"]\n", STR_ARG(other), random_name(dice).ptr);
	} else if (str_eq(kind, STR("Service"))) {
		buf_addf(out,
			"spec:\n  selector: {app: x}\n  ports:\n  - port: 80\n  - {port: 53, protocol: "
			"UDP}\n");
	} else if (str_eq(kind, STR("HorizontalPodAutoscaler"))) {
		buf_addf(out,
			"spec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %.*s}\n",
			STR_ARG(other));
	} else if (str_eq(kind, STR("Ingress"))) {
		buf_addf(out, "spec:\n  defaultBackend:\n    service: {name: %.*s, port: {number: 80}}\n",
			STR_ARG(other));
		buf_addf(out, "  tls: [{secretName: %.*s}]\n", STR_ARG(other));
	} else if (str_eq(kind, STR("HelmRelease"))) {
		buf_addf(out, "spec:\n  chart: {spec: {chart: c, version: 1.0.0}}\n  values:\n    k: %s\n",
			random_scalar(dice));
		buf_addf(out,
			"    containers: [{name: z, image: \"nginx:3\"}]\n    empty:\n    list: [1, 2]\n");
	} else if (str_eq(kind, STR("Widget"))) {
		buf_addf(out, "spec: {list: [{name: p, v: 1}, {name: q}], map: {a: 1, b: %s}}\n",
			dice_chance(dice, 10) ? "~" : "2");
	}
}

static void
add_object(struct buf *out, struct dice *dice)
{
	struct str kind = random_kind(dice);
	if (!dice_oddity(dice, 1)) {
		buf_addf(out, "apiVersion: %.*s\n", STR_ARG(random_api_version(kind)));
	}
	if (!dice_oddity(dice, 1)) {
		buf_addf(out, "kind: %.*s\n", STR_ARG(kind));
	}
	add_metadata(out, dice, random_name(dice));
	add_content(out, dice, kind);
}

/* Texts that are no plain object. */
static const char *const odd_texts[] = {
	"",
	"# nothing\n",
	"{}\n",
	"---\n---\n",
	"a: b\n",
	"- a\n",
	"word\n",
	"a: [\n",
	"kind: FooList\n",
	"kind: FooList\nitems: []\n",
	("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l}}\n"
	 "- {apiVersion: v1, kind: Secret, metadata: {name: l}, type: Opaque}\n"),
	("apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: "
	 "m}}\n"),
	("x-anchors:\n  k: &v {p: q}\nkind: Widget\napiVersion: example.com/v1\nmetadata: {name: anchors}\n"
	 "spec:\n  <<: *v\n  again: *v\n"),
	"apiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: crlf}\r\n",
	("\xef\xbb\xbf"
	 "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bom}\n"),
	("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: e}\n--- # comment\napiVersion: v1\nkind: Secret\n"
	 "metadata: {name: e}\n"),
	("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: e}\n--- word\napiVersion: v1\nkind: Secret\n"
	 "metadata: {name: e}\n"),
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 12}\n",
	"apiVersion: v1\nkind: ConfigMap\nmetadata: word\n",
	"{{ template }}\nkind: A\n",
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t}\ndata: {k: \"${VAR}\"}\n",
	"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n",
	"apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: [a]}\nspec: {containers: [~]}\n",
	"\tapiVersion: v1\n",
};

void
random_objects(struct buf *out, struct dice *dice)
{
	if (dice_oddity(dice, 4)) {
		buf_addf(out, "%s", PICK(dice, odd_texts));
		return;
	}
	add_object(out, dice);
	if (dice_chance(dice, 25)) {
		buf_addf(out, "---\n");
		add_object(out, dice);
	}
}
