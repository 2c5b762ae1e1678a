/* ConfigMap and Secret generators (api/internal/generators, api/resmap: appendReplaceOrMerge). */
#include "kustomize/transform.h"

#include "base64.h"
#include "buf.h"
#include "kustomize/generator_data.h"

struct generator {
	struct site *site;
	const struct ynode *entry;  /* of the list */
	const struct ynode *global; /* generatorOptions */
	bool is_secret;
};

static const struct ynode *
own_options(const struct generator *generator)
{
	return kustomization_field(generator->entry, STR("options"));
}

static bool
is_opted(const struct generator *generator, struct str option)
{
	return kustomization_bool(own_options(generator), option)
		|| kustomization_bool(generator->global, option);
}

static struct knode *
make_text(struct kpool *pool, struct str text)
{
	struct knode *made = knode_scalar(pool, text, KTAG_STRING);
	made->is_quoted = text.len == 0 || yscalar_is_ambiguous(text);
	return made;
}

static void
put_text(struct knode *map, struct str key, struct str text)
{
	knode_set(map, key, make_text(map->pool, text));
}

/* The entry's own come before those of all generators. */
static void
put_metadata(const struct generator *generator, struct knode *metadata, struct str field)
{
	const struct ynode *const maps[] = { kustomization_field(generator->global, field),
		kustomization_field(own_options(generator), field) };
	for (size_t i = 0; i < countof(maps); i++) {
		const struct ynode *key = ynode_is(maps[i], YNODE_MAPPING) ? maps[i]->first : NULL;
		for (; key; key = key->next->next) {
			struct knode *map = knode_make_map(metadata, field);
			if (map) {
				put_text(map, ynode_str(key), ynode_str(key->next));
			}
		}
	}
}

/* kyaml breaks what is longer than a line, and then ends each line (datamap.go, encodeBase64). */
static struct str
encode(struct arena *arena, struct str value)
{
	enum { LINE_CHARACTERS = 70 };
	struct str text = base64_encode(arena, value);
	struct buf out = { .arena = arena };
	if (text.len < LINE_CHARACTERS) {
		return text;
	}
	for (size_t at = 0; at < text.len; at += LINE_CHARACTERS) {
		buf_add(&out, str_first(str_skip(text, at), LINE_CHARACTERS));
		buf_add_char(&out, '\n');
	}
	return buf_str(&out);
}

/* A Secret has data even where there are none. */
static void
put_data(const struct generator *generator, struct knode *tree, const struct pairs *pairs)
{
	if (generator->is_secret) {
		(void)knode_make_map(tree, STR("data"));
	}
	for (size_t i = 0; i < pairs->len; i++) {
		struct str value = pairs->items[i].value;
		if (generator->is_secret) {
			value = encode(tree->pool->arena, value);
		}
		put_text(knode_make_map(tree, STR("data")), pairs->items[i].key, value);
	}
}

static struct knode *
make_tree(const struct generator *generator, const struct pairs *pairs)
{
	struct kpool *pool = &generator->site->acc->pool;
	struct knode *tree = knode_collection(pool, YNODE_MAPPING);
	put_text(tree, STR("apiVersion"), STR("v1"));
	put_text(tree, STR("kind"), generator->is_secret ? STR("Secret") : STR("ConfigMap"));
	struct knode *metadata = knode_make_map(tree, STR("metadata"));
	struct str namespace = kustomization_text(generator->entry, STR("namespace"));
	struct str type = kustomization_text(generator->entry, STR("type"));
	knode_set(metadata, STR("name"),
		knode_scalar(pool, kustomization_text(generator->entry, STR("name")), KTAG_NONE));
	if (namespace.len > 0) {
		knode_set(metadata, STR("namespace"), knode_scalar(pool, namespace, KTAG_NONE));
	}
	if (generator->is_secret) {
		put_text(tree, STR("type"), type.len > 0 ? type : STR("Opaque"));
	}
	put_data(generator, tree, pairs);
	put_metadata(generator, metadata, STR("labels"));
	put_metadata(generator, metadata, STR("annotations"));
	if (is_opted(generator, STR("immutable"))) {
		knode_set(tree, STR("immutable"), knode_scalar(pool, STR("true"), KTAG_BOOL));
	}
	return tree;
}

static struct member *
make_member(const struct generator *generator, const struct pairs *pairs)
{
	struct arena *arena = generator->site->builder->arena;
	struct member *member = arena_new(generator->site->acc->arena, struct member);
	struct resource *resource = arena_new(arena, struct resource);
	struct str behavior = kustomization_text(generator->entry, STR("behavior"));
	*member = (struct member){ .object = { .resource = resource,
					   .written = generator->entry,
					   .node = generator->entry,
					   .is_generated = true,
					   .may_differ = pairs->is_incomplete },
		.tree = make_tree(generator, pairs) };
	member->trail.needs_hash = !is_opted(generator, STR("disableNameSuffixHash"));
	member->trail.has_unknown_data = pairs->is_incomplete;
	member->trail.behavior = str_eq(behavior, STR("merge")) ? BEHAVIOR_MERGE
		: str_eq(behavior, STR("replace"))              ? BEHAVIOR_REPLACE
								: BEHAVIOR_CREATE;
	member_refresh(member);
	*resource = (struct resource){ .file = generator->site->layer->file,
		.root = generator->entry,
		.version = STR("v1"),
		.kind = generator->is_secret ? STR("Secret") : STR("ConfigMap"),
		.name = member->object.id.name,
		.namespace = member->object.id.namespace };
	return member;
}

/* Entries of both, those of `over` counting; values become text. */
static void
join_maps(struct knode *tree, struct knode *under, struct str field)
{
	struct knode *base = knode_get(under, field), *over = knode_get(tree, field);
	struct knode *joined = knode_collection(tree->pool, YNODE_MAPPING);
	struct knode *const maps[] = { base, over };
	for (size_t m = 0; m < countof(maps); m++) {
		if (!maps[m] || maps[m]->kind != YNODE_MAPPING) {
			continue;
		}
		knode_open(maps[m]);
		for (size_t i = 0; i < maps[m]->len; i += 2) {
			put_text(joined, maps[m]->items[i]->text, knode_text(maps[m]->items[i + 1]));
		}
	}
	knode_remove(tree, field);
	if (joined->len > 0) {
		knode_set(tree, field, joined);
	}
}

/* CopyMergeMetaDataFieldsFrom: the new object takes the old one's name, namespace, labels and annotations. */
static void
take_metadata(struct member *member, struct member *old)
{
	struct knode *metadata = knode_make_map(member->tree, STR("metadata"));
	struct knode *from = knode_get(old->tree, STR("metadata"));
	bool needs_hash = member->trail.needs_hash && old->trail.needs_hash;
	join_maps(metadata, from, STR("labels"));
	join_maps(metadata, from, STR("annotations"));
	knode_set(metadata, STR("name"), knode_scalar(member->tree->pool, old->object.id.name, KTAG_NONE));
	knode_remove(metadata, STR("namespace"));
	if (old->object.id.namespace.len > 0) {
		knode_set(metadata, STR("namespace"),
			knode_scalar(member->tree->pool, old->object.id.namespace, KTAG_NONE));
	}
	bool is_unknown = member->trail.has_unknown_data
		|| (member->trail.behavior == BEHAVIOR_MERGE && old->trail.has_unknown_data);
	enum behavior behavior = member->trail.behavior;
	member->trail = old->trail;
	member->trail.needs_hash = needs_hash;
	member->trail.has_unknown_data = is_unknown;
	if (behavior == BEHAVIOR_MERGE) {
		join_maps(member->tree, old->tree, STR("data"));
		join_maps(member->tree, old->tree, STR("binaryData"));
	}
	member_refresh(member);
}

static void
absorb(const struct generator *generator, struct member *member)
{
	struct site *site = generator->site;
	const struct ynode *at = generator->entry;
	enum behavior behavior = member->trail.behavior;
	size_t count;
	size_t index = members_find(&site->acc->members, &member->object.id, &count);
	if (count == 0 && behavior == BEHAVIOR_CREATE) {
		(void)site_add_member(site, member, at);
	} else if (count == 0) {
		site_miss(site, at,
			arena_printf(site->acc->arena, "there is no %.*s to merge with or to replace",
				STR_ARG(identity_text(site->acc->arena, &member->object.id))));
	} else if (count > 1 || behavior == BEHAVIOR_CREATE) {
		site_fail(site, FAULT_DUPLICATE, at,
			arena_printf(site->acc->arena, "%.*s is there already",
				STR_ARG(identity_text(site->acc->arena, &member->object.id))));
	} else {
		take_metadata(member, site->acc->members.items[index]);
		site->acc->members.items[index] = member;
		site->acc->ids_are_stale = true;
	}
}

static void
generate(const struct generator *generator)
{
	struct pairs pairs = { 0 };
	if (kustomization_text(generator->entry, STR("name")).len == 0) {
		site_fail(
			generator->site, FAULT_OTHER, generator->entry, STR("a generator must have a name"));
	} else if (generator_read(generator->site, generator->entry, &pairs)) {
		absorb(generator, make_member(generator, &pairs));
	}
}

void
site_generate(struct site *site)
{
	static const struct str fields[] = { STR_INIT("configMapGenerator"), STR_INIT("secretGenerator") };
	const struct ynode *root = site->layer->root;
	for (size_t i = 0; i < countof(fields); i++) {
		const struct ynode *entry = kustomization_items(root, fields[i]);
		for (; entry && !site_failed(site); entry = entry->next) {
			struct generator generator = { site, entry,
				kustomization_field(root, STR("generatorOptions")), i == 1 };
			generate(&generator);
		}
	}
}
