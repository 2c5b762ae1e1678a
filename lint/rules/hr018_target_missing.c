#include "applied_finding.h"
#include "flux_objects.h"
#include "names.h"
#include "told.h"

struct search {
	struct lint *lint;
	const struct release *release;
};

static bool
makes_namespaces(const struct release *release)
{
	const struct ynode *creates = ynode_at(release->spec, "install", "createNamespace", NULL);
	return creates && !str_eq(ynode_str(creates), STR("false"));
}

/* A release that goes there may make it, this one among them; others by their charts. */
static bool
may_release_make(const struct search *s, const struct applied *applied)
{
	struct release other;
	return !release_read(lint_arena(s->lint), applied, &other)
		|| (str_eq(other.target, s->release->target) && makes_namespaces(&other))
		|| (applied != s->release->applied
			&& node_holds_text(ynode_get(other.spec, STR("values")), s->release->target));
}

/* May the object make the namespace, or bring something that does? */
static bool
may_make(const struct search *s, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	struct str target = s->release->target;
	if (applied_is_release(applied)) {
		return may_release_make(s, applied);
	}
	if (applied_is_kustomization(applied)) {
		/* of another repository, or one that was not followed */
		return !applied->applies;
	}
	/* policies, tenants and operators make namespaces by patterns or by name */
	bool is_theirs = str_ends(id->group, STR("kyverno.io")) || str_eq(id->kind, STR("ResourceSet"));
	return is_theirs || applied->object->may_be_renamed || node_holds_text(applied->object->node, target);
}

/* Where no namespace is in the repository, something else makes them all. */
static bool
has_namespaces(const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is(applied, STR(""), STR("Namespace"))
			&& !str_eq(applied->object->id.name, cluster->root->kustomization->namespace)) {
			return true;
		}
	}
	return false;
}

static bool
is_made(const struct search *s)
{
	const struct cluster *cluster = s->release->applied->cluster;
	/* what answers most questions is asked first: the walk below reads all that the cluster gets */
	if (makes_namespaces(s->release)
		|| cluster_find(cluster, STR(""), STR("Namespace"), STR(""), s->release->target)) {
		return true;
	}
	for (size_t i = 0; i < cluster->objects.len; i++) {
		if (may_make(s, &cluster->objects.items[i])) {
			return true;
		}
	}
	static const struct str words[] = { STR_INIT("namespace"), STR_INIT(" ns "), { NULL, 0 } };
	return text_tells_of(lint_repository(s->lint)->files, s->release->target, words);
}

static bool
is_judged(const struct applied *applied, const struct release *release)
{
	const struct flux_root *root = applied->cluster ? applied->cluster->root : NULL;
	return root && root->is_complete && has_namespaces(applied->cluster) && release->target.len > 0
		&& !str_eq(release->target, applied->object->id.namespace)
		&& !name_is_kubernetes_namespace(release->target) && !applied_is_suspended(applied)
		&& !flux_is_suspended(applied->by) && !applied_spec(applied, "kubeConfig");
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	struct search search = { lint, &release };
	if (!release_read(lint_arena(lint), applied, &release) || !is_judged(applied, &release)
		|| is_made(&search)) {
		return;
	}
	const struct ynode *place = applied_place(applied, release.target_node);
	struct finding *finding = lint_report(lint, place,
		"nothing that this cluster gets makes the namespace \"%.*s\"", STR_ARG(release.target));
	lint_help(lint, finding,
		"apply a Namespace \"%.*s\", or set spec.install.createNamespace: true; Helm stops otherwise",
		STR_ARG(release.target));
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR018 = {
	.code = "HR018",
	.name = "target-namespace-missing",
	.summary = "A HelmRelease installs into a namespace that nothing in the repository makes.",
	.rationale =
		"Helm makes a namespace only with `spec.install.createNamespace: true`. Without it, and "
		"without a Namespace object, the first installation fails: *namespaces \"…\" not "
		"found*. On the cluster at hand somebody may have made it by hand; the next cluster that "
		"starts from this repository stops there.\n\nSaid of a `spec.targetNamespace` when all is "
		"known that the cluster gets from this repository, other namespaces among it, and nothing "
		"else mentions the name: no "
		"other object, no values of another release, no script and no Terraform. Other sources, "
		"policies that make namespaces and objects that are not understood keep it unsaid.\n\nTo "
		"verify: run `kubectl get namespace NAME` before Flux has run.",
	.advice = "Apply the Namespace, in the same Kustomization or in one that this one depends on.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#target-namespace",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
