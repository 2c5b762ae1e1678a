#include "stale.h"

#include "fs.h"
#include "vec.h"

enum { BEGINNING_BYTES = 4096 }; /* room for a licence that somebody put above the header */

static bool
is_candidate(struct str path)
{
	struct str extension = path_extension(path);
	return str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml"))
		|| str_eq(extension, STR(".sh")) || str_eq(path_base(path), STR("Kptfile"));
}

/* What is known is not even listed: a tree may be large. */
static bool
skips(void *context, struct str path, bool is_directory)
{
	const struct map *known = context;
	return !is_directory && (!is_candidate(path) || map_get(known, path));
}

static bool
is_of(int root_fd, struct str path, const struct stamp_owner *owner)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error ignored;
	struct str text;
	if (fs_read_start(&scratch, root_fd, path, BEGINNING_BYTES, &text, &ignored) != FS_READ_OK) {
		return false;
	}
	struct stamp stamp = stamp_read(text);
	return stamp.has_stamp && stamp_owner_eq(&stamp.owner, owner);
}

bool
stale_find(struct arena *arena, int root_fd, const struct stamp_owner *owner, const struct map *known,
	struct stale_paths *ret_paths, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct map paths = *known; /* the filter's context is not const */
	struct fs_filter filter = { skips, &paths };
	struct fs_entries entries = { 0 };
	struct stale_paths stale = { 0 };

	if (!fs_walk_filtered(&scratch, root_fd, &filter, &entries, reterr)) {
		return false;
	}
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path;
		if (entries.items[i].kind == FS_REGULAR && is_of(root_fd, path, owner)) {
			vec_push(arena, &stale, arena_str(arena, path));
		}
	}
	*ret_paths = stale;
	return true;
}
