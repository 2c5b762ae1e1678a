/* What the steps of a build share: failures, members, identities. */
#include "kustomize/builder.h"

#include "vec.h"

void
build_fail(struct build *build, enum build_fault fault, const struct file *file, const struct ynode *at,
	struct str why)
{
	if (build->result != BUILD_FAILS) {
		build->result = BUILD_FAILS;
		build->fault = fault;
		build->file = file;
		build->at = at;
		build->why = why;
	}
}

void
build_leave_incomplete(struct build *build, const struct file *file, const struct ynode *at, struct str why)
{
	if (build->result == BUILD_OK) {
		build->result = BUILD_INCOMPLETE;
		build->file = file;
		build->at = at;
		build->why = why;
	}
}

bool
site_fail(struct site *site, enum build_fault fault, const struct ynode *at, struct str why)
{
	if (site->acc->pool.is_spent) {
		return site_leave(site, at, "the objects are too large");
	}
	build_fail(site->build, fault, site->layer->file, at, arena_str(site->builder->arena, why));
	return false;
}

bool
site_leave(struct site *site, const struct ynode *at, const char *why)
{
	build_leave_incomplete(site->build, site->layer->file, at, str_from(why));
	return false;
}

bool
site_miss(struct site *site, const struct ynode *at, struct str why)
{
	if (site->acc->is_open) {
		return site_leave(site, at, "what is missing here may be in what is not read");
	}
	return site_fail(site, FAULT_TARGET, at, why);
}

bool
site_failed(const struct site *site)
{
	return site->build->result == BUILD_FAILS || site->acc->pool.is_spent;
}

bool
site_has_room(struct site *site)
{
	if (builder_is_spent(site->builder)) {
		build_leave_incomplete(site->build, site->layer->file, NULL, STR("too many objects"));
		site->acc->is_open = true;
		return false;
	}
	site->builder->held++;
	return true;
}

void
site_add_file(struct site *site, const struct file *file)
{
	if (site_has_room(site)) {
		vec_push(site->builder->arena, &site->build->files, file);
	}
}

static void
index_ids(struct accumulator *acc)
{
	acc->ids = (struct map){ 0 };
	for (size_t i = 0; i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		map_put(acc->arena, &acc->ids, identity_key(acc->arena, &member->object.id), member);
	}
	acc->ids_are_stale = false;
}

static bool
fail_twice(struct site *site, const struct member *member, const struct member *other, const struct ynode *at)
{
	if (member->object.may_be_renamed || other->object.may_be_renamed) {
		return site_leave(site, at, "a transformer may tell two objects apart");
	}
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str text = identity_text(&scratch, &member->object.id);
	struct str why = arena_printf(&scratch, "%.*s is there twice", STR_ARG(text));
	const struct resource *resource = member->object.resource;
	if (!site->layer->file && resource) { /* a walk brought it, no entry */
		const struct ynode *name = ynode_at(resource->root, "metadata", "name", NULL);
		build_fail(site->build, FAULT_DUPLICATE, resource->file, name ? name : resource->root,
			arena_str(site->builder->arena, why));
		return false;
	}
	return site_fail(site, FAULT_DUPLICATE, at, why);
}

bool
site_add_member(struct site *site, struct member *member, const struct ynode *at)
{
	struct accumulator *acc = site->acc;
	if (!site_has_room(site)) {
		return false;
	}
	if (acc->ids_are_stale) {
		index_ids(acc);
	}
	struct str key = identity_key(acc->arena, &member->object.id);
	const struct member *other = map_get(&acc->ids, key);
	vec_push(acc->arena, &acc->members, member);
	if (other) {
		return fail_twice(site, member, other, at);
	}
	map_put(acc->arena, &acc->ids, key, member);
	return true;
}

bool
site_check_ids(struct site *site, const struct ynode *at)
{
	struct accumulator *acc = site->acc;
	acc->ids = (struct map){ 0 };
	for (size_t i = 0; i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		struct str key = identity_key(acc->arena, &member->object.id);
		if (member->trail.needs_hash && member->trail.has_unknown_data) {
			continue; /* it has another name in the end */
		}
		const struct member *other = map_put(acc->arena, &acc->ids, key, member);
		if (other && !fail_twice(site, member, other, at) && site_failed(site)) {
			return false;
		}
	}
	acc->ids_are_stale = false;
	return true;
}

void
accumulator_drop_deleted(struct accumulator *acc)
{
	size_t kept = 0;
	for (size_t i = 0; i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		if (member->tree && !knode_is_empty(member->tree)) {
			acc->members.items[kept++] = member;
		}
	}
	acc->ids_are_stale = acc->ids_are_stale || kept < acc->members.len;
	acc->members.len = kept;
}

/* Grown lists must not be shared: who adds to one would write into the other. */
static struct trail
copy_trail(struct arena *arena, const struct trail *trail)
{
	struct trail copy = *trail;
	copy.ids.items = NULL;
	copy.ids.len = copy.ids.cap = 0;
	copy.prefixes = copy.suffixes = copy.vars = (struct strs){ 0 };
	for (size_t i = 0; i < trail->ids.len; i++) {
		vec_push(arena, &copy.ids, trail->ids.items[i]);
	}
	for (size_t i = 0; i < trail->prefixes.len; i++) {
		vec_push(arena, &copy.prefixes, trail->prefixes.items[i]);
	}
	for (size_t i = 0; i < trail->suffixes.len; i++) {
		vec_push(arena, &copy.suffixes, trail->suffixes.items[i]);
	}
	for (size_t i = 0; i < trail->vars.len; i++) {
		vec_push(arena, &copy.vars, trail->vars.items[i]);
	}
	return copy;
}

static bool
adopt_vars(struct site *site, const struct layer_entry *entry, const struct vars *vars)
{
	for (size_t i = 0; i < vars->len; i++) {
		for (size_t j = 0; j < site->acc->vars.len; j++) {
			if (str_eq(site->acc->vars.items[j].name, vars->items[i].name)) {
				return site_fail(site, FAULT_OTHER, entry ? entry->node : NULL,
					STR("a variable is there twice"));
			}
		}
		vec_push(site->acc->arena, &site->acc->vars, vars->items[i]);
	}
	return true;
}

/* Without an entry it is the same directory that comes to its end: equal objects may yet get other names
 * there. */
static bool
adopt_member(struct site *site, const struct layer_entry *entry, const struct accumulated *inner, size_t at)
{
	struct accumulator *acc = site->acc;
	struct member *member = arena_new(acc->arena, struct member);
	*member = (struct member){ .object = inner->build.objects.items[at],
		.trail = copy_trail(acc->arena, &inner->trails[at]) };
	member->tree = knode_take(&acc->pool, member->object.node);
	if (!entry) {
		vec_push(acc->arena, &acc->members, member);
		return true;
	}
	member->object.entry = entry->node;
	member->object.inner = &inner->build.objects.items[at];
	return site_add_member(site, member, entry->node);
}

bool
site_adopt(struct site *site, const struct layer_entry *entry, const struct accumulated *inner)
{
	struct accumulator *acc = site->acc;
	bool is_added = true;
	acc->is_open = acc->is_open || inner->is_open;
	for (size_t i = 0; is_added && i < inner->build.objects.len; i++) {
		is_added = adopt_member(site, entry, inner, i);
	}
	const struct config *config = config_merge(site->builder->arena, acc->config, inner->config);
	if (!config) {
		return site_fail(site, FAULT_OTHER, entry ? entry->node : NULL,
			STR("its configurations conflict with the others"));
	}
	acc->config = config;
	return is_added && adopt_vars(site, entry, &inner->vars);
}

static struct str
keep(struct arena *arena, struct str text)
{
	return text.len > 0 ? arena_str(arena, text) : STR("");
}

/* What outlives the build must not point into its accumulator. */
static void
keep_identity(struct arena *arena, struct identity *id)
{
	id->group = keep(arena, id->group);
	id->version = keep(arena, id->version);
	id->kind = keep(arena, id->kind);
	id->namespace = keep(arena, id->namespace);
	id->name = keep(arena, id->name);
}

static void
keep_all(struct arena *arena, struct strs *strs)
{
	for (size_t i = 0; i < strs->len; i++) {
		strs->items[i] = keep(arena, strs->items[i]);
	}
}

static void
keep_trail(struct arena *arena, struct trail *trail)
{
	for (size_t i = 0; i < trail->ids.len; i++) {
		keep_identity(arena, &trail->ids.items[i]);
	}
	keep_all(arena, &trail->prefixes);
	keep_all(arena, &trail->suffixes);
	keep_all(arena, &trail->vars);
}

void
site_freeze(struct site *site, struct trail **ret_trails)
{
	struct arena *arena = site->builder->arena;
	const struct members *members = &site->acc->members;
	struct trail *trails = ret_trails ? arena_new_n(arena, struct trail, members->len + 1) : NULL;
	for (size_t i = 0; i < members->len; i++) {
		struct object object = members->items[i]->object;
		object.node = knode_freeze(arena, members->items[i]->tree);
		keep_identity(arena, &object.id);
		if (trails) {
			trails[i] = copy_trail(arena, &members->items[i]->trail);
			keep_trail(arena, &trails[i]);
		}
		vec_push(arena, &site->build->objects, object);
	}
	if (ret_trails) {
		*ret_trails = trails;
	}
}
