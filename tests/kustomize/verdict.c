#include "verdict.h"

#include "kustomize/json_value.h"
#include "path.h"
#include "resource.h"
#include "vec.h"

static void
load(struct arena *arena, struct file *file, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error *error = arena_new(arena, struct ysyntax_error);
	file->state = FILE_TEXT;
	file->source.text = str_starts(text, STR("\xef\xbb\xbf")) ? str_skip(text, 3) : text;
	file->is_kept = true;
	if (file->is_yaml
		&& !ytree_parse(arena, &scratch, &file->source, file->id, YTREE_VALUES, &file->docs, error)) {
		file->syntax = error;
	}
}

static void
list(struct arena *arena, const struct random_tree *tree, struct files *files)
{
	struct fs_entries entries = { 0 };
	struct sources sources;
	for (size_t i = 0; i < tree->len; i++) {
		struct fs_entry entry = { tree->items[i].path, FS_REGULAR, tree->items[i].text.len };
		vec_push(arena, &entries, entry);
		size_t at = entries.len - 1;
		for (; at > 0 && path_cmp(entry.path, entries.items[at - 1].path) < 0; at--) {
			entries.items[at] = entries.items[at - 1];
		}
		entries.items[at] = entry;
	}
	files_list(arena, &entries, files, &sources);
	for (size_t i = 0; i < tree->len; i++) {
		for (size_t j = 0; j < files->len; j++) {
			if (str_eq(files->items[j].source.path, tree->items[i].path)) {
				load(arena, &files->items[j], tree->items[i].text);
			}
		}
	}
}

static void
write_object(struct buf *out, const struct object *object)
{
	const struct identity *id = &object->id;
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct kpool pool = { .arena = &scratch };
	struct str why;
	buf_addf(out, "%.*s|%.*s|%.*s|%.*s|%.*s ", STR_ARG(id->group), STR_ARG(id->version),
		STR_ARG(id->kind), STR_ARG(id->namespace), STR_ARG(id->name));
	struct knode *json = object->may_differ ? NULL : json_value_of(knode_take(&pool, object->node), &why);
	if (json) {
		json_value_write(out, knode_freeze(&scratch, json));
	} else {
		buf_add_char(out, '?');
	}
	buf_add_char(out, '\n');
}

void
verdict_write(struct buf *out, const struct build *build)
{
	static const char *const results[] = { "ok", "fails", "incomplete" };
	buf_addf(out, "%s", results[build->result]);
	if (build->result != BUILD_OK) {
		buf_addf(out, " %.*s: %.*s", STR_ARG(build->file ? build->file->source.path : STR("?")),
			STR_ARG(build->why));
	}
	buf_add_char(out, '\n');
	for (size_t i = 0; build->result != BUILD_FAILS && i < build->objects.len; i++) {
		write_object(out, &build->objects.items[i]);
	}
}

void
verdict_of(struct arena *arena, const struct random_tree *tree, struct buf *out)
{
	struct files files;
	struct resources resources = { 0 };
	list(arena, tree, &files);
	resources_collect(arena, &files, &resources);
	struct view view = { .files = &files };
	struct builder *builder = builder_new(arena, &view, &resources);
	builder_set_habits(builder, BUILDER_ROOT_ONLY | BUILDER_SORTS);
	verdict_write(out, kustomize_build(builder, tree->build));
}
