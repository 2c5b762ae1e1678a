#include "flux_objects.h"
#include "schema_words.h"
#include "vec.h"

/* A ConfigMap or Secret that a Kustomization takes variables from, and that the cluster does not get from
 * here. */
struct missing {
	struct lint *lint;
	const struct applied *applied;
	const struct ynode *at; /* its name */
	struct str kind, name;
};

static bool
is_kind(const struct object *object, struct str kind)
{
	return object->id.group.len == 0 && str_eq(object->id.kind, kind);
}

/* Is there anything that may make it: an ExternalSecret, a SealedSecret, whatever names it? Other Flux
 * objects only take from it. */
static bool
may_be_made(const struct missing *m)
{
	const struct cluster *cluster = m->applied->cluster;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		if (!flux_is_group(object->id.group) && !is_kind(object, STR("ConfigMap"))
			&& !is_kind(object, STR("Secret")) && node_holds_text(object->node, m->name)) {
			return true;
		}
	}
	return false;
}

static struct finding *
report(const struct missing *m, const char *why)
{
	struct finding *finding = lint_report(m->lint, m->at,
		"the %.*s \"%.*s\" is not in the namespace \"%.*s\"%s: Flux fails with \"substitute from "
		"'%.*s/%.*s' error\"",
		STR_ARG(m->kind), STR_ARG(m->name), STR_ARG(m->applied->object->id.namespace), why,
		STR_ARG(m->kind), STR_ARG(m->name));
	lint_object(m->lint, finding, m->applied->object->resource->root, m->at);
	return finding;
}

static bool
asks_for_copies(const struct object *object)
{
	const struct ynode *annotations = ynode_at(object->node, "metadata", "annotations", NULL);
	const struct ynode *key =
		ynode_is(annotations, YNODE_MAPPING) ? ynode_follow(annotations)->first : NULL;
	for (; key; key = key->next->next) {
		struct str text = ynode_str(key);
		if (str_find(text, STR("reflector")) < text.len
			|| str_find(text, STR("replica")) < text.len) {
			return true;
		}
	}
	return false;
}

/* May something copy an object into other namespaces: a policy of Kyverno, reflector, replicator, something
 * that is not known? */
static bool
may_be_copied(const struct cluster *cluster, const struct object *object)
{
	bool found = !cluster->root->is_complete || asks_for_copies(object);
	for (size_t i = 0; i < cluster->objects.len && !found; i++) {
		found = str_ends(cluster->objects.items[i].object->id.group, STR("kyverno.io"));
	}
	return found;
}

/* The same name in another namespace, or as the other kind. */
static bool
report_elsewhere(const struct missing *m)
{
	const struct cluster *cluster = m->applied->cluster;
	struct str namespace = m->applied->object->id.namespace;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		bool is_same_kind = is_kind(object, m->kind);
		if (!str_eq(object->id.name, m->name)
			|| !(is_kind(object, STR("ConfigMap")) || is_kind(object, STR("Secret")))
			|| !(is_same_kind || str_eq(object->id.namespace, namespace))) {
			continue;
		}
		if (is_same_kind && may_be_copied(cluster, object)) {
			return true;
		}
		struct finding *finding = report(m, "");
		lint_relate(m->lint, finding, object->written, "the %.*s \"%.*s/%.*s\" is here",
			STR_ARG(object->id.kind), STR_ARG(object->id.namespace), STR_ARG(object->id.name));
		if (is_same_kind) {
			lint_help(m->lint, finding,
				"put it into \"%.*s\": a Kustomization takes variables from its own "
				"namespace only",
				STR_ARG(namespace));
		} else {
			lint_help(m->lint, finding, "write \"kind: %.*s\"", STR_ARG(object->id.kind));
		}
		return true;
	}
	return false;
}

static bool
report_near(const struct missing *m)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct cluster *cluster = m->applied->cluster;
	struct names names = { 0 };
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		if (is_kind(object, m->kind)
			&& str_eq(object->id.namespace, m->applied->object->id.namespace)) {
			vec_push(&scratch, &names, object->id.name);
		}
	}
	struct str near = words_nearest(&names, m->name);
	if (near.len > 0) {
		lint_help(m->lint, report(m, ""), "did you mean \"%.*s\"?", STR_ARG(near));
	}
	return near.len > 0;
}

static bool
is_in_repository(const struct missing *m)
{
	const struct resources *resources = lint_repository(m->lint)->resources;
	for (size_t i = 0; i < resources->len; i++) {
		const struct resource *resource = &resources->items[i];
		if (str_eq(resource->name, m->name) && str_eq(resource->kind, m->kind)) {
			return true;
		}
	}
	return false;
}

/* Secrets are made outside of Git as a rule, ConfigMaps as an exception. */
static void
report_absent(const struct missing *m)
{
	if (!m->applied->cluster->root->is_complete || !str_eq(m->kind, STR("ConfigMap"))
		|| is_in_repository(m)) {
		return;
	}
	struct finding *finding = report(m, ", unless something outside of this repository makes it");
	finding->severity = SEVERITY_INFO;
	lint_help(m->lint, finding,
		"add the ConfigMap, or mark the entry \"optional: true\" where it may be missing");
}

static void
check_reference(struct lint *lint, const struct applied *applied, const struct ynode *reference)
{
	const struct ynode *kind = ynode_get(reference, STR("kind"));
	const struct ynode *name = ynode_get(reference, STR("name"));
	struct missing m = { lint, applied, name, ynode_str(kind), ynode_str(name) };
	if (!applied_is_plain(kind) || !applied_is_plain(name) || m.name.len == 0 || name->source == 0
		|| str_eq(ynode_str(ynode_get(reference, STR("optional"))), STR("true"))
		|| !(str_eq(m.kind, STR("ConfigMap")) || str_eq(m.kind, STR("Secret")))
		|| cluster_find(applied->cluster, STR(""), m.kind, applied->object->id.namespace, m.name)
		|| may_be_made(&m)) {
		return;
	}
	if (!report_elsewhere(&m) && !report_near(&m)) {
		report_absent(&m);
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	if (!applied->cluster || applied_is_suspended(applied)
		|| !applied_is(applied, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))
		|| str_has_char(applied->object->id.namespace, '$')) {
		return;
	}
	const struct ynode *list = ynode_get(applied_spec(applied, "postBuild"), STR("substituteFrom"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		check_reference(lint, applied, item);
	}
}

const struct rule rule_FX018 = {
	.code = "FX018",
	.name = "substitute-from-unresolved",
	.summary = "A ConfigMap or Secret that a Flux Kustomization takes variables from is not there under "
		   "that name.",
	.rationale =
		"`spec.postBuild.substituteFrom` reads ConfigMaps and Secrets of the Kustomization's own "
		"namespace, in the cluster where Flux runs. Where one is missing and not `optional` the "
		"whole "
		"Kustomization fails: *substitute from 'ConfigMap/…' error*.\n\nA warning for what is there "
		"under nearly the same name, in another namespace, or as the other kind. Information for a "
		"ConfigMap of which this repository knows nothing, when all is known that its root applies. "
		"Nothing is said of other Secrets, for these are rightly made elsewhere, nor where an "
		"ExternalSecret, a SealedSecret or the like names them. Another namespace is no finding "
		"where not all is "
		"known that the root applies, or something may copy objects: a policy of Kyverno, the "
		"annotations "
		"of reflector and replicator.",
	.advice =
		"Correct name, kind or namespace; or mark the entry `optional: true` and give the variables "
		"defaults.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#post-build-variable-substitution",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
