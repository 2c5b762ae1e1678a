#include "kustomize/texts.h"

#include "kustomize/build.h"
#include "path.h"
#include "vec.h"

struct naming {
	struct arena *arena, *scratch;
	const struct files *files;
	struct str directory; /* of the kustomization file */
	bool *seen;
	struct texts *texts;
};

static void
name_path(struct naming *naming, struct str text)
{
	struct str path;
	if (text.len == 0 || !path_join(naming->scratch, naming->directory, text, &path)) {
		return;
	}
	const struct file *file = files_get(naming->files, path);
	if (!file || file->kind != FS_REGULAR || file->is_yaml || file->state != FILE_TEXT) {
		return;
	}
	size_t index = (size_t)(file - naming->files->items);
	if (!naming->seen[index]) {
		naming->seen[index] = true;
		vec_push(naming->arena, naming->texts, index);
	}
}

static void
name_all(struct naming *naming, const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR) {
		struct str text = ynode_str(node);
		name_path(naming, text);
		name_path(naming, str_skip(text, str_find_char(text, '=') + 1));
		return;
	}
	const struct ynode *child =
		node->kind == YNODE_ALIAS ? NULL : node->first; /* a target has been seen */
	for (; child; child = child->next) {
		name_all(naming, child);
	}
}

void
kustomization_texts(struct arena *arena, const struct files *files, struct texts *ret_texts)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct arena CLEANUP(arena_release) marks = { 0 };
	bool *seen = arena_new_n(&marks, bool, files->len + 1);
	*ret_texts = (struct texts){ 0 };
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		if (!kustomization_is_name_of(file->source.path) || !file->docs) {
			continue;
		}
		struct naming naming = { arena, &scratch, files, path_parent(file->source.path), seen,
			ret_texts };
		name_all(&naming, file->docs->root);
		arena_reset(&scratch);
	}
}
