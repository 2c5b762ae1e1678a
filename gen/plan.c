#include "plan.h"

#include "kustomization.h"
#include "path.h"
#include "postbuild.h"
#include "renderer.h"
#include "vec.h"

struct planner {
	struct renderer renderer;
	struct plan plan;
	struct map taken; /* owner_of the files that are there */
	bool is_for_git;
	bool is_part; /* of an output that knows the directories of a repository */
};

/* Appends the rendered document as the file's row says. */
static void
print(const struct planner *planner, const struct output_file *file, struct ydoc *document, struct buf *out)
{
	struct arena *arena = planner->renderer.arena;
	bool is_substituted =
		planner->is_for_git && file->is_substituted && planner->renderer.spec->view.flux.substitute;
	if (document->root && is_substituted) {
		document->root = postbuild_escape_tree(arena, document->root);
	}
	if (file->print) {
		file->print(arena, out, document);
	} else if (document->root) {
		template_print(out, document, TEMPLATE_DOCUMENT);
	} else {
		buf_addf(out, "%.*s\n", STR_ARG(document->head));
	}
}

static struct str
place_of(const struct planner *planner, const struct output_file *file, const struct spec_agent *agent)
{
	const struct str name = STR("{agent}/");
	struct str pattern = str_from(file->path);
	if (planner->is_part && str_starts(pattern, name)) {
		pattern = arena_printf(planner->renderer.arena, "%s/%.*s", agent->view.install.directory,
			STR_ARG(str_skip(pattern, name.len)));
	}
	return spec_path(planner->renderer.arena, planner->renderer.spec, pattern, agent);
}

static bool
render_file(struct planner *planner, const struct output_file *file, const struct spec_agent *agent,
	const struct scope *scope)
{
	struct renderer *renderer = &planner->renderer;
	struct arena *arena = renderer->arena;
	struct scope own = { file->derive ? file->derive(arena, renderer->spec, agent) : NULL, scope };
	struct buf out = { .arena = arena };
	struct ydoc document;

	if (!renderer_render(renderer, file->template, file->derive ? &own : scope, &document)) {
		return false;
	}
	if (!document.root && file->is_optional) {
		return true;
	}
	print(planner, file, &document, &out);
	struct plan_file item = { .path = place_of(planner, file, agent),
		.data = buf_str(&out),
		.agent = agent,
		.is_not_applied = file->is_not_applied,
		.join = planner->is_part && file->may_join ? JOIN_OTHERS : JOIN_NEVER };
	vec_push(arena, &planner->plan, item);
	return true;
}

/* What the file is there once for. */
static struct str
owner_of(struct arena *arena, const struct output_file *file, const struct spec_agent *agent)
{
	switch (file->per) {
	case OUTPUT_PER_CLUSTER:
		return arena_printf(arena, "%s %s", file->template, agent->view.cluster);
	case OUTPUT_PER_NAMESPACE:
		return arena_printf(
			arena, "%s %s %s", file->template, agent->view.cluster, agent->view.namespace);
	case OUTPUT_PER_AGENT:
		break;
	}
	return STR("");
}

static bool
render_agent(struct planner *planner, const struct output *output, const struct spec_agent *agent)
{
	struct arena *arena = planner->renderer.arena;
	struct agent_scope scope;
	renderer_scope(&planner->renderer, agent, &scope);
	struct scope shared = { output->derive ? output->derive(arena, planner->renderer.spec, agent) : NULL,
		&scope.derived };
	for (const struct output_file *file = output->files; file->template; file++) {
		struct str owner = owner_of(arena, file, agent);
		if ((file->is_wanted && !file->is_wanted(planner->renderer.spec, agent))
			|| (owner.len && map_put(arena, &planner->taken, owner, planner))) {
			continue;
		}
		if (!render_file(planner, file, agent, output->derive ? &shared : &scope.derived)) {
			return false;
		}
	}
	return true;
}

static bool
render_agents(struct planner *planner, const struct output *output, const struct plan_agents *agents)
{
	for (size_t i = 0; i < agents->len; i++) {
		if (!render_agent(planner, output, agents->items[i])) {
			return false;
		}
	}
	return !output->is_kustomized || kustomizations_add(&planner->renderer, &planner->plan);
}

/* Those whom the part is for; false when it refuses one of them. */
static bool
choose_part(struct planner *planner, const struct output_part *part, const struct output *output,
	const struct plan_agents *agents, struct plan_agents *ret_chosen)
{
	struct arena *arena = planner->renderer.arena;
	struct plan_agents chosen = { 0 };
	for (size_t i = 0; i < agents->len; i++) {
		const struct spec_agent *agent = agents->items[i];
		bool is_there = part->is_for[agent->view.install.method]
			&& (!output->is_part_for || output->is_part_for(agent));
		struct str refusal = is_there && output->refuse
			? output->refuse(arena, planner->renderer.spec, agent)
			: STR("");
		if (refusal.len > 0) {
			return error_set(planner->renderer.error, "%s: %.*s", output->name, STR_ARG(refusal));
		}
		if (is_there) {
			vec_push(arena, &chosen, agent);
		}
	}
	*ret_chosen = chosen;
	return true;
}

static bool
render_parts(struct planner *planner, const struct output *output, const struct plan_agents *agents)
{
	struct arena *arena = planner->renderer.arena;
	struct plan whole = { 0 };
	for (const struct output_part *part = output->parts; part->output; part++) {
		const struct output *one = output_get(str_from(part->output));
		struct plan_agents chosen = { 0 };
		planner->plan = (struct plan){ 0 };
		planner->is_part = true;
		if (!choose_part(planner, part, one, agents, &chosen)
			|| !render_agents(planner, one, &chosen)) {
			return false;
		}
		for (size_t i = 0; i < planner->plan.len; i++) {
			struct plan_file file = planner->plan.items[i];
			bool is_list = str_eq(path_base(file.path), STR("kustomization.yaml"));
			file.join = is_list ? JOIN_OTHERS : file.join;
			file.is_for_flux = one->is_kustomized;
			vec_push(arena, &whole, file);
		}
	}
	planner->plan = whole;
	return true;
}

bool
plan_render(struct arena *arena, const struct spec *spec, const struct output *output,
	const struct plan_agents *agents, bool is_for_git, const struct overrides *overrides,
	struct plan *ret_plan, struct error *reterr)
{
	struct planner planner = { .is_for_git = is_for_git };
	bool ok = renderer_init(&planner.renderer, arena, spec, overrides, reterr)
		&& (output->parts ? render_parts(&planner, output, agents)
				  : render_agents(&planner, output, agents));
	*ret_plan = planner.plan;
	return ok;
}
