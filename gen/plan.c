#include "plan.h"

#include "context.h"
#include "embedded.h"
#include "template.h"
#include "vec.h"

struct renderer {
	struct arena *arena;
	const struct spec *spec;
	const struct output *output;
	struct source source; /* the template */
	const struct ydoc *template;
	struct error *error;
};

static bool
fail(struct renderer *renderer, struct span span, struct str problem)
{
	struct position position = source_position(&renderer->source, span.start);
	return error_set(renderer->error, "%.*s:%u:%u: %.*s", STR_ARG(renderer->source.path), position.line,
		position.column, STR_ARG(problem));
}

static bool
load(struct renderer *renderer)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error error;
	struct str path = arena_printf(renderer->arena, "templates/%s.yaml", renderer->output->template);

	renderer->source = (struct source){ path, embedded_get(path) };
	return ytree_parse(renderer->arena, &scratch, &renderer->source, 0, YTREE_COMMENTS,
		       &renderer->template, &error)
		|| fail(renderer, error.span, error.problem);
}

static bool
render(struct renderer *renderer, const struct spec_agent *agent, struct buf *out)
{
	struct arena *arena = renderer->arena;
	const struct output *output = renderer->output;
	struct scope fleet = { renderer->spec->tree, NULL }, tree = { agent->tree, &fleet };
	struct scope derived = { context_derive(arena, renderer->spec, agent), &tree };
	struct scope own = { output->derive ? output->derive(arena, renderer->spec, agent) : NULL, &derived };
	struct template_error error;
	struct ydoc document;
	struct str refusal = output->refuse ? output->refuse(arena, renderer->spec, agent) : STR("");

	if (refusal.len) {
		return error_set(renderer->error, "%s: %.*s", output->name, STR_ARG(refusal));
	}
	if (!template_render(
		    arena, NULL, renderer->template, output->derive ? &own : &derived, &document, &error)) {
		return fail(renderer, error.at->span, error.problem);
	}
	if (output->print) {
		output->print(arena, out, &document);
	} else if (document.root) {
		template_print(out, &document, TEMPLATE_DOCUMENT);
	} else {
		buf_addf(out, "%.*s\n", STR_ARG(document.head));
	}
	return true;
}

/* Is the agent the one that stands for its cluster or fleet? */
static bool
is_representative(const struct output *output, const struct plan_agents *agents, size_t at)
{
	for (size_t i = 0; i < at && output->per != OUTPUT_PER_AGENT; i++) {
		const char *cluster = agents->items[i]->view.cluster;
		if (output->per == OUTPUT_PER_FLEET
			|| strcmp(cluster, agents->items[at]->view.cluster) == 0) {
			return false;
		}
	}
	return true;
}

bool
plan_render(struct arena *arena, const struct spec *spec, const struct output *output,
	const struct plan_agents *agents, struct plan *ret_plan, struct error *reterr)
{
	struct renderer renderer = { .arena = arena, .spec = spec, .output = output, .error = reterr };
	struct plan plan = { 0 };

	if (!load(&renderer)) {
		return false;
	}
	for (size_t i = 0; i < agents->len; i++) {
		const struct spec_agent *agent = agents->items[i];
		struct buf out = { .arena = arena };
		if (!is_representative(output, agents, i)) {
			continue;
		}
		if (!render(&renderer, agent, &out)) {
			return false;
		}
		struct plan_file file = { spec_fill(arena, str_from(output->path), &agent->view),
			buf_str(&out), agent };
		vec_push(arena, &plan, file);
	}
	*ret_plan = plan;
	return true;
}
