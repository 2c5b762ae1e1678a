/*
 * The agent's Deployment in packages of kpt: GitLab's own package, as it was,
 * and what glagent-gen renders. There is no chart and there are no values; what
 * the two have in common with a release is the address of the agent's server.
 */
#include "install_parts.h"
#include "kpt/setters.h"
#include "kustomize/build.h"
#include "path.h"
#include "vec.h"

#define ADDRESS_FLAG STR("--kas-address")

struct package_reader {
	struct install_reader *reader;
	const struct kpt_packages *packages;
};

/* The address in a container's arguments: behind "=", or the next one. The list in *ret_list. */
static const struct ynode *
find_address(const struct ynode *container, const struct ynode **ret_list)
{
	const struct ynode *list = ynode_get(container, STR("args"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	*ret_list = ynode_follow(list);
	for (; item; item = item->next) {
		struct str rest = ynode_str(item), name = str_cut(&rest, '=');
		if (str_eq(name, ADDRESS_FLAG)) {
			return rest.ptr ? item : item->next;
		}
	}
	return NULL;
}

/* The agent's container in the pods of the Deployment; NULL: there is none. */
static const struct ynode *
find_container(const struct ynode *deployment)
{
	const struct ynode *list = ynode_at(deployment, "spec", "template", "spec", "containers", NULL);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		if (str_eq(kpt_image_name(kpt_text(item, "image")), STR("agentk"))) {
			return ynode_follow(item);
		}
	}
	return NULL;
}

/* Does the marker leave the node, an item of the list, as it is? */
static bool
is_in_sync(struct arena *arena, const struct kpt_setters *setters, const struct kpt_marker *marker,
	const struct ynode *node, const struct ynode *list)
{
	struct str text;
	if (marker->value != node && marker->value != list) {
		return true;
	}
	if (kpt_setting(arena, setters, marker->pattern, &text) != KPT_TEXT) {
		return false;
	}
	const struct ynode *made = marker->value == list ? kpt_setting_list(arena, text) : NULL;
	return marker->value == list ? made && ynode_equal(made, list) : str_eq(text, ynode_str(node));
}

/* Does the package's pipeline leave the node as it is? */
static bool
is_left(const struct package_reader *p, const struct kpt_package *package, const struct ynode *node,
	const struct ynode *list)
{
	struct kpt_setters setters;
	struct kpt_markers markers;
	struct arena *arena = p->reader->arena;
	if (package->is_v1 && !kpt_functions(package, "mutators")) {
		return true;
	}
	if (!kpt_setters_read(p->reader->files, p->packages, package, &setters)) {
		return false;
	}
	kpt_markers_collect(arena, p->reader->files, p->packages, &setters, &markers);
	for (size_t i = 0; i < markers.len; i++) {
		if (!is_in_sync(arena, &setters, &markers.items[i], node, list)) {
			return false;
		}
	}
	return markers.is_whole;
}

/* A transformer that is in a file of its own, and changes namespaces. */
static bool
is_of_namespaces(const struct install_reader *reader, struct str home, const struct ynode *list)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		struct str path;
		const struct file *file = path_join(reader->arena, home, ynode_str(item), &path)
			? files_get(reader->files, path)
			: NULL;
		if (!file || !file->docs
			|| !str_eq(kpt_text(file->docs->root, "kind"), STR("NamespaceTransformer"))) {
			return false;
		}
	}
	return ynode_is(list, YNODE_SEQUENCE);
}

/* Does the kustomization file change nothing but names, namespaces and labels? */
static bool
is_harmless(const struct install_reader *reader, const struct file *file)
{
	static const struct str harmless[] = { STR_INIT("apiVersion"), STR_INIT("kind"), STR_INIT("metadata"),
		STR_INIT("resources"), STR_INIT("namespace"), STR_INIT("namePrefix"), STR_INIT("nameSuffix"),
		STR_INIT("configurations"), STR_INIT("secretGenerator"), STR_INIT("generatorOptions"),
		STR_INIT("labels"), STR_INIT("commonLabels"), STR_INIT("commonAnnotations"),
		STR_INIT("images") };
	const struct ynode *root = file->docs && !file->syntax ? file->docs->root : NULL;
	const struct ynode *key = root && ynode_is(root, YNODE_MAPPING) ? root->first : NULL;
	for (; key; key = key->next->next) {
		bool is_fine = str_eq(ynode_str(key), STR("transformers"))
			&& is_of_namespaces(reader, path_parent(file->source.path), key->next);
		for (size_t i = 0; i < countof(harmless); i++) {
			is_fine = is_fine || str_eq(ynode_str(key), harmless[i]);
		}
		if (!is_fine) {
			return false;
		}
	}
	return root != NULL;
}

/* By a kustomization file beside it or above. */
static bool
may_be_patched(const struct install_reader *reader, const struct file *file)
{
	for (struct str home = path_parent(file->source.path);; home = path_parent(home)) {
		const struct file *found = files_first_of(reader->files, home, kustomization_names);
		if (found && !is_harmless(reader, found)) {
			return true;
		}
		if (home.len == 0) {
			return false;
		}
	}
}

/* The address alone, where it stands. */
static const struct ynode *
address_node(const struct install_reader *reader, const struct file *file, const struct ynode *argument)
{
	struct str text = ynode_str(argument), rest = text;
	bool is_joined = str_eq(str_cut(&rest, '='), ADDRESS_FLAG);
	if (!is_joined) {
		return argument;
	}
	struct ynode *node = ynode_scalar(reader->arena, rest, YSTYLE_QUOTED);
	node->source = file->id & SOURCE_ID_MAX;
	node->span = argument->span;
	struct str raw =
		str_first(str_skip(file->source.text, node->span.start), node->span.end - node->span.start);
	size_t at = str_find(raw, rest);
	if (at < raw.len) {
		node->span.start += (uint32_t)at;
		node->span.end = node->span.start + (uint32_t)rest.len;
	}
	return node;
}

static const struct ynode *
values_of(struct arena *arena, const struct ynode *address)
{
	struct ylist values = ylist_mapping(arena), config = ylist_mapping(arena),
		     receptive = ylist_mapping(arena);
	ylist_put(&receptive, STR("enabled"), ynode_scalar(arena, STR("false"), YSTYLE_PLAIN));
	ylist_put(&config, STR("kasAddress"), address);
	ylist_put(&config, STR("receptive"), receptive.parent);
	ylist_put(&values, STR("config"), config.parent);
	return values.parent;
}

static void
read_deployment(const struct package_reader *p, const struct resource *resource)
{
	const struct install_reader *reader = p->reader;
	const struct kpt_package *package = kpt_package_of(p->packages, resource->file->source.path);
	const struct ynode *list, *argument = find_address(find_container(resource->root), &list);
	if (!package || !argument || may_be_patched(reader, resource->file)
		|| !is_left(p, package, argument, list)) {
		return;
	}
	struct install install = {
		.deployment = resource,
		.at = argument,
		.namespace = resource->namespace,
		.is_open = true,
		.is_patched = true,
	};
	install.values = values_of(reader->arena, address_node(reader, resource->file, argument));
	vec_push(reader->arena, &reader->installs->items, install);
	(void)map_put(reader->arena, &reader->installs->read, resource->file->source.path,
		(void *)(uintptr_t)resource->file);
}

void
installs_of_packages(struct install_reader *reader)
{
	struct kpt_packages packages;
	kpt_packages_collect(reader->arena, reader->files, &packages);
	const struct package_reader p = { reader, &packages };
	for (size_t i = 0; packages.len > 0 && i < reader->resources->len; i++) {
		const struct resource *resource = &reader->resources->items[i];
		if (resource_is(resource, STR("apps"), STR("Deployment")) && !resource->file->is_template) {
			read_deployment(&p, resource);
		}
	}
}
