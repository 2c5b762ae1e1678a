/* `images` (ImageTagTransformer.go, api/filters/imagetag, api/internal/image). */
#include "kustomize/transform.h"

#include "regex.h"

enum { OBJECT_DEPTH_MAX = 500 };

struct image {
	struct str new_name, new_tag, tag_suffix, digest;
	struct regex *regex; /* NULL: the name is no pattern that Go takes, and matches nothing */
	unsigned depth;
};

static struct str
after(struct str text, size_t at)
{
	return str_skip(text, at + 1);
}

/* "host/name:tag@digest" into its parts. */
static void
split(struct str text, struct str *ret_name, struct str *ret_tag, struct str *ret_digest)
{
	size_t slash = str_find_char(text, '/');
	size_t from = slash < text.len ? slash : 0;
	struct str search = str_skip(text, from);
	size_t at = from + str_find_char(search, '@'), colon = from + str_find_char(search, ':');
	*ret_tag = *ret_digest = STR("");
	if (colon < at) {
		*ret_name = str_first(text, colon);
		struct str tag = str_first(text, at < text.len ? at : text.len);
		*ret_tag = after(tag, colon);
	} else {
		*ret_name = str_first(text, at);
	}
	if (at < text.len) {
		*ret_digest = after(text, at);
	}
}

static struct str
updated(struct arena *arena, const struct image *image, struct str text)
{
	struct str name, tag, digest;
	split(text, &name, &tag, &digest);
	name = image->new_name.len > 0 ? image->new_name : name;
	if (image->new_tag.len > 0 || image->digest.len > 0) {
		tag = image->new_tag;
		digest = image->digest;
	} else if (image->tag_suffix.len > 0) {
		tag = arena_printf(arena, "%.*s%.*s", STR_ARG(tag), STR_ARG(image->tag_suffix));
		digest = STR("");
	}
	return arena_printf(arena, "%.*s%s%.*s%s%.*s", STR_ARG(name), tag.len > 0 ? ":" : "", STR_ARG(tag),
		digest.len > 0 ? "@" : "", STR_ARG(digest));
}

static bool
set_image(void *context, struct knode *field, struct str *ret_why)
{
	struct image *image = context;
	size_t start, end;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind != YNODE_SCALAR) {
		*ret_why = STR("an image must be a string");
		return false;
	}
	if (image->regex && regex_find(image->regex, field->text, 0, &start, &end) == REGEX_MATCH) {
		knode_put_text(field, updated(field->pool->arena, image, field->text), KTAG_NONE);
	}
	return true;
}

static bool
set_containers(struct image *image, struct knode *list, struct str *ret_why)
{
	if (list->kind != YNODE_SEQUENCE) {
		return true;
	}
	knode_open(list);
	for (size_t i = 0; i < list->len; i++) {
		struct knode *item = list->items[i];
		if (knode_is_missing(item)) {
			continue;
		}
		if (item->kind != YNODE_MAPPING) {
			*ret_why = STR("a container must be a mapping");
			return false;
		}
		struct knode *field = knode_get(item, STR("image"));
		if (field && !set_image(image, field, ret_why)) {
			return false;
		}
	}
	return true;
}

/* Lists called containers or initContainers, wherever they are. */
static bool
walk(struct image *image, struct knode *node, struct str *ret_why)
{
	if (node->kind == YNODE_SCALAR) {
		return true;
	}
	if (image->depth > OBJECT_DEPTH_MAX) {
		node->pool->is_spent = true;
		return true;
	}
	knode_open(node);
	image->depth++;
	size_t step = node->kind == YNODE_MAPPING ? 2 : 1;
	for (size_t i = 0; i < node->len; i += step) {
		struct knode *value = node->items[i + step - 1];
		struct str key = step == 2 ? node->items[i]->text : STR("");
		bool is_list = str_eq(key, STR("containers")) || str_eq(key, STR("initContainers"));
		if (!walk(image, value, ret_why) || (is_list && !set_containers(image, value, ret_why))) {
			return false;
		}
	}
	image->depth--;
	return true;
}

static bool
update(struct site *site, struct image *image, struct member *member, struct str *ret_why)
{
	const struct field_specs *specs = &site->acc->config->lists[CONFIG_IMAGES];
	struct field_change change = { set_image, image, false, YNODE_SCALAR };
	struct gvk gvk = member_gvk(member);
	if (str_eq(member->object.id.kind, STR("CustomResourceDefinition"))) {
		return true;
	}
	if (!walk(image, member->tree, ret_why)) {
		return false;
	}
	for (size_t i = 0; i < specs->len; i++) {
		if (!field_spec_apply(&specs->items[i], &gvk, member->tree, &change, ret_why)) {
			return false;
		}
	}
	return true;
}

static void
set_images(struct site *site, const struct ynode *entry)
{
	struct error error;
	struct str name = kustomization_text(entry, STR("name")), why;
	struct image image = { kustomization_text(entry, STR("newName")),
		kustomization_text(entry, STR("newTag")), kustomization_text(entry, STR("tagSuffix")),
		kustomization_text(entry, STR("digest")), NULL, 0 };
	image.regex =
		regex_new(arena_printf(site->acc->arena,
				  "^%.*s(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$", STR_ARG(name)),
			&error);
	for (size_t i = 0; i < site->acc->members.len; i++) {
		if (!update(site, &image, site->acc->members.items[i], &why)) {
			site_fail(site, FAULT_OTHER, entry, why);
			break;
		}
	}
	if (image.regex) {
		regex_release(image.regex);
	}
}

void
transform_images(struct site *site)
{
	static const struct str fields[] = { STR_INIT("images"), STR_INIT("imageTags") };
	for (size_t i = 0; i < countof(fields); i++) {
		const struct ynode *entry = kustomization_items(site->layer->root, fields[i]);
		for (; entry && !site_failed(site); entry = entry->next) {
			set_images(site, entry);
		}
	}
}
