#include "renderer.h"

#include "context.h"
#include "embedded.h"

struct loaded {
	struct source source;
	const struct ydoc *document;
};

static bool
fail(struct renderer *renderer, const struct source *source, struct span span, struct str problem)
{
	struct position position = source_position(source, span.start);
	return error_set(renderer->error, "%.*s:%u:%u: %.*s", STR_ARG(source->path), position.line,
		position.column, STR_ARG(problem));
}

/* NULL: it failed. */
static const struct loaded *
load(struct renderer *renderer, const char *name)
{
	struct loaded *loaded = map_get(&renderer->templates, str_from(name));
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error error;
	if (loaded) {
		return loaded;
	}
	struct str path = arena_printf(renderer->arena, "templates/%s.yaml", name);
	const struct source *own =
		renderer->overrides ? map_get(&renderer->overrides->sources, str_from(name)) : NULL;
	loaded = arena_new(renderer->arena, struct loaded);
	loaded->source = own ? *own : (struct source){ path, embedded_get(path) };
	if (!ytree_parse(renderer->arena, &scratch, &loaded->source, 0, YTREE_COMMENTS, &loaded->document,
		    &error)) {
		(void)fail(renderer, &loaded->source, error.span, error.problem);
		return NULL;
	}
	(void)map_put(renderer->arena, &renderer->templates, str_from(name), loaded);
	return loaded;
}

bool
renderer_init(struct renderer *renderer, struct arena *arena, const struct spec *spec,
	const struct overrides *overrides, struct error *reterr)
{
	static const char *const included = "values"; /* by helmrelease */
	*renderer =
		(struct renderer){ .arena = arena, .spec = spec, .overrides = overrides, .error = reterr };
	const struct loaded *loaded = load(renderer, included);
	if (loaded) {
		renderer->library[0] = (struct template_entry){ str_from(included), loaded->document };
	}
	return loaded != NULL;
}

void
renderer_scope(struct renderer *renderer, const struct spec_agent *agent, struct agent_scope *ret_scope)
{
	ret_scope->fleet = (struct scope){ renderer->spec->tree, NULL };
	ret_scope->agent = (struct scope){ agent->tree, &ret_scope->fleet };
	ret_scope->derived =
		(struct scope){ context_derive(renderer->arena, renderer->spec, agent), &ret_scope->agent };
}

bool
renderer_render(
	struct renderer *renderer, const char *name, const struct scope *scope, struct ydoc *ret_document)
{
	struct template_error error;
	const struct loaded *loaded = load(renderer, name);
	if (!loaded) {
		return false;
	}
	return template_render(
		       renderer->arena, renderer->library, loaded->document, scope, ret_document, &error)
		|| fail(renderer, &loaded->source, error.at->span, error.problem);
}
