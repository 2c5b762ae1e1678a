#include "unreached.h"

#include "aside.h"
#include "path.h"
#include "vec.h"

enum { COMMANDS_MAX = 10 * 1000 };

/* Does a comment of the text name it? Then it was taken out on purpose. */
static bool
is_commented_out(struct str text, struct str name)
{
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');
		size_t hash = str_find_char(line, '#');
		struct str comment = str_skip(line, hash);
		if (hash < line.len && str_find(comment, name) < comment.len) {
			return true;
		}
	}
	return false;
}

/* Does a kustomization file above name the file, or a directory that leads to it, in a comment? */
static bool
is_disabled(const struct files *files, struct str path)
{
	for (struct str below = path; below.len > 0; below = path_parent(below)) {
		const struct file *file = files_first_of(files, path_parent(below), kustomization_names);
		if (file && is_commented_out(file->source.text, path_base(below))) {
			return true;
		}
	}
	return false;
}

static struct str
line_around(struct str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n') {
		at--;
	}
	struct str rest = str_skip(text, at);
	return str_first(rest, str_find_char(rest, '\n'));
}

/* Does the line hand files to kubectl, and not only words? */
static bool
hands_over_files(struct str line)
{
	static const struct str options[] = { STR_INIT(" -f"), STR_INIT(" -k"), STR_INIT(" -Rf"),
		STR_INIT("--filename"), STR_INIT("--kustomize"), STR_INIT("kustomize ") };
	for (size_t i = 0; i < countof(options); i++) {
		if (str_find(line, options[i]) < line.len) {
			return true;
		}
	}
	return str_ends(line, STR("\\")); /* what follows is on the next line */
}

/* The lines that run kubectl; false when there are more than can be looked through for each resource. */
static bool
collect_commands(struct unreached *unreached)
{
	const struct files *files = unreached->repository->files;
	for (size_t i = 0; i < files->len; i++) {
		struct str text = file_words(&files->items[i]);
		for (size_t at = str_find(text, STR("kubectl")); at < text.len;) {
			if (unreached->commands.len == COMMANDS_MAX) {
				return false;
			}
			struct str line = line_around(text, at);
			if (hands_over_files(line)) {
				vec_push(unreached->arena, &unreached->commands, line);
			}
			at = (size_t)(line.ptr - text.ptr) + line.len;
			at += str_find(str_skip(text, at), STR("kubectl"));
		}
	}
	return true;
}

/* Does a script hand the file, or its directory, to kubectl? */
static bool
is_applied_by_hand(const struct unreached *unreached, struct str path)
{
	struct str directory = path_base(path_parent(path));
	for (size_t i = 0; i < unreached->commands.len; i++) {
		struct str line = unreached->commands.items[i];
		if (str_find(line, path_base(path)) < line.len
			|| (directory.len > 0 && str_find(line, directory) < line.len)) {
			return true;
		}
	}
	return false;
}

bool
directory_may_cover(struct str directory, struct str path)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str clean;
	return !path_join(&scratch, STR(""), directory, &clean) || path_is_below(path, clean);
}

static bool
application_covers(const struct resource *resource, struct str path)
{
	const struct ynode *list = ynode_at(resource->root, "spec", "sources", NULL);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		if (directory_may_cover(ynode_str(ynode_get(item, STR("path"))), path)) {
			return true;
		}
	}
	return str_eq(resource->kind, STR("ApplicationSet"))
		|| directory_may_cover(
			ynode_str(ynode_at(resource->root, "spec", "source", "path", NULL)), path);
}

/* Something in this repository that could deliver it, applied in ways that Git does not show. */
static bool
is_covered(const struct repository *repository, struct str path)
{
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		bool is_stray = resource_is(resource, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))
			&& !flux_reaches(repository->flux, resource->file);
		if (is_stray
			&& directory_may_cover(
				ynode_str(ynode_at(resource->root, "spec", "path", NULL)), path)) {
			return true;
		}
		if (str_eq(resource->group, STR("argoproj.io")) && application_covers(resource, path)) {
			return true;
		}
	}
	return false;
}

bool
unreached_is_lost(const struct unreached *unreached, const struct file *file)
{
	const struct repository *repository = unreached->repository;
	struct str path = file->source.path;
	if (flux_reaches(repository->flux, file) || flux_may_reach(repository->flux, file)
		|| file->is_template || files_in_chart(repository->files, path) || path_is_aside(path)
		|| is_covered(repository, path)) {
		return false;
	}
	return !is_disabled(repository->files, path) && !is_applied_by_hand(unreached, path);
}

static bool
is_all_known(const struct flux *flux)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (!flux->roots.items[i].is_complete) {
			return false;
		}
	}
	return flux->roots_are_known || flux->roots_are_bounded;
}

bool
unreached_open(struct arena *arena, const struct repository *repository, struct unreached *ret_unreached)
{
	*ret_unreached = (struct unreached){ .arena = arena, .repository = repository };
	return is_all_known(repository->flux) && collect_commands(ret_unreached);
}
