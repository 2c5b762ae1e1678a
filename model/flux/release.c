#include "flux/release.h"

#include "flux/parts.h"
#include "names.h"
#include "path.h"
#include "sha256.h"

enum { CUT_BYTES = 40 };

/* What the scalar says, else `otherwise`; empty when only a substitution says it. */
static struct str
word_or(const struct ynode *node, struct str otherwise)
{
	if (!node || (applied_is_plain(node) && ynode_str(node).len == 0)) {
		return flux_has_variable(otherwise) ? STR("") : otherwise;
	}
	return applied_is_plain(node) ? ynode_str(node) : STR("");
}

/* The first 40 bytes and the first 12 digits of the whole name's SHA-256. */
static struct str
cut_name(struct arena *arena, struct str name)
{
	unsigned char sum[SHA256_BYTES];
	sha256(name, sum);
	return arena_printf(arena, "%.*s-%02x%02x%02x%02x%02x%02x", CUT_BYTES, name.ptr, sum[0], sum[1],
		sum[2], sum[3], sum[4], sum[5]);
}

static void
name_release(struct arena *arena, struct release *release)
{
	struct str own = release->applied->object->id.name;
	bool is_given = release->name_node && ynode_str(release->name_node).len > 0;
	release->name = word_or(release->name_node, own);
	if (!is_given && release->target_node && release->name.len > 0) {
		release->name = release->target.len == 0
			? STR("")
			: arena_printf(arena, "%.*s-%.*s", STR_ARG(release->target), STR_ARG(own));
	}
	if (!is_given && release->name.len > RELEASE_BYTES_MAX) {
		release->name = cut_name(arena, release->name);
	}
}

/* A chart in an OCI registry is called by the last name of its address. */
static struct str
chart_of_source(const struct applied *source)
{
	const struct ynode *chart = source && applied_is(source, FLUX_SOURCE_GROUP, STR("HelmChart"))
		? applied_spec(source, "chart")
		: NULL;
	const struct ynode *url = source && applied_is(source, FLUX_SOURCE_GROUP, STR("OCIRepository"))
		? applied_spec(source, "url")
		: NULL;
	const struct ynode *word = chart ? chart : url;
	return applied_is_plain(word) ? path_base(ynode_str(word)) : STR("");
}

static void
find_chart(struct release *release)
{
	const struct applied *applied = release->applied;
	const struct ynode *name = ynode_get(release->chart, STR("chart"));
	release->reference = release->chart ? ynode_get(release->chart, STR("sourceRef"))
					    : ynode_get(release->spec, STR("chartRef"));
	struct str kind = ynode_str(ynode_get(release->reference, STR("kind")));
	if (applied->cluster && release->reference) {
		release->source = cluster_find(applied->cluster, FLUX_SOURCE_GROUP, kind,
			applied_reference_namespace(applied, release->reference),
			ynode_str(ynode_get(release->reference, STR("name"))));
	}
	if (release->source && release->source->object->may_differ) {
		release->source = NULL;
	}
	release->chart_name = release->chart ? (applied_is_plain(name) ? path_base(ynode_str(name)) : STR(""))
					     : chart_of_source(release->source);
}

/* A build lays these out; a loose object's fields may come from them. */
static bool
holds_merge_key(const struct ynode *node)
{
	const struct ynode *child =
		node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS ? NULL : node->first;
	if (ynode_key(node, STR("<<"))) {
		return true;
	}
	for (; child; child = child->next) {
		if (holds_merge_key(child)) {
			return true;
		}
	}
	return false;
}

bool
release_read(struct arena *arena, const struct applied *applied, struct release *ret_release)
{
	const struct ynode *spec = ynode_get(applied->object->node, STR("spec"));
	if (!applied_is(applied, FLUX_HELM_GROUP, STR("HelmRelease")) || !ynode_is(spec, YNODE_MAPPING)
		|| holds_merge_key(spec)) {
		return false;
	}
	struct str home = applied->object->id.namespace;
	struct release release = {
		.applied = applied,
		.spec = spec,
		.name_node = ynode_get(spec, STR("releaseName")),
		.target_node = ynode_get(spec, STR("targetNamespace")),
		.storage_node = ynode_get(spec, STR("storageNamespace")),
		.chart = ynode_at(spec, "chart", "spec", NULL),
	};
	release.target = word_or(release.target_node, home);
	release.storage = word_or(release.storage_node, home);
	name_release(arena, &release);
	find_chart(&release);
	*ret_release = release;
	return true;
}

bool
release_is_agent(const struct release *release)
{
	return str_eq(release->chart_name, STR("gitlab-agent"));
}

bool
release_is_settled(const struct release *release)
{
	return release->applied->cluster != NULL;
}
