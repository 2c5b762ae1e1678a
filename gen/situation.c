#include "situation.h"

#include "fs.h"
#include "names.h"
#include "remote.h"
#include "sync_paths.h"
#include "vec.h"

#define AGENTS_DIRECTORY STR(".gitlab/agents")

static bool
skips(void *context, struct str path, bool is_directory)
{
	(void)context;
	bool is_on_the_way = str_eq(path, STR(".gitlab")) || str_eq(path, AGENTS_DIRECTORY);
	return is_directory && !is_on_the_way && !str_starts(path, STR(".gitlab/agents/"));
}

/* Directories of .gitlab/agents that an agent can be called after. */
static bool
find_agents(struct arena *arena, int root_fd, struct situation *situation, struct error *reterr)
{
	struct fs_filter filter = { skips, NULL };
	struct fs_entries entries = { 0 };
	if (!fs_walk_filtered(arena, root_fd, &filter, &entries, reterr)) {
		return false;
	}
	for (size_t i = 0; i < entries.len; i++) {
		struct str rest = str_skip(entries.items[i].path, AGENTS_DIRECTORY.len + 1);
		struct str name = str_cut(&rest, '/');
		size_t len = situation->agents.len;
		if (!str_starts(entries.items[i].path, STR(".gitlab/agents/")) || !rest.ptr
			|| !name_is_label(name)) {
			continue;
		}
		if (len == 0 || !str_eq(situation->agents.items[len - 1].name, name)) {
			struct situation_agent agent = { .name = arena_str(arena, name) };
			vec_push(arena, &situation->agents, agent);
			len++;
		}
		situation->agents.items[len - 1].has_configuration |= str_eq(rest, STR("config.yaml"));
	}
	return true;
}

/* "clusters/{cluster}" for "clusters/production"; the cluster is the last name of a path, where it can be
 * one. */
static struct str
pattern_of(struct arena *arena, const struct sync_paths *paths)
{
	struct str first = paths->items[0], parent = path_parent(first);
	if (first.len == 0) {
		return STR(".");
	}
	if (!name_is_label(path_base(first)) || (parent.len == 0 && paths->len == 1)) {
		return arena_str(arena, first);
	}
	return arena_printf(arena, "%.*s%s{cluster}", STR_ARG(parent), parent.len > 0 ? "/" : "");
}

static void
read_paths(struct arena *arena, const struct sync_paths *paths, struct situation *situation)
{
	struct str first = paths->items[0], name = path_base(first);
	situation->has_flux = true;
	situation->flux_path = pattern_of(arena, paths);
	bool names_cluster = paths->len == 1 && path_parent(first).len > 0 && name_is_label(name);
	for (size_t i = 0; i < situation->agents.len && names_cluster; i++) {
		struct situation_agent *agent = &situation->agents.items[i];
		agent->cluster = str_eq(agent->name, name) ? STR("") : arena_str(arena, name);
	}
}

bool
situation_find(struct arena *arena, int root_fd, struct situation *ret_situation, struct error *reterr)
{
	struct remote remote = remote_find(arena, root_fd);
	struct sync_paths paths;
	*ret_situation = (struct situation){ .url = remote.url, .project = remote.project };
	if (!find_agents(arena, root_fd, ret_situation, reterr)
		|| !sync_paths_find(arena, root_fd, &paths, reterr)) {
		return false;
	}
	if (paths.len > 0) {
		read_paths(arena, &paths, ret_situation);
	}
	return true;
}
