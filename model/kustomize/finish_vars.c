/* `vars`: $(NAME) in known fields becomes the value of a field (api/types/var.go, api/filters/refvar). */
#include "buf.h"
#include "kustomize/field_path.h"
#include "kustomize/transform.h"
#include "vec.h"

/* Is it, or was it once, the object that the variable names? */
static bool
is_read_by(const struct var *var, const struct member *member)
{
	for (size_t i = 0; i <= member->trail.ids.len; i++) {
		struct identity id = i == 0 ? member->object.id : member->trail.ids.items[i - 1];
		id.group = member->object.id.group;
		id.version = member->object.id.version;
		id.namespace = var->any_namespace ? STR("") : id.namespace;
		id.is_cluster_scoped = id.is_cluster_scoped && !var->any_namespace;
		if (identity_equal(&id, &var->object)) {
			return true;
		}
	}
	return false;
}

/* Kept until the names of all objects are final. */
static bool
add_var(struct site *site, const struct ynode *entry)
{
	struct accumulator *acc = site->acc;
	const struct ynode *object = kustomization_field(entry, STR("objref"));
	struct str field = kustomization_text(kustomization_field(entry, STR("fieldref")), STR("fieldPath"));
	struct str version = kustomization_text(object, STR("apiVersion"));
	struct str kind = kustomization_text(object, STR("kind"));
	struct gvk gvk = version.len > 0 ? gvk_of(version, kind)
					 : (struct gvk){ kustomization_text(object, STR("group")),
						   kustomization_text(object, STR("version")), kind };
	struct var var = { kustomization_text(entry, STR("name")),
		{ gvk.group, gvk.version, gvk.kind, kustomization_text(object, STR("namespace")),
			kustomization_text(object, STR("name")), false },
		false, field.len > 0 ? field : STR("metadata.name"), entry };
	var.any_namespace = var.object.namespace.len == 0;
	struct member *found = NULL;
	for (size_t i = 0; i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		bool matches = is_read_by(&var, member);
		if (matches && found) {
			return site_fail(site, FAULT_TARGET, entry, STR("a variable is for several objects"));
		}
		found = matches ? member : found;
	}
	if (found) {
		vec_push(acc->arena, &found->trail.vars, var.name);
	}
	for (size_t i = 0; i < acc->vars.len; i++) {
		if (str_eq(acc->vars.items[i].name, var.name)) {
			return site_fail(site, FAULT_OTHER, entry, STR("a variable is there twice"));
		}
	}
	vec_push(acc->arena, &acc->vars, var);
	return true;
}

void
site_add_vars(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("vars"));
	for (; entry; entry = entry->next) {
		if (!add_var(site, entry)) {
			return;
		}
	}
}

struct filling {
	struct site *site;
	struct map values; /* name -> struct knode */
};

static const struct member *
read_by(const struct accumulator *acc, struct str name)
{
	for (size_t i = 0; i < acc->members.len; i++) {
		const struct strs *vars = &acc->members.items[i]->trail.vars;
		for (size_t j = 0; j < vars->len; j++) {
			if (str_eq(vars->items[j], name)) {
				return acc->members.items[i];
			}
		}
	}
	return NULL;
}

/* "ports[0]" is "ports", then "0". */
static bool
split(struct arena *arena, struct str path, struct strs *parts)
{
	struct strs raw = { 0 };
	if (!field_path_split(arena, path, &raw)) {
		return false;
	}
	for (size_t i = 0; i < raw.len; i++) {
		struct str part = raw.items[i];
		size_t open = str_find_char(part, '[');
		bool is_indexed = str_ends(part, STR("]")) && open + 2 < part.len;
		for (size_t j = open + 1; is_indexed && j + 1 < part.len; j++) {
			is_indexed = part.ptr[j] >= '0' && part.ptr[j] <= '9';
		}
		if (is_indexed && open > 0) {
			vec_push(arena, parts, str_first(part, open));
		}
		struct str inner = str_skip(part, open + 1);
		vec_push(arena, parts, is_indexed ? str_first(inner, inner.len - 1) : part);
	}
	return true;
}

static bool
find_value(struct filling *filling, const struct var *var)
{
	struct site *site = filling->site;
	const struct member *member = read_by(site->acc, var->name);
	struct strs parts = { 0 };
	struct knode *value;
	if (!member) {
		return site_miss(site, var->at, STR("a variable is for an object that is not here"));
	}
	if (!split(site->acc->arena, var->field, &parts)
		|| field_path_get(&parts, member->tree, &value) != PATH_FOUND) {
		return site_fail(
			site, FAULT_TARGET, var->at, STR("a variable is for a field that is not there"));
	}
	map_put(site->acc->arena, &filling->values, var->name, value);
	return true;
}

static enum ktag
value_tag(const struct knode *value)
{
	bool is_typed = value->tag == KTAG_INT || value->tag == KTAG_FLOAT || value->tag == KTAG_BOOL;
	return is_typed ? (enum ktag)value->tag : KTAG_STRING;
}

/* The length of "$(NAME)" at the start of the text, and the scalar it stands for, or NULL; 0 for other text.
 */
static size_t
read_reference(const struct filling *filling, struct str text, const struct knode **ret_value)
{
	size_t close = str_find_char(text, ')');
	*ret_value = NULL;
	if (!str_starts(text, STR("$(")) || close == text.len) {
		return 0;
	}
	const struct knode *value = map_get(&filling->values, (struct str){ text.ptr + 2, close - 2 });
	*ret_value = value && value->kind == YNODE_SCALAR ? value : NULL;
	return close + 1;
}

/* Adds what becomes of the "$" that the text starts with, and returns how much of the text that is. */
static size_t
add_filled(const struct filling *filling, struct buf *out, struct str text)
{
	const struct knode *value;
	size_t length = read_reference(filling, text, &value);
	if (length > 0) {
		buf_add(out, value ? value->text : str_first(text, length));
		return length;
	}
	buf_add(out, str_starts(text, STR("$$")) ? STR("$") : str_first(text, 2));
	return 2;
}

/* Replaces references in a text; alone, a value keeps its type. */
static void
fill(struct filling *filling, struct knode *field)
{
	struct buf out = { .arena = field->pool->arena };
	struct str rest = field->text;
	const struct knode *value;
	bool is_alone = read_reference(filling, rest, &value) == rest.len && value;
	while (rest.len > 0 && !is_alone) {
		size_t plain = str_find_char(rest, '$');
		buf_add(&out, str_first(rest, plain));
		rest = str_skip(rest, plain);
		if (rest.len > 0) {
			rest = str_skip(rest, add_filled(filling, &out, rest));
		}
	}
	if (is_alone) {
		knode_put_text(field, value->text, value_tag(value));
	} else {
		knode_put_text(field, out.data ? buf_str(&out) : STR(""), KTAG_STRING);
	}
	field->is_quoted = false;
}

static bool
is_text(const struct knode *node)
{
	return node->kind == YNODE_SCALAR && (node->tag == KTAG_STRING || node->tag == KTAG_NONE);
}

static bool
fill_field(void *context, struct knode *field, struct str *ret_why)
{
	struct filling *filling = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind == YNODE_SCALAR) {
		if (is_text(field)) {
			fill(filling, field);
		}
		return true;
	}
	knode_open(field);
	size_t step = field->kind == YNODE_MAPPING ? 2 : 1;
	for (size_t i = 0; i < field->len; i += step) {
		struct knode *value = field->items[i + step - 1];
		if (!is_text(field->items[i])) {
			*ret_why = STR("a list or a key where variables are filled in must be text");
			return false;
		}
		if (is_text(value)) {
			fill(filling, value);
		}
	}
	return true;
}

void
finish_vars(struct site *site)
{
	struct accumulator *acc = site->acc;
	struct filling filling = { .site = site };
	const struct field_specs *specs = &acc->config->lists[CONFIG_VARS];
	for (size_t i = 0; i < acc->vars.len; i++) {
		if (!find_value(&filling, &acc->vars.items[i])) {
			return;
		}
	}
	for (size_t i = 0; acc->vars.len > 0 && i < specs->len * acc->members.len; i++) {
		struct member *member = acc->members.items[i / specs->len];
		struct field_change change = { fill_field, &filling, false, YNODE_SCALAR };
		struct gvk gvk = member_gvk(member);
		struct str why;
		if (!field_spec_apply(&specs->items[i % specs->len], &gvk, member->tree, &change, &why)) {
			site_fail(site, FAULT_OTHER, acc->vars.items[0].at, why);
			return;
		}
		member->object.may_differ = member->object.may_differ || member->trail.shares_values;
		member_refresh(member);
	}
}
