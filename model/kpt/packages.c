#include "kpt/packages.h"

#include "aside.h"
#include "vec.h"
#include "yscalar.h"

void
kpt_packages_collect(struct arena *arena, const struct files *files, struct kpt_packages *ret_packages)
{
	*ret_packages = (struct kpt_packages){ 0 };
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		struct str path = file->source.path;
		if (!str_eq(path_base(path), STR("Kptfile")) || file->kind != FS_REGULAR
			|| file->state != FILE_TEXT || file->is_template || path_is_archived(path)
			|| path_is_shown(path) || files_in_chart(files, path)) {
			continue;
		}
		const struct ynode *root = file->docs && !file->syntax ? file->docs->root : NULL;
		struct kpt_package package = {
			.file = file,
			.directory = path_parent(path),
			.root = root,
			.is_v1 = str_eq(kpt_text(root, "apiVersion"), STR("kpt.dev/v1"))
				&& str_eq(kpt_text(root, "kind"), STR("Kptfile")),
		};
		vec_push(arena, ret_packages, package);
	}
}

const struct kpt_package *
kpt_package_of(const struct kpt_packages *packages, struct str path)
{
	const struct kpt_package *found = NULL;
	for (size_t i = 0; i < packages->len; i++) {
		const struct kpt_package *package = &packages->items[i];
		if (path_is_below(path, package->directory)
			&& (!found || package->directory.len > found->directory.len)) {
			found = package;
		}
	}
	return found;
}

const struct ynode *
kpt_functions(const struct kpt_package *package, const char *list)
{
	const struct ynode *items = ynode_at(package->root, "pipeline", list, NULL);
	return ynode_is(items, YNODE_SEQUENCE) ? items->first : NULL;
}

struct str
kpt_text(const struct ynode *map, const char *key)
{
	const struct ynode *value = ynode_get(map, str_from(key));
	return ynode_type(value, YDIALECT_YAML_V3) == YTYPE_NULL ? STR("") : ynode_str(value);
}

struct str
kpt_image_name(struct str image)
{
	struct str name = str_first(image, str_find_char(image, '@'));
	name = path_base(name);
	return str_first(name, str_find_char(name, ':'));
}
