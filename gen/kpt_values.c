#include "kpt_values.h"

#include "buf.h"
#include "renderer.h"
#include "tojson.h"
#include "ymerge.h"

static const struct kpt_chart charts[] = {
	{ .version = "1.11.1", .values = "kpt-1.11.1/values" },
	{ .version = "2.6.2",
		.values = "kpt-2.6.2/values",
		.suffix = "-v2",
		.tells_releases = true,
		.can_be_unobserved = true },
};

const struct kpt_chart *
kpt_chart(const char *version)
{
	for (size_t i = 0; version && i < countof(charts); i++) {
		if (strcmp(charts[i].version, version) == 0) {
			return &charts[i];
		}
	}
	return NULL;
}

struct str
kpt_chart_versions(struct arena *arena)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < countof(charts); i++) {
		buf_addf(&out, "%s%s", i ? " and " : "", charts[i].version);
	}
	return buf_str(&out);
}

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

/* Is it a field of a struct of the Kubernetes API that is there in any case? To that a null is as good as
 * nothing; in a mapping of texts it becomes "". */
static bool
is_field(struct str path)
{
	struct str rest = path;
	struct str first = str_cut(&rest, '.');
	if (str_eq(first, STR("resources"))) {
		return str_eq(rest, STR("limits")) || str_eq(rest, STR("requests"));
	}
	return rest.len
		&& (str_eq(first, STR("securityContext")) || str_eq(first, STR("podSecurityContext")));
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

/* The output values of the agent, and the chart's own. False with *ret_problem: a template is at fault. */
static bool
render_values(struct arena *arena, const struct spec *spec, const struct spec_agent *agent,
	struct kpt_values *values, struct str *ret_problem)
{
	struct renderer renderer;
	struct agent_scope scope;
	struct ydoc own = { 0 }, stated = { 0 };
	struct error error = { { 0 } };

	bool is_rendered = renderer_init(&renderer, arena, spec, NULL, &error);
	renderer_scope(&renderer, agent, &scope);
	is_rendered = is_rendered && renderer_render(&renderer, values->chart->values, &scope.derived, &own)
		&& renderer_render(&renderer, "values", &scope.derived, &stated);
	values->own = own.root;
	values->merged = stated.root;
	*ret_problem = is_rendered ? STR("") : arena_printf(arena, "%s", error.text);
	return is_rendered;
}

bool
kpt_values_read(struct arena *arena, const struct spec *spec, const struct spec_agent *agent,
	struct kpt_values *ret_values, struct str *ret_problem)
{
	struct kpt_values values = { .chart = kpt_chart(agent->view.chart.version) };
	struct tojson_error unreadable;

	if (!values.chart) {
		*ret_problem = STR("no chart of that version is known here");
		return false;
	}
	if (!render_values(arena, spec, agent, &values, ret_problem)) {
		return false;
	}
	const struct ynode *over = tojson(arena, values.merged, &unreadable);
	if (!over) {
		*ret_problem =
			arena_printf(arena, "Helm cannot read the values: %.*s", STR_ARG(unreadable.message));
		return false;
	}
	struct str idle = idle_null(arena, values.own, over, STR(""));
	if (idle.len) {
		*ret_problem = arena_printf(arena,
			"%.*s is null and overrides nothing, which versions of Helm take differently",
			STR_ARG(idle));
		return false;
	}
	const struct ynode *merged = ymerge(arena, values.own, over, YMERGE_NULL_DELETES);
	values.merged = ymerge(arena, ynode_collection(arena, YNODE_MAPPING), merged, YMERGE_NULL_DELETES);
	*ret_values = values;
	return true;
}
