#include "choose.h"

#include "map.h"
#include "vec.h"

struct choice {
	struct arena *arena;
	const struct spec *spec;
	const struct request *request;
	struct error *error;
};

/* "production, second" */
static struct str
names_of(struct arena *arena, const struct plan_agents *agents)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < agents->len; i++) {
		buf_addf(&out, "%s%s", i ? ", " : "", agents->items[i]->view.name);
	}
	return buf_str(&out);
}

static struct plan_agents
all_of(const struct choice *choice)
{
	struct plan_agents agents = { 0 };
	for (size_t i = 0; i < choice->spec->len; i++) {
		vec_push(choice->arena, &agents, &choice->spec->agents[i]);
	}
	return agents;
}

static bool
fail_unknown(const struct choice *choice, const char *name)
{
	struct plan_agents agents = all_of(choice);
	const char **names = arena_new_n(choice->arena, const char *, agents.len + 1);
	for (size_t i = 0; i < agents.len; i++) {
		names[i] = agents.items[i]->view.name;
	}
	const char *nearest = options_nearest(name, names);
	return nearest ? error_set(choice->error,
		       "--agent: the spec has no agent \"%.63s\"; did you mean %s?", name, nearest)
		       : error_set(choice->error, "--agent: the spec has no agent \"%.63s\"; it has %.*s",
			       name, STR_ARG(names_of(choice->arena, &agents)));
}

static bool
is_named(const struct option_list *names, const char *name)
{
	for (size_t i = 0; i < names->len; i++) {
		if (strcmp(names->items[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Those that are named and that the output takes. */
static bool
select_agents(const struct choice *choice, struct plan_agents *ret_agents)
{
	const struct output *output = choice->request->output;
	const struct option_list *names = &choice->request->agents;
	struct plan_agents agents = { 0 };
	struct str first_refusal = STR("");
	for (size_t i = 0; i < choice->spec->len; i++) {
		const struct spec_agent *agent = &choice->spec->agents[i];
		if (names->len && !is_named(names, agent->view.name)) {
			continue;
		}
		struct str refusal =
			output->refuse ? output->refuse(choice->arena, choice->spec, agent) : STR("");
		if (refusal.len == 0) {
			vec_push(choice->arena, &agents, agent);
		} else if (names->len || !output->is_for_some) {
			return error_set(choice->error, "%s: %.*s", output->name, STR_ARG(refusal));
		}
		first_refusal = first_refusal.len ? first_refusal : refusal;
	}
	*ret_agents = agents;
	return agents.len > 0 || error_set(choice->error, "%s: %.*s", output->name, STR_ARG(first_refusal));
}

static bool
are_of_one_cluster(const struct plan_agents *agents)
{
	for (size_t i = 1; i < agents->len; i++) {
		if (strcmp(agents->items[0]->view.cluster, agents->items[i]->view.cluster) != 0) {
			return false;
		}
	}
	return true;
}

/* One stream is for one file, or for one cluster: what is applied from it must not reach another. */
static bool
fits_one_stream(const struct choice *choice, const struct plan_agents *agents)
{
	const struct output *output = choice->request->output;
	if (agents->len < 2) {
		return true;
	}
	if (!output->is_joined) {
		return error_set(choice->error,
			"%s of several agents do not fit into one file: choose one with --agent, or write "
			"all with "
			"--output-dir: %.*s",
			output->name, STR_ARG(names_of(choice->arena, agents)));
	}
	return are_of_one_cluster(agents)
		|| error_set(choice->error,
			"%s of several clusters must not be applied together: choose agents of one with "
			"--agent, or "
			"write all with --output-dir: %.*s",
			output->name, STR_ARG(names_of(choice->arena, agents)));
}

/* A directory that lists others goes with them: half a cluster would not build. */
static bool
is_whole(const struct choice *choice, const struct plan_agents *agents)
{
	const struct output *output = choice->request->output;
	struct map clusters = { 0 };
	bool is_kustomized = output->is_kustomized || output->parts;
	if (!is_kustomized || choice->request->agents.len == 0) {
		return true;
	}
	for (size_t i = 0; i < agents->len; i++) {
		(void)map_put(choice->arena, &clusters, str_from(agents->items[i]->view.cluster), &clusters);
	}
	for (size_t i = 0; i < choice->spec->len; i++) {
		const struct spec_agent *agent = &choice->spec->agents[i];
		bool is_refused =
			output->refuse && output->refuse(choice->arena, choice->spec, agent).len > 0;
		if (!is_refused && map_get(&clusters, str_from(agent->view.cluster))
			&& !is_named(&choice->request->agents, agent->view.name)) {
			return error_set(choice->error,
				"%s: agent \"%s\" shares cluster \"%s\", whose files go into a directory "
				"together: "
				"choose it too, or leave out --agent",
				output->name, agent->view.name, agent->view.cluster);
		}
	}
	return true;
}

bool
choose_agents(struct arena *arena, const struct spec *spec, const struct request *request,
	struct plan_agents *ret_agents, struct error *reterr)
{
	struct choice choice = { arena, spec, request, reterr };
	struct plan_agents agents = { 0 };
	for (size_t i = 0; i < request->agents.len; i++) {
		if (!spec_agent_get(spec, str_from(request->agents.items[i]))) {
			return fail_unknown(&choice, request->agents.items[i]);
		}
	}
	if (!select_agents(&choice, &agents)
		|| !(request->directory ? is_whole(&choice, &agents) : fits_one_stream(&choice, &agents))) {
		return false;
	}
	*ret_agents = agents;
	return true;
}
