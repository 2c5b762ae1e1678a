#include "plan.h"

#include "kustomization.h"
#include "postbuild.h"
#include "renderer.h"
#include "vec.h"

/* Appends the rendered document as the file's row says. */
static void
print(struct renderer *renderer, const struct output_file *file, struct ydoc *document, struct buf *out)
{
	if (document->root && file->is_substituted && renderer->spec->view.flux.substitute) {
		document->root = postbuild_escape_tree(renderer->arena, document->root);
	}
	if (file->print) {
		file->print(renderer->arena, out, document);
	} else if (document->root) {
		template_print(out, document, TEMPLATE_DOCUMENT);
	} else {
		buf_addf(out, "%.*s\n", STR_ARG(document->head));
	}
}

static bool
render_file(struct renderer *renderer, const struct output_file *file, const struct spec_agent *agent,
	const struct agent_scope *scope, struct plan *plan)
{
	struct arena *arena = renderer->arena;
	struct scope own = { file->derive ? file->derive(arena, renderer->spec, agent) : NULL,
		&scope->derived };
	struct buf out = { .arena = arena };
	struct ydoc document;

	if (!renderer_render(renderer, file->template, file->derive ? &own : &scope->derived, &document)) {
		return false;
	}
	print(renderer, file, &document, &out);
	struct plan_file item = { spec_path(arena, renderer->spec, str_from(file->path), agent),
		buf_str(&out), agent, file->is_not_applied };
	vec_push(arena, plan, item);
	return true;
}

/* Is the agent the first of its cluster? */
static bool
is_first(struct arena *arena, struct map *clusters, const struct spec_agent *agent)
{
	struct str cluster = str_from(agent->view.cluster);
	if (map_get(clusters, cluster)) {
		return false;
	}
	(void)map_put(arena, clusters, cluster, (void *)(uintptr_t)agent);
	return true;
}

static bool
render_agent(struct renderer *renderer, const struct output *output, const struct spec_agent *agent,
	bool is_first_of_cluster, struct plan *plan)
{
	struct agent_scope scope;
	renderer_scope(renderer, agent, &scope);
	for (const struct output_file *file = output->files; file->template; file++) {
		if (file->per == OUTPUT_PER_CLUSTER && !is_first_of_cluster) {
			continue;
		}
		if (file->is_wanted && !file->is_wanted(renderer->spec, agent)) {
			continue;
		}
		if (!render_file(renderer, file, agent, &scope, plan)) {
			return false;
		}
	}
	return true;
}

bool
plan_render(struct arena *arena, const struct spec *spec, const struct output *output,
	const struct plan_agents *agents, struct plan *ret_plan, struct error *reterr)
{
	struct renderer renderer;
	struct plan plan = { 0 };
	struct map clusters = { 0 };

	if (!renderer_init(&renderer, arena, spec, reterr)) {
		return false;
	}
	for (size_t i = 0; i < agents->len; i++) {
		const struct spec_agent *agent = agents->items[i];
		if (!render_agent(&renderer, output, agent, is_first(arena, &clusters, agent), &plan)) {
			return false;
		}
	}
	if (output->is_kustomized && !kustomizations_add(&renderer, &plan)) {
		return false;
	}
	*ret_plan = plan;
	return true;
}
