#include "plan.h"

#include "kustomization.h"
#include "postbuild.h"
#include "renderer.h"
#include "vec.h"

struct planner {
	struct renderer renderer;
	struct plan plan;
	struct map taken; /* owner_of the files that are there */
	bool is_for_git;
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
	struct plan_file item = { spec_path(arena, renderer->spec, str_from(file->path), agent),
		buf_str(&out), agent, file->is_not_applied };
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

bool
plan_render(struct arena *arena, const struct spec *spec, const struct output *output,
	const struct plan_agents *agents, bool is_for_git, struct plan *ret_plan, struct error *reterr)
{
	struct planner planner = { .is_for_git = is_for_git };

	if (!renderer_init(&planner.renderer, arena, spec, reterr)) {
		return false;
	}
	for (size_t i = 0; i < agents->len; i++) {
		if (!render_agent(&planner, output, agents->items[i])) {
			return false;
		}
	}
	if (output->is_kustomized && !kustomizations_add(&planner.renderer, &planner.plan)) {
		return false;
	}
	*ret_plan = planner.plan;
	return true;
}
