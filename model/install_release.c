/* HelmReleases of the agent's chart. Values come in the order of helm-controller: valuesFrom, then values. */
#include "chart_values.h"
#include "install_parts.h"
#include "versions.h"

static void
find_chart(const struct release *release, struct install *install)
{
	const struct ynode *version = release->chart ? ynode_get(release->chart, STR("version"))
		: release->source ? ynode_at(release->source->object->node, "spec", "ref", "tag", NULL)
				  : NULL;
	const struct ynode *url = release->source ? applied_spec(release->source, "url") : NULL;
	install->version =
		applied_is_plain(version) ? chart_exact_version(str_trim(ynode_str(version))) : STR("");
	install->is_official = install_is_official(ynode_str(url));
	/* Whoever hosts a copy may have given it other defaults. */
	install->is_open = install->is_open || (url && !install->is_official);
}

static bool
reads_map(const struct applied *release, struct str namespace, struct str name)
{
	const struct ynode *list = applied_spec(release, "valuesFrom");
	for (const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL; item;
		item = item->next) {
		if (str_eq(ynode_str(ynode_get(item, STR("name"))), name)
			&& str_eq(release->object->id.namespace, namespace)) {
			return true;
		}
	}
	return false;
}

/* Does another release read the ConfigMap, too? */
static bool
is_shared(const struct applied *applied, const struct ynode *item)
{
	const struct cluster *cluster = applied->cluster;
	struct str name = ynode_str(ynode_get(item, STR("name")));
	for (size_t i = 0; cluster && i < cluster->objects.len; i++) {
		const struct applied *other = &cluster->objects.items[i];
		if (other != applied && applied_is(other, FLUX_HELM_GROUP, STR("HelmRelease"))
			&& reads_map(other, applied->object->id.namespace, name)) {
			return true;
		}
	}
	return false;
}

/* The values in a ConfigMap that the same cluster gets. */
static bool
read_map(struct install_reader *reader, const struct applied *applied, const struct ynode *item,
	const struct ynode **ret_tree)
{
	const struct ynode *name = ynode_get(item, STR("name")), *key = ynode_get(item, STR("valuesKey"));
	if (!applied->cluster || !str_eq(ynode_str(ynode_get(item, STR("kind"))), STR("ConfigMap"))
		|| !applied_is_plain(name) || (key && !applied_is_plain(key))) {
		return false;
	}
	const struct applied *map = cluster_find(
		applied->cluster, STR(""), STR("ConfigMap"), applied->object->id.namespace, ynode_str(name));
	const struct ynode *data = map ? ynode_get(map->object->node, STR("data")) : NULL;
	const struct ynode *text =
		ynode_follow(ynode_get(data, ynode_str(key).len ? ynode_str(key) : STR("values.yaml")));
	return text && !map->object->may_differ && text->kind == YNODE_SCALAR
		&& values_of_scalar(reader, text, ret_tree);
}

/* A mapping that holds `leaf` at a path of plain keys; NULL for other paths. */
static const struct ynode *
at_path(struct arena *arena, struct str path, const struct ynode *leaf)
{
	struct str rest = path, key = str_cut(&rest, '.');
	if (key.len == 0 || str_has_char(path, '[') || str_has_char(path, '\\')) {
		return NULL;
	}
	const struct ynode *value = rest.ptr ? at_path(arena, rest, leaf) : leaf;
	struct ylist list = ylist_mapping(arena);
	ylist_put(&list, key, value);
	return value ? list.parent : NULL;
}

/* targetPath: a single value of which only the place is known. */
static bool
read_target(struct install_reader *reader, const struct ynode *item, const struct ynode **ret_tree)
{
	const struct ynode *path = ynode_get(item, STR("targetPath"));
	*ret_tree = applied_is_plain(path)
		? at_path(reader->arena, ynode_str(path), values_unknown(reader->arena))
		: NULL;
	return *ret_tree != NULL;
}

static void
lay_sources(struct install_reader *reader, const struct applied *applied, struct install *install)
{
	const struct ynode *list = applied_spec(applied, "valuesFrom");
	if (list && !ynode_is(list, YNODE_SEQUENCE)) {
		values_open(reader->arena, install);
		return;
	}
	for (const struct ynode *item = list ? list->first : NULL; item; item = item->next) {
		const struct ynode *tree;
		bool is_read = ynode_get(item, STR("targetPath")) ? read_target(reader, item, &tree)
								  : read_map(reader, applied, item, &tree);
		if (is_read) {
			bool has_others = tree && is_shared(applied, item);
			values_lay(reader, install,
				has_others ? values_of_chart(reader->arena, install, tree) : tree);
		} else {
			values_open(reader->arena, install);
		}
	}
}

/* A chart of somebody's own around the agent's may have that name, too: then its values are another chart's.
 */
static bool
is_wrapped(const struct install *install)
{
	const struct ynode *values = install->values;
	bool is_any_known = values->len == 0 || install->is_official;
	for (const struct ynode *key = values->first; key && !is_any_known; key = key->next->next) {
		is_any_known = chart_key_find(ynode_str(key)) != NULL;
	}
	return !is_any_known || ynode_get(values, STR("gitlab-agent"));
}

static const struct ynode *
written(const struct applied *applied, const struct ynode *node)
{
	const struct ynode *name = ynode_at(applied->object->written, "metadata", "name", NULL);
	if (node && node->source != 0) {
		return node;
	}
	return name && name->source != 0 ? name : applied->object->written;
}

/* Flux's --reuse-values: what the release had before stays below. */
static bool
keeps_values(const struct release *release)
{
	const struct ynode *preserve = ynode_at(release->spec, "upgrade", "preserveValues", NULL);
	return preserve && !str_eq(ynode_str(preserve), STR("false"));
}

bool
install_of_release(struct install_reader *reader, const struct applied *applied, struct install *ret_install)
{
	struct release release;
	if (!release_read(reader->arena, applied, &release) || !release_is_agent(&release)) {
		return false;
	}
	struct str kind = ynode_str(ynode_get(release.reference, STR("kind")));
	if (!str_eq(kind, STR("HelmRepository")) && !str_eq(kind, STR("OCIRepository"))) {
		return false;
	}
	const struct ynode *values = ynode_get(release.spec, STR("values"));
	*ret_install = (struct install){
		.applied = applied,
		.at = written(applied, ynode_key(release.spec, STR("values"))),
		.release = release.name,
		.namespace = release.target,
		.values = ynode_collection(reader->arena, YNODE_MAPPING),
		.is_open = !release_is_settled(&release) || ynode_get(release.chart, STR("valuesFiles"))
			|| ynode_get(release.chart, STR("valuesFile")) || keeps_values(&release),
		.is_patched = ynode_get(release.spec, STR("postRenderers")) != NULL,
	};
	find_chart(&release, ret_install);
	lay_sources(reader, applied, ret_install);
	values_lay(reader, ret_install, values);
	return !is_wrapped(ret_install);
}
