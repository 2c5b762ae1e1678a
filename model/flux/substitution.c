/* fluxcd/pkg/kustomize/kustomize_varsub.go */
#include "flux/substitution.h"

#include "buf.h"
#include "flux/parts.h"
#include "vec.h"
#include "yscalar.h"

struct reading {
	struct arena *arena;
	const struct flux_root *root;
	const struct flux_kustomization *kustomization;
	struct substitution *substitution;
};

static bool
is_disabled(const struct ynode *node, const char *field)
{
	const struct ynode *map = ynode_at(node, "metadata", field, NULL);
	return str_eq(
		ynode_str(ynode_get(map, STR("kustomize.toolkit.fluxcd.io/substitute"))), STR("disabled"));
}

bool
substitution_skips(const struct object *object)
{
	return is_disabled(object->node, "labels") || is_disabled(object->node, "annotations")
		|| ynode_get(object->node, STR("sops"));
}

const struct object *
substitution_source(const struct flux_root *root, const struct flux_kustomization *kustomization,
	struct str kind, struct str name, const struct flux_kustomization **ret_by)
{
	const struct object *found = NULL;
	for (size_t i = 0; i < root->closure.len; i++) {
		const struct flux_kustomization *by = root->closure.items[i];
		if (ynode_get(by->spec, STR("kubeConfig"))) {
			continue;
		}
		for (size_t j = 0; j < by->build->objects.len; j++) {
			const struct object *object = &by->build->objects.items[j];
			if (!str_eq(object->id.name, name) || !str_eq(object->id.kind, kind)
				|| object->id.group.len > 0
				|| !str_eq(object->id.namespace, kustomization->namespace)) {
				continue;
			}
			if (found) {
				return NULL;
			}
			found = object;
			*ret_by = by;
		}
	}
	return found;
}

static struct str
without_line_ends(struct arena *arena, struct str text)
{
	if (!str_has_char(text, '\n')) {
		return text;
	}
	struct buf out = { .arena = arena };
	while (text.ptr) {
		buf_add(&out, str_cut(&text, '\n'));
	}
	return buf_str(&out);
}

static void
set(struct reading *r, struct str name, const struct envsubst_value *value)
{
	struct envsubst_value *own = arena_new(r->arena, struct envsubst_value);
	*own = *value;
	own->text = without_line_ends(r->arena, own->text);
	(void)map_put(r->arena, &r->substitution->scope.values, name, own);
}

static void
check_name(struct reading *r, const struct ynode *key, const struct object *config_map)
{
	if (!envsubst_is_name(ynode_str(key)) && !flux_has_variable(ynode_str(key))) {
		struct substitution_name name = { key, config_map };
		vec_push(r->arena, &r->substitution->refused, name);
	}
}

/* A source that is not seen may set what others set before it. */
static void
leave_open(struct reading *r)
{
	struct substitution *substitution = r->substitution;
	substitution->scope.is_open = true;
	for (struct map_entry *entry = substitution->scope.values.first; entry; entry = entry->next) {
		((struct envsubst_value *)entry->value)->is_known = false;
	}
}

/* `by` applies the ConfigMap: may its own substitution, or anything else, change what it holds? */
static bool
is_plain(const struct object *config_map, const struct flux_kustomization *by)
{
	return !config_map->may_differ && !ynode_get(config_map->node, STR("sops"))
		&& ynode_is(ynode_get(config_map->node, STR("data")), YNODE_MAPPING)
		&& !ynode_at(
			config_map->node, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/ssa", NULL)
		&& by->spec != NULL;
}

static void
read_config_map(struct reading *r, const struct object *config_map, const struct flux_kustomization *by,
	bool *ret_sets)
{
	const struct ynode *data = ynode_get(config_map->node, STR("data"));
	bool may_change = ynode_get(by->spec, STR("postBuild")) != NULL;
	for (const struct ynode *key = data->first; key && key->next; key = key->next->next) {
		struct str text = ynode_str(key->next);
		struct envsubst_value value = { text, !may_change || !str_has_char(text, '$') };
		set(r, ynode_str(key), &value);
		check_name(r, key, config_map);
		*ret_sets = true;
	}
}

/* True when the source surely sets something, or is missed. */
static bool
read_source(struct reading *r, const struct ynode *reference)
{
	struct str kind = ynode_str(ynode_get(reference, STR("kind")));
	struct str name = ynode_str(ynode_get(reference, STR("name")));
	bool is_optional = str_eq(ynode_str(ynode_get(reference, STR("optional"))), STR("true"));
	const struct flux_kustomization *by = NULL;
	bool is_seen = str_eq(kind, STR("ConfigMap")) && !flux_has_variable(name);
	const struct object *config_map =
		is_seen ? substitution_source(r->root, r->kustomization, kind, name, &by) : NULL;
	if (config_map && is_plain(config_map, by)) {
		bool sets = false;
		read_config_map(r, config_map, by, &sets);
		return sets;
	}
	leave_open(r);
	return !is_optional;
}

/* The parent substitutes in the Kustomization's own text first. */
static void
read_inline(struct reading *r, const struct ynode *map)
{
	const struct flux_kustomization *kustomization = r->kustomization;
	const struct object *object = flux_object(kustomization);
	for (const struct ynode *key = map->first; key && key->next; key = key->next->next) {
		struct envsubst_value value = { ynode_str(key->next), true };
		if (str_has_char(value.text, '$')) {
			value.is_known = object && kustomization->parent
				&& substitution_text(r->arena, r->root, kustomization->parent, object,
					value.text, &value.text);
		}
		set(r, ynode_str(key), &value);
		check_name(r, key, NULL);
	}
}

static void
read_post_build(struct reading *r, const struct ynode *post_build)
{
	const struct ynode *sources = ynode_get(post_build, STR("substituteFrom"));
	const struct ynode *map = ynode_get(post_build, STR("substitute"));
	struct str strategy = ynode_str(ynode_get(post_build, STR("substituteStrategy")));
	bool sets = str_eq(strategy, STR("Always"));
	for (const struct ynode *item = ynode_is(sources, YNODE_SEQUENCE) ? sources->first : NULL; item;
		item = item->next) {
		sets = read_source(r, item) || sets;
	}
	if (ynode_is(map, YNODE_MAPPING)) {
		read_inline(r, map);
		sets = sets || map->len > 0;
	}
	bool may_set = r->substitution->scope.is_open || flux_has_variable(strategy);
	r->substitution->happens = sets ? SUBSTITUTION_SURELY
		: may_set               ? SUBSTITUTION_MAYBE
					: SUBSTITUTION_NEVER;
}

void
substitution_read(struct arena *arena, const struct flux_root *root,
	const struct flux_kustomization *kustomization, struct substitution *ret_substitution)
{
	struct reading r = { arena, root, kustomization, ret_substitution };
	const struct ynode *post_build = ynode_get(kustomization->spec, STR("postBuild"));
	*ret_substitution = (struct substitution){ 0 };
	if (!flux_is_known(kustomization)) {
		ret_substitution->happens = SUBSTITUTION_MAYBE;
		ret_substitution->scope.is_open = true;
	} else if (ynode_is(post_build, YNODE_MAPPING)) {
		read_post_build(&r, post_build);
	}
}

bool
substitution_text(struct arena *arena, const struct flux_root *root, const struct flux_kustomization *by,
	const struct object *object, struct str text, struct str *ret_text)
{
	struct substitution substitution;
	struct envsubst result;
	if (substitution_skips(object)) {
		*ret_text = text;
		return true;
	}
	substitution_read(arena, root, by, &substitution);
	if (substitution.happens != SUBSTITUTION_SURELY) {
		*ret_text = text;
		return substitution.happens == SUBSTITUTION_NEVER;
	}
	envsubst_evaluate(arena, text, &substitution.scope, &result);
	*ret_text = result.text;
	for (size_t i = 0; i < result.uses.len; i++) {
		const struct envsubst_use *use = &result.uses.items[i];
		if (!use->has_default && !envsubst_may_be_set(&substitution.scope, use->name)) {
			return false; /* nothing before Flux 2.9, an error since */
		}
	}
	/* What is a number or a boolean then is none of the texts that a Flux object is made of. */
	const struct ynode *read_again = ynode_scalar(arena, result.text, YSTYLE_PLAIN);
	return result.is_known && ynode_type(read_again, YDIALECT_YAML_V3) == YTYPE_STRING;
}
