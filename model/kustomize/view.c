#include "kustomize/view.h"

#include "kustomize/build.h"
#include "path.h"

/* api/konfig/general.go, RecognizedKustomizationFileNames. */
const struct str kustomization_names[] = {
	STR_INIT("kustomization.yaml"),
	STR_INIT("kustomization.yml"),
	STR_INIT("Kustomization"),
	STR_INIT(""),
};

bool
view_has(const struct view *view, const struct file *file)
{
	return file->kind == FS_REGULAR && !(view->hidden && view->hidden[file - view->files->items]);
}

const struct file *
view_file(const struct view *view, struct str path)
{
	const struct file *file = files_get(view->files, path);
	return file && view_has(view, file) ? file : NULL;
}

bool
kustomization_is_name_of(struct str path)
{
	struct str base = path_base(path);
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		if (str_eq(base, *name)) {
			return true;
		}
	}
	return false;
}

const struct file *
view_kustomization(
	const struct view *view, struct arena *scratch, struct str directory, const struct file **ret_second)
{
	const struct file *first = NULL;
	*ret_second = NULL;
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		struct str path;
		const struct file *file =
			path_join(scratch, directory, *name, &path) ? view_file(view, path) : NULL;
		if (file && !first) {
			first = file;
		} else if (file && !*ret_second) {
			*ret_second = file;
		}
	}
	return first;
}
