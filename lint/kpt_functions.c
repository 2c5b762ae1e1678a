#include "kpt_functions.h"

#include "yscalar.h"

/* api/kptfile/v1/validation.go */

struct function {
	const struct kpt_package *package;
	const struct ynode *node;
};

static bool
has_variable(struct str text)
{
	return str_has_char(text, '$') || str_find(text, STR("{{")) < text.len;
}

/* A byte that no reference to an image has in any of its parts. */
static bool
is_foreign_byte(char c)
{
	bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	return !is_word && !str_has_char(STR("._:/@+-[]"), c);
}

/* Does each part between slashes begin with a letter or digit? */
static bool
has_parts(struct str image)
{
	for (size_t i = 0; i < image.len; i++) {
		bool is_first = i == 0 || image.ptr[i - 1] == '/';
		if (is_first && str_has_char(STR("._:/@+-]"), image.ptr[i])) {
			return false;
		}
	}
	return !str_ends(image, STR("/"));
}

/* Registries may be spelled in capitals, tags as well; what lies between is not. */
static bool
is_image(struct str image)
{
	size_t slash = str_find_char(image, '/');
	struct str path = slash < image.len ? str_skip(image, slash) : image;
	for (size_t i = 0; i < image.len; i++) {
		if (is_foreign_byte(image.ptr[i])) {
			return false;
		}
	}
	for (size_t i = 0; i < path.len && path.ptr[i] != ':' && path.ptr[i] != '@'; i++) {
		if (path.ptr[i] >= 'A' && path.ptr[i] <= 'Z') {
			return false;
		}
	}
	return has_parts(image) && !str_ends(image, STR(":")) && !str_ends(image, STR("@"));
}

static void
report(struct lint *lint, const struct function *f, const struct ynode *at, const char *message,
	const char *help)
{
	struct finding *finding = lint_report(lint, at, "%s", message);
	lint_help(lint, finding, "%s", help);
	lint_object(lint, finding, f->package->root, at);
}

static void
check_program(struct lint *lint, const struct function *f)
{
	struct str image = kpt_text(f->node, "image"), exec = kpt_text(f->node, "exec");
	if (image.len == 0 && exec.len == 0) {
		report(lint, f, f->node, "the function has neither image nor exec: kpt refuses the pipeline",
			"name the image of the function");
	} else if (image.len > 0 && exec.len > 0) {
		report(lint, f, ynode_key(f->node, STR("exec")),
			"the function has image and exec: kpt refuses the pipeline", "remove one of the two");
	} else if (!has_variable(image) && !is_image(image)) {
		struct finding *finding = lint_report(lint, ynode_get(f->node, STR("image")),
			"\"%.*s\" is no image that kpt accepts", STR_ARG(image));
		lint_help(lint, finding, "write registry/path/name:tag, the path in small letters");
	}
}

static bool
has_text(const struct ynode *map, const char *key)
{
	return kpt_text(map, key).len > 0;
}

/* What is missing of an object that may configure a function; NULL: nothing is. */
static const char *
lack_of(const struct ynode *object)
{
	struct str version = kpt_text(object, "apiVersion"), kind = kpt_text(object, "kind");
	bool is_kustomization = str_starts(version, STR("kustomize.config.k8s.io"))
		|| (version.len == 0 && str_eq(kind, STR("Kustomization")));
	if (is_kustomization) {
		return NULL;
	}
	return version.len == 0                                         ? "apiVersion"
		: kind.len == 0                                         ? "kind"
		: !has_text(ynode_get(object, STR("metadata")), "name") ? "metadata.name"
									: NULL;
}

/* The objects of a file; documents that hold nothing do not count. */
static size_t
count_objects(const struct file *file, const struct ynode **ret_first)
{
	size_t count = 0;
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		if (ynode_type(doc->root, YDIALECT_YAML_V3) != YTYPE_NULL) {
			*ret_first = count == 0 ? doc->root : *ret_first;
			count++;
		}
	}
	return count;
}

static void
check_config(struct lint *lint, const struct function *f, const struct ynode *at, const struct file *file)
{
	const struct ynode *first = NULL;
	if (file->kind != FS_REGULAR || !file->is_yaml || file->is_template || file->syntax) {
		return;
	}
	size_t count = count_objects(file, &first);
	struct str path = file->source.path;
	if (count != 1) {
		struct finding *finding = lint_report(lint, at,
			"\"%.*s\" holds %zu objects, and the configuration of a function is one",
			STR_ARG(path), count);
		lint_help(lint, finding, "keep one object in the file");
		lint_object(lint, finding, f->package->root, at);
		return;
	}
	const char *lack = lack_of(first);
	if (lack) {
		struct finding *finding = lint_report(lint, at,
			"\"%.*s\" is no configuration of a function: it has no %s", STR_ARG(path), lack);
		lint_help(lint, finding, "make a ConfigMap of it, with the values under data");
		lint_object(lint, finding, f->package->root, at);
	}
}

static void
check_config_path(struct lint *lint, const struct function *f)
{
	struct arena *arena = lint_arena(lint);
	const struct files *files = lint_repository(lint)->files;
	const struct ynode *at = ynode_get(f->node, STR("configPath"));
	struct str text = kpt_text(f->node, "configPath"), path, home;
	if (text.len == 0 || has_variable(text)) {
		return;
	}
	if (str_trim(text).len == 0 || text.ptr[0] == '/') {
		report(lint, f, at, "configPath must be a path in the package, from its directory",
			"write the path from the directory of the Kptfile");
	} else if (path_join(arena, f->package->directory, text, &path)
		&& path_join(arena, STR(""), f->package->directory, &home) && path_is_below(path, home)) {
		const struct file *file = files_get(files, path);
		bool is_made = str_eq(path_base(path), STR("package-context.yaml")); /* by kpt pkg get */
		if (file) {
			check_config(lint, f, at, file);
		} else if (!is_made) {
			struct finding *finding = lint_report(
				lint, at, "\"%.*s\" does not exist: kpt refuses the pipeline", STR_ARG(path));
			lint_help(lint, finding, "correct the path, from the directory of the Kptfile");
		}
	} else {
		report(lint, f, at, "configPath leads out of the package: kpt refuses the pipeline",
			"keep the file in the directory of the Kptfile");
	}
}

static void
check_function(struct lint *lint, const struct function *f)
{
	const struct ynode *map = ynode_get(f->node, STR("configMap"));
	check_program(lint, f);
	if (ynode_is(map, YNODE_MAPPING) && map->len > 0 && has_text(f->node, "configPath")) {
		report(lint, f, ynode_key(f->node, STR("configPath")),
			"the function has configMap and configPath: kpt refuses the pipeline",
			"keep the values in one of the two");
	} else {
		check_config_path(lint, f);
	}
}

void
kpt_functions_check(struct lint *lint, const struct kpt_package *package)
{
	static const char *const lists[] = { "mutators", "validators" };
	for (size_t i = 0; i < countof(lists); i++) {
		for (const struct ynode *item = kpt_functions(package, lists[i]); item; item = item->next) {
			struct function f = { package, ynode_follow(item) };
			if (f.node->kind == YNODE_MAPPING) {
				check_function(lint, &f);
			}
		}
	}
}
