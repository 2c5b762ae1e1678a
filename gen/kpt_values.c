#include "kpt_values.h"

#include "renderer.h"
#include "tojson.h"
#include "ymerge.h"

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

/* Is it a field of a struct of the Kubernetes API, to which a null is as good as nothing? In a mapping of
 * texts a null becomes "". */
static bool
is_field(struct str path)
{
	struct str rest = path;
	struct str first = str_cut(&rest, '.');
	bool is_direct = rest.len && !str_has_char(rest, '.');
	if (str_eq(first, STR("resources"))) {
		return str_eq(rest, STR("limits")) || str_eq(rest, STR("requests"));
	}
	return (is_direct && str_eq(first, STR("affinity"))) || str_eq(first, STR("securityContext"))
		|| str_eq(first, STR("podSecurityContext"));
}

/*
 * A null removes what it overrides. One that overrides nothing goes or stays, and is printed by the chart
 * then, depending on Helm's version and on how deep it stands: the dotted path of the first that the cluster
 * would see, or "".
 */
static struct str
idle_null(struct arena *arena, const struct ynode *base, const struct ynode *over, struct str path)
{
	for (const struct ynode *key = over->first; key; key = key->next->next) {
		const struct ynode *value = ynode_follow(key->next);
		const struct ynode *below = ynode_get(base, ynode_str(key));
		struct str here = arena_printf(
			arena, "%.*s%s%.*s", STR_ARG(path), path.len ? "." : "", STR_ARG(ynode_str(key)));
		struct str found = STR("");
		if (is_null(value) && !below && !is_field(here)) {
			return here;
		}
		if (value->kind == YNODE_MAPPING) {
			found = idle_null(arena, below, value, here);
		}
		if (found.len) {
			return found;
		}
	}
	return STR("");
}

const struct ynode *
kpt_values(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent, struct str *ret_problem)
{
	struct renderer renderer;
	struct agent_scope scope;
	struct ydoc own, stated;
	struct error error = { { 0 } };
	struct tojson_error unreadable;

	bool is_rendered = renderer_init(&renderer, arena, spec, &error);
	renderer_scope(&renderer, agent, &scope);
	is_rendered = is_rendered && renderer_render(&renderer, "kpt-2.6.2/values", &scope.derived, &own)
		&& renderer_render(&renderer, "values", &scope.derived, &stated);
	if (!is_rendered) {
		*ret_problem = arena_printf(arena, "%s", error.text);
		return NULL;
	}
	const struct ynode *over = tojson(arena, stated.root, &unreadable);
	if (!over) {
		*ret_problem =
			arena_printf(arena, "Helm cannot read the values: %.*s", STR_ARG(unreadable.message));
		return NULL;
	}
	struct str idle = idle_null(arena, own.root, over, STR(""));
	if (idle.len) {
		*ret_problem = arena_printf(arena,
			"%.*s is null and overrides nothing, which versions of Helm take differently",
			STR_ARG(idle));
		return NULL;
	}
	const struct ynode *merged = ymerge(arena, own.root, over, YMERGE_NULL_DELETES);
	return ymerge(arena, ynode_collection(arena, YNODE_MAPPING), merged, YMERGE_NULL_DELETES);
}
