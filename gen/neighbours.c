#include "neighbours.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "flux/ignore.h"
#include "fs.h"
#include "fs_open.h"
#include "kustomize/build.h"
#include "vec.h"

struct search {
	struct arena *arena;
	int fd;               /* of the directory */
	struct str directory; /* its path below the root */
	const struct map *planned;
	struct ignore ignore; /* what Flux leaves out of what it fetches, wherever nobody says otherwise */
};

bool
neighbours_is_kustomization(const struct plan_file *file)
{
	return str_eq(path_base(file->path), STR("kustomization.yaml"));
}

/* The items of `resources`; NULL when there are none. */
static const struct ynode *
resources_of(struct arena *arena, const struct plan_file *file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	*source = (struct source){ file->path, file->data };
	if (!ytree_parse(arena, &scratch, source, 1, YTREE_VALUES, &docs, &error) || !docs) {
		return NULL;
	}
	const struct ynode *resources = ynode_get(docs->root, STR("resources"));
	return ynode_is(resources, YNODE_SEQUENCE) ? resources->first : NULL;
}

/* A path rather than an address: the spec's own resources are files of the repository. */
static bool
is_local(struct str entry)
{
	return entry.len > 0 && !str_has_char(entry, ':') && !str_has_char(entry, '?');
}

static bool
is_there(int fd, struct str path)
{
	struct error ignored;
	bool exists = false;
	return fs_exists(fd, path, &exists, &ignored) && exists;
}

/* Is there a kustomization file in `directory`, on disk (below `fd`) or in the plan (as `planned_as`)? */
static bool
is_governed(const struct search *search, struct str directory, struct str planned_as)
{
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		struct str path = STR(""), planned = STR("");
		bool ok = path_join(search->arena, directory, *name, &path)
			&& path_join(search->arena, planned_as, *name, &planned);
		if (ok
			&& (is_there(search->fd, path)
				|| (directory.len && map_get(search->planned, planned)))) {
			return true;
		}
	}
	return false;
}

/* Leaves out what Flux does not read, what governs itself, and what is written anyway. */
static bool
skips(void *context, struct str path, bool is_directory)
{
	const struct search *search = context;
	struct str planned, extension = path_extension(path);
	if (!path_join(search->arena, search->directory, path, &planned)) {
		return true;
	}
	if (is_directory) {
		return is_governed(search, path, planned);
	}
	bool is_yaml = str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml"));
	return !is_yaml || map_get(search->planned, planned) || ignore_excludes(&search->ignore, planned);
}

/* Listed itself, or in a directory that is. */
static bool
is_listed(const struct search *search, const struct ynode *resources, struct str path)
{
	for (const struct ynode *item = resources; item; item = item->next) {
		struct str listed;
		if (path_join(search->arena, STR(""), ynode_str(item), &listed) && listed.len
			&& path_is_below(path, listed)) {
			return true;
		}
	}
	return false;
}

static void
gather(const struct search *search, const struct fs_entries *entries, const struct ynode *resources,
	struct hidden *hidden)
{
	for (size_t i = 0; i < entries->len; i++) {
		struct str path = entries->items[i].path;
		if (entries->items[i].kind != FS_REGULAR || is_listed(search, resources, path)) {
			continue;
		}
		if (hidden->len < HIDDEN_SHOWN_MAX) {
			bool ok = path_join(
				search->arena, search->directory, path, &hidden->paths[hidden->len]);
			assert(ok);
			(void)ok;
		}
		hidden->len++;
	}
}

bool
neighbours_hidden(struct arena *arena, int root_fd, const struct plan_file *file, const struct map *planned,
	struct hidden *ret_hidden, struct error *reterr)
{
	struct error absent;
	int CLEANUP(fd_close) fd = fs_open_parent(root_fd, file->path, NULL, &absent);
	struct search search = {
		.arena = arena, .fd = fd, .directory = path_parent(file->path), .planned = planned
	};
	struct files none = { 0 };
	struct fs_filter filter = { skips, &search };
	struct fs_entries entries = { 0 };

	*ret_hidden = (struct hidden){ .len = 0 };
	if (fd < 0 || is_governed(&search, STR(""), search.directory)) {
		return true;
	}
	ignore_collect(arena, &none, STR(""), &search.ignore);
	if (!fs_walk_filtered(arena, fd, &filter, &entries, reterr)) {
		return false;
	}
	gather(&search, &entries, resources_of(arena, file), ret_hidden);
	return true;
}

struct str
neighbours_twin(int root_fd, const struct plan_file *file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		struct str path;
		if (!str_eq(*name, path_base(file->path))
			&& path_join(&scratch, path_parent(file->path), *name, &path)
			&& is_there(root_fd, path)) {
			return *name;
		}
	}
	return STR("");
}

/* In the plan itself, or a directory that holds something of it. */
static bool
is_planned(const struct map *planned, struct str path)
{
	if (map_get(planned, path)) {
		return true;
	}
	for (const struct map_entry *entry = planned->first; entry; entry = entry->next) {
		if (path_is_below(entry->key, path)) {
			return true;
		}
	}
	return false;
}

struct missing
neighbours_missing(struct arena *arena, int root_fd, const struct plan_file *file, const struct map *planned)
{
	struct missing missing = { 0 };
	for (const struct ynode *item = resources_of(arena, file); item; item = item->next) {
		struct str path, entry = ynode_str(item);
		if (!is_local(entry) || !path_join(arena, path_parent(file->path), entry, &path)
			|| path.len == 0 || map_get(planned, path)) {
			continue;
		}
		bool exists = root_fd >= 0 && is_there(root_fd, path);
		if (!exists && !is_planned(planned, path)) {
			vec_push(arena, &missing, arena_str(arena, entry));
		}
	}
	return missing;
}
