/*
 * Terraform's resource "helm_release" (hashicorp/terraform-provider-helm): its `values`, then `set` blocks
 * with literal values. Other lists, `dynamic` blocks and whatever an expression makes are unknown.
 */
#include "aside.h"
#include "install_parts.h"
#include "path.h"
#include "terraform.h"
#include "vec.h"
#include "versions.h"
#include "yscalar.h"

struct release_block {
	struct install_reader *reader;
	const struct file *file;
	const struct hcl_scope *scope;
	const struct hcl_block *block;
};

/* true, false, 2: the provider takes them for texts. */
static bool
is_bare(struct str expression)
{
	enum ytype type = yscalar_type(expression, YDIALECT_YAML_V3);
	return type == YTYPE_BOOL || type == YTYPE_INT;
}

/* What the expression surely is; NULL text: not known, or absent. */
static struct str
text_of(const struct release_block *r, const struct hcl_block *block, struct str name)
{
	const struct hcl_attribute *attribute = hcl_get(block, name);
	struct hcl_text text = { .is_known = false };
	if (attribute && is_bare(attribute->expression)) {
		return attribute->expression;
	}
	if (attribute) {
		text = hcl_resolve(r->reader->arena, r->scope, attribute->expression);
	}
	return text.is_known && !text.is_default ? text.text : (struct str){ NULL, 0 };
}

/* `set { name = "a.b" value = "c" }`: one --set. */
static void
lay_set(const struct release_block *r, struct install *install, const struct hcl_block *set)
{
	struct arena *arena = r->reader->arena;
	const struct hcl_attribute *value = hcl_get(set, STR("value"));
	struct str name = text_of(r, set, STR("name")), text = text_of(r, set, STR("value"));
	struct str type = text_of(r, set, STR("type"));
	bool is_plain = value && name.ptr && (!text.ptr || !str_has_char(text, ','));
	struct strvals_word word = {
		.text = is_plain ? arena_printf(
				arena, "%.*s=%.*s", STR_ARG(name), (int)text.len, text.ptr ? text.ptr : "")
				 : STR(""),
		.kind = str_eq(type, STR("string")) ? STRVALS_TEXT : STRVALS_TYPED,
		.is_open = install->is_open,
		.is_cut = !text.ptr,
		.source = r->file->id,
		.span = value ? value->value : set->span,
		.copies_left = &r->reader->copies_left,
	};
	bool is_other =
		hcl_get(set, STR("type")) && !str_eq(type, STR("string")) && !str_eq(type, STR("auto"));
	const struct ynode *laid = is_plain && !is_other ? strvals_lay(arena, install->values, &word) : NULL;
	if (laid) {
		install->values = laid;
	} else {
		values_open(arena, install);
	}
}

static void
lay_blocks(const struct release_block *r, struct install *install)
{
	static const struct str lists[] = { STR_INIT("set"), STR_INIT("set_sensitive"), STR_INIT("set_list"),
		STR_INIT("set_wo") };
	const struct hcl_attribute *values = hcl_get(r->block, STR("values"));
	if (values) {
		terraform_lay_values(r->reader, install, r->file, values->expression);
	}
	for (size_t i = 0; i < countof(lists); i++) {
		if (hcl_get(r->block, lists[i])) {
			values_open(r->reader->arena, install);
		}
	}
	for (const struct hcl_block *inner = r->block->blocks; inner; inner = inner->next) {
		bool is_set = str_eq(inner->type, STR("set")) || str_eq(inner->type, STR("set_sensitive"));
		bool is_open = str_eq(inner->type, STR("dynamic")) || str_eq(inner->type, STR("set_list"));
		if (is_set) {
			lay_set(r, install, inner);
		} else if (is_open) {
			values_open(r->reader->arena, install);
		}
		install->is_patched = install->is_patched || str_eq(inner->type, STR("postrender"));
	}
}

static const struct ynode *
place_of(const struct release_block *r, const struct hcl_attribute *attribute)
{
	struct ynode *at = ynode_scalar(r->reader->arena, STR(""), YSTYLE_PLAIN);
	at->source = r->file->id & SOURCE_ID_MAX;
	at->span = attribute->value;
	return at;
}

static void
read_release(const struct release_block *r)
{
	struct arena *arena = r->reader->arena;
	const struct hcl_attribute *chart = hcl_get(r->block, STR("chart"));
	struct str name = text_of(r, r->block, STR("chart")), url = text_of(r, r->block, STR("repository"));
	struct str release = text_of(r, r->block, STR("name")),
		   namespace = text_of(r, r->block, STR("namespace"));
	if (!str_eq(name, STR("gitlab-agent")) || !install_is_official(url)) {
		return;
	}
	struct install install = {
		.at = place_of(r, chart),
		.release = release.ptr ? release : STR(""),
		.namespace = namespace.ptr ? namespace : STR(""),
		.version = chart_exact_version(text_of(r, r->block, STR("version"))),
		.is_official = true,
		.values = ynode_collection(arena, YNODE_MAPPING),
		.is_patched = hcl_get(r->block, STR("postrender")) != NULL,
	};
	lay_blocks(r, &install);
	struct str reuse = text_of(r, r->block, STR("reuse_values"));
	install.is_open =
		install.is_open || (hcl_get(r->block, STR("reuse_values")) && !str_eq(reuse, STR("false")));
	vec_push(arena, &r->reader->installs->items, install);
	(void)map_put(arena, &r->reader->installs->read, r->file->source.path, (void *)(uintptr_t)r->file);
}

void
installs_of_terraform(struct install_reader *reader)
{
	for (size_t i = 0; i < reader->files->len; i++) {
		const struct file *file = &reader->files->items[i];
		struct str text = file_words(file);
		if (!terraform_is_source(file->source.path) || path_is_archived(file->source.path)
			|| str_find(text, STR("gitlab-agent")) == text.len) {
			continue;
		}
		const struct hcl_block *root = hcl_parse(reader->arena, text);
		struct hcl_scope scope;
		terraform_scope(reader->arena, reader->files, path_parent(file->source.path), &scope);
		for (const struct hcl_block *block = root ? root->blocks : NULL; block; block = block->next) {
			struct release_block release = { reader, file, &scope, block };
			if (str_eq(block->type, STR("resource")) && block->label_count == 2
				&& str_eq(block->labels[0], STR("helm_release"))) {
				read_release(&release);
			}
		}
	}
}
