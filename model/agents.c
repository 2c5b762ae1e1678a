#include "agents.h"

#include "vec.h"

static const struct str home = STR_INIT(".gitlab/agents"), config_name = STR_INIT("config.yaml");

/* Files of one agent are neighbours: everything below .gitlab/agents/NAME. */
static struct agent
describe(struct arena *arena, const struct files *files, const struct agentcfg_schema *schema,
	struct str directory, const struct file *first)
{
	const struct str names[] = { config_name, { NULL, 0 } };
	const struct file *config = files_first_of(files, directory, names);
	struct agent agent = { .name = path_base(directory),
		.directory = directory,
		.config = config,
		.any = config ? config : first };
	if (config && config->state == FILE_TEXT && !config->syntax) {
		agent.cfg = agentcfg_read(arena, schema, config->docs);
	}
	return agent;
}

void
agents_collect(struct arena *arena, const struct files *files, const struct agentcfg_schema *schema,
	struct agents *ret_agents)
{
	const struct directory *all = files_directory(files, home);
	struct agents agents = { 0 };
	for (size_t i = all ? all->first : 0; all && i < all->last;) {
		struct str path = files->items[i].source.path;
		struct str below = str_skip(path, home.len + 1);
		size_t slash = str_find_char(below, '/');
		if (slash == below.len) { /* a file beside the agents */
			i++;
			continue;
		}
		struct str directory = str_first(path, home.len + 1 + slash);
		vec_push(arena, &agents, describe(arena, files, schema, directory, &files->items[i]));
		i = files_directory(files, directory)->last;
	}
	*ret_agents = agents;
}

bool
agents_is_config(const struct file *file)
{
	struct str path = file->source.path, directory = path_parent(path);
	return file->kind == FS_REGULAR && str_eq(path_base(path), config_name)
		&& str_eq(path_parent(directory), home);
}
