/* `namePrefix` and `nameSuffix` (PrefixTransformer.go, SuffixTransformer.go). */
#include "kustomize/transform.h"

#include "vec.h"

struct affix {
	struct arena *arena;
	struct str text;
	bool is_suffix;
};

static bool
add_affix(void *context, struct knode *field, struct str *ret_why)
{
	const struct affix *affix = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind != YNODE_SCALAR) {
		*ret_why = STR("a name must be a string");
		return false;
	}
	struct str a = affix->is_suffix ? field->text : affix->text;
	struct str b = affix->is_suffix ? affix->text : field->text;
	knode_put_text(field, arena_printf(affix->arena, "%.*s%.*s", STR_ARG(a), STR_ARG(b)), KTAG_NONE);
	return true;
}

/* Kinds that keep their names (prefixFieldSpecsToSkip). */
static bool
keeps_name(const struct identity *id)
{
	return str_eq(id->kind, STR("CustomResourceDefinition")) || str_eq(id->kind, STR("Namespace"))
		|| (str_eq(id->kind, STR("APIService")) && str_eq(id->group, STR("apiregistration.k8s.io")));
}

static bool
rename_member(struct site *site, struct member *member, struct affix *affix, const struct field_specs *specs,
	struct str *ret_why)
{
	struct identity first = *member_original(member);
	first.group = member->object.id.group;
	first.version = member->object.id.version;
	struct gvk original = { first.group, first.version, first.kind };
	struct gvk gvk = member_gvk(member);
	struct field_change change = { add_affix, affix, true, YNODE_SCALAR };
	if (keeps_name(&first)) {
		return true;
	}
	for (size_t i = 0; i < specs->len; i++) {
		const struct field_spec *spec = &specs->items[i];
		if (!gvk_is_selected(&original, &spec->of)) {
			continue;
		}
		if (str_eq(spec->path, STR("metadata/name"))) {
			struct strs *affixes =
				affix->is_suffix ? &member->trail.suffixes : &member->trail.prefixes;
			vec_push(site->acc->arena, affixes, affix->text);
			member_remember(site->acc->arena, member);
		}
		if (!field_spec_apply(spec, &gvk, member->tree, &change, ret_why)) {
			return false;
		}
		member_refresh(member);
	}
	return true;
}

static void
transform(struct site *site, struct str field, enum config_list list, bool is_suffix)
{
	struct affix affix = { site->acc->arena, kustomization_text(site->layer->root, field), is_suffix };
	const struct field_specs *specs = &site->acc->config->lists[list];
	struct str why;
	for (size_t i = 0; affix.text.len > 0 && i < site->acc->members.len; i++) {
		if (!rename_member(site, site->acc->members.items[i], &affix, specs, &why)) {
			site_fail(site, FAULT_OTHER, kustomization_field(site->layer->root, field), why);
			return;
		}
	}
	site->acc->ids_are_stale = true;
}

void
transform_prefix(struct site *site)
{
	transform(site, STR("namePrefix"), CONFIG_PREFIX, false);
}

void
transform_suffix(struct site *site)
{
	transform(site, STR("nameSuffix"), CONFIG_SUFFIX, true);
}
