#include "flux_objects.h"

#include "aside.h"
#include "path.h"
#include "schema_words.h"
#include "vec.h"

bool
applied_is_kustomization(const struct applied *applied)
{
	return applied_is(applied, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"));
}

bool
applied_is_release(const struct applied *applied)
{
	return applied_is(applied, FLUX_HELM_GROUP, STR("HelmRelease"));
}

bool
applied_is_bootstrapped(const struct applied *applied)
{
	return str_eq(path_base(applied->object->resource->file->source.path), STR("gotk-sync.yaml"));
}

const struct ynode *
applied_name_node(const struct applied *applied)
{
	const struct ynode *name = ynode_at(applied->object->node, "metadata", "name", NULL);
	return name && name->source != 0 ? name : applied->object->written;
}

const struct ynode *
applied_items(const struct applied *applied, const char *key)
{
	const struct ynode *list = ynode_follow(applied_spec(applied, key));
	return list && list->kind == YNODE_SEQUENCE ? list->first : NULL;
}

struct str
node_mark(const struct ynode *node, const char *mark)
{
	struct str annotation = ynode_str(ynode_at(node, "metadata", "annotations", mark, NULL));
	return annotation.len > 0 ? annotation : ynode_str(ynode_at(node, "metadata", "labels", mark, NULL));
}

bool
node_holds_text(const struct ynode *node, struct str text)
{
	if (node->kind == YNODE_SCALAR) {
		return str_eq(ynode_str(node), text);
	}
	for (const struct ynode *child = node->kind == YNODE_ALIAS ? NULL : node->first; child;
		child = child->next) {
		if (node_holds_text(child, text)) {
			return true;
		}
	}
	return false;
}

void
each_followed(struct lint *lint, const struct repository *repository,
	void (*check)(struct lint *, const struct flux_root *, const struct flux_kustomization *))
{
	for (size_t i = 0; i < repository->flux->roots.len; i++) {
		const struct flux_root *root = &repository->flux->roots.items[i];
		for (size_t j = 0; j < root->closure.len; j++) {
			check(lint, root, root->closure.items[j]);
		}
	}
}

struct str
shown_path(struct str path)
{
	return path.len > 0 ? path : STR("./");
}

bool
reference_read(const struct applied *from, const struct ynode *node, struct reference *ret_reference)
{
	const struct ynode *name = ynode_get(node, STR("name"));
	struct reference reference = { .from = from,
		.namespace = applied_reference_namespace(from, node),
		.name = ynode_str(name),
		.at = name };
	if (!applied_is_plain(name) || name->source == 0 || reference.name.len == 0
		|| reference.namespace.len == 0 || !applied_text_is_plain(reference.namespace)) {
		return false;
	}
	*ret_reference = reference;
	return true;
}

void
each_source_reference(struct lint *lint, const struct applied *applied,
	void (*check)(struct lint *, const struct applied *, const struct ynode *node))
{
	if (applied_is_kustomization(applied)) {
		check(lint, applied, applied_spec(applied, "sourceRef"));
	} else if (applied_is_release(applied)) {
		check(lint, applied, ynode_at(applied_spec(applied, "chart"), "spec", "sourceRef", NULL));
		check(lint, applied, applied_spec(applied, "chartRef"));
	}
}

bool
reference_is_met(const struct reference *r)
{
	const struct flux_root *root = r->from->cluster->root;
	const struct flux_kustomization *own = root->kustomization;
	bool is_root = str_eq(r->kind, STR("Kustomization")) && str_eq(r->name, own->name)
		&& str_eq(r->namespace, own->namespace);
	bool is_source = str_eq(r->kind, root->source->kind) && str_eq(r->name, root->source->name)
		&& str_eq(r->namespace, root->source->namespace);
	return is_root || is_source
		|| cluster_find(r->from->cluster, r->group, r->kind, r->namespace, r->name);
}

/* Its name and namespace as they stand in its file, before any transformer. */
static bool
was_written_as(const struct object *object, const struct reference *r)
{
	struct str name = object->resource->name, namespace = object->resource->namespace;
	if (object->is_generated) { /* its place is the generator */
		name = ynode_str(ynode_get(object->written, STR("name")));
		namespace = ynode_str(ynode_get(object->written, STR("namespace")));
	}
	return str_eq(object->id.group, r->group) && str_eq(object->id.kind, r->kind) && str_eq(name, r->name)
		&& (namespace.len == 0 || str_eq(namespace, r->namespace));
}

const struct object *
reference_find_renamed(const struct reference *r)
{
	const struct build *build = r->from->by->build;
	for (size_t i = 0; i < build->objects.len; i++) {
		if (was_written_as(&build->objects.items[i], r)) {
			return &build->objects.items[i];
		}
	}
	return NULL;
}

/* The object of the kind and namespace whose name `name` was probably meant to be, or NULL; one that is
 * called otherwise than `but`. */
static const struct applied *
find_near(const struct reference *r, struct str but)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct cluster *cluster = r->from->cluster;
	struct names names = { 0 };
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		struct str name = applied->object->id.name;
		if (applied_is(applied, r->group, r->kind) && applied->object != r->from->object
			&& str_eq(applied->object->id.namespace, r->namespace) && !str_eq(name, but)) {
			vec_push(&scratch, &names, name);
		}
	}
	struct str near = words_nearest(&names, r->name);
	return near.len > 0 ? cluster_find(cluster, r->group, r->kind, r->namespace, near) : NULL;
}

/* The only object of that kind and name, in another namespace; NULL when there are none or several. */
static const struct applied *
find_elsewhere(const struct reference *r)
{
	const struct applied *found = NULL;
	const struct cluster *cluster = r->from->cluster;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is(applied, r->group, r->kind) && str_eq(applied->object->id.name, r->name)) {
			if (found && !str_eq(found->object->id.namespace, applied->object->id.namespace)) {
				return NULL;
			}
			found = applied;
		}
	}
	return found;
}

/* One of another kind by that name, of those that a reference could be mistaken to name. */
static const struct applied *
find_other_kind(const struct reference *r)
{
	static const struct {
		struct str group, kind;
	} kinds[] = {
		{ STR_INIT("kustomize.toolkit.fluxcd.io"), STR_INIT("Kustomization") },
		{ STR_INIT("helm.toolkit.fluxcd.io"), STR_INIT("HelmRelease") },
		{ STR_INIT("source.toolkit.fluxcd.io"), STR_INIT("GitRepository") },
		{ STR_INIT("source.toolkit.fluxcd.io"), STR_INIT("OCIRepository") },
		{ STR_INIT("source.toolkit.fluxcd.io"), STR_INIT("HelmRepository") },
		{ STR_INIT("source.toolkit.fluxcd.io"), STR_INIT("Bucket") },
	};
	bool is_source = str_eq(r->group, FLUX_SOURCE_GROUP);
	for (size_t i = 0; i < countof(kinds); i++) {
		const struct applied *found = is_source == str_eq(kinds[i].group, FLUX_SOURCE_GROUP)
			? cluster_find(r->from->cluster, kinds[i].group, kinds[i].kind, r->namespace, r->name)
			: NULL;
		if (found) {
			return found;
		}
	}
	return NULL;
}

/* Written as it is named, in a file that no kustomization file lists: not a patch, then. */
static const struct resource *
find_unlisted(const struct repository *repository, const struct reference *r)
{
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		const struct file *file = resource->file;
		if (resource_is(resource, r->group, r->kind) && str_eq(resource->name, r->name)
			&& str_eq(resource->namespace, r->namespace) && !file->is_template
			&& !flux_reaches(repository->flux, file)
			&& !map_get(repository->listed, file->source.path)
			&& !files_in_chart(repository->files, file->source.path)
			&& !path_is_aside(file->source.path)) {
			return resource;
		}
	}
	return NULL;
}

const struct resource *
reference_find_unapplied(const struct repository *repository, const struct reference *r)
{
	const struct clusters *clusters = repository->clusters;
	for (size_t i = 0; i < clusters->loose.len; i++) {
		const struct applied *applied = &clusters->loose.items[i];
		if (applied_is(applied, r->group, r->kind)
			&& str_eq(applied->object->id.namespace, r->namespace)
			&& str_eq(applied->object->id.name, r->name)) {
			return applied->object->resource;
		}
	}
	return find_unlisted(repository, r);
}

const struct applied *
reference_only_near(const struct lint *lint, const struct reference *r)
{
	const struct applied *near = find_near(r, STR(""));
	bool is_only = near && !find_near(r, near->object->id.name) && !find_other_kind(r)
		&& !find_elsewhere(r) && !reference_find_unapplied(lint_repository(lint), r);
	return is_only ? near : NULL;
}

/* What was probably meant, and what to do about it. */
static const struct applied *
find_meant(const struct lint *lint, const struct reference *r, struct str *ret_help)
{
	struct arena *arena = lint_arena(lint);
	const struct applied *found = find_other_kind(r);
	if (found) {
		*ret_help = arena_printf(
			arena, "the one of that name is a %.*s", STR_ARG(found->object->id.kind));
		return found;
	}
	found = find_near(r, STR(""));
	if (found) {
		*ret_help = arena_printf(arena, "did you mean \"%.*s\"?", STR_ARG(found->object->id.name));
		return found;
	}
	found = find_elsewhere(r);
	*ret_help = found ? arena_printf(arena, "there is one in namespace \"%.*s\": state that, too",
			    STR_ARG(found->object->id.namespace))
			  : STR("correct the name, or see that something else makes it in the cluster");
	return found;
}

/* It lies here, and is not applied: if all roots are known, that is it. */
static void
advise_unapplied(struct lint *lint, struct finding *finding, const struct resource *resource)
{
	const struct ynode *name = ynode_at(resource->root, "metadata", "name", NULL);
	if (lint_repository(lint)->flux->roots_are_known) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_relate(lint, finding, name && name->source != 0 ? name : resource->root, "%.*s \"%.*s\"",
		STR_ARG(resource->kind), STR_ARG(resource->name));
	lint_help(lint, finding, "it is in this repository, but nothing that is known leads Flux to it");
}

struct finding *
reference_report(struct lint *lint, const struct reference *r, struct str message)
{
	struct str help;
	struct finding *finding = lint_report(lint, r->at, "%.*s", STR_ARG(message));
	const struct resource *unapplied = reference_find_unapplied(lint_repository(lint), r);
	lint_object(lint, finding, r->from->object->resource->root, r->at);
	if (unapplied) {
		advise_unapplied(lint, finding, unapplied);
		return finding;
	}
	const struct applied *meant = find_meant(lint, r, &help);
	lint_help(lint, finding, "%.*s", STR_ARG(help));
	if (meant) {
		const struct identity *id = &meant->object->id;
		finding->severity = SEVERITY_WARNING;
		lint_relate(lint, finding, applied_name_node(meant), "%.*s \"%.*s/%.*s\"", STR_ARG(id->kind),
			STR_ARG(id->namespace), STR_ARG(id->name));
	}
	return finding;
}
