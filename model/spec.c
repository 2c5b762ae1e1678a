#include "spec.h"

#include "embedded.h"
#include "names.h"
#include "spec_parts.h"
#include "vec.h"
#include "ymerge.h"
#include "ypath.h"

struct finding *
spec_report(struct spec_reader *reader, enum severity severity, const struct ynode *at,
	const struct ynode *otherwise, struct str message, struct str help)
{
	const struct ynode *place = at && at->source ? at : otherwise;
	struct span start = { 0, 0 };
	bool has_place = place && place->source;
	struct finding *finding = findings_add(reader->findings, severity,
		has_place ? place->source : reader->source_id, has_place ? place->span : start);
	finding->message = message;
	finding->help = help;
	return finding;
}

struct finding *
spec_agent_error(struct spec_reader *reader, const struct spec_agent *agent, const char *path,
	struct str message, struct str help)
{
	return spec_report(reader, SEVERITY_ERROR, ypath_dotted(agent->tree, str_from(path)),
		spec_agent_place(agent), message, help);
}

struct str
spec_agent_text(const struct spec_agent *agent, const char *path)
{
	return ynode_str(ypath_dotted(agent->tree, str_from(path)));
}

bool
spec_agent_says(const struct spec_agent *agent, const char *path)
{
	return ypath_dotted(agent->written, str_from(path)) != NULL;
}

const struct ynode *
spec_agent_place(const struct spec_agent *agent)
{
	const struct ynode *name = ynode_get(agent->written, STR("name"));
	return name ? name : agent->written;
}

/* The root of an embedded file, which is part of the program: it parses. */
static const struct ynode *
embedded_tree(struct arena *arena, struct str name)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;

	*source = (struct source){ name, embedded_get(name) };
	bool is_parsed = ytree_parse(arena, &scratch, source, 0, 0, &docs, &error);
	assert(is_parsed && docs);
	return is_parsed && docs ? docs->root : NULL;
}

/* The same schema with #/definitions/agent as its root. */
static const struct ynode *
agent_schema_tree(struct arena *arena, const struct ynode *schema)
{
	struct ynode *root = ynode_collection(arena, YNODE_MAPPING);
	struct ylist list = ylist_new(arena, root);
	ylist_put(&list, STR("$ref"), ynode_scalar(arena, STR("#/definitions/agent"), YSTYLE_QUOTED));
	ylist_put(&list, STR("definitions"), ynode_get(schema, STR("definitions")));
	return root;
}

static bool
load_schemas(struct spec_reader *reader)
{
	const struct ynode *root = embedded_tree(reader->arena, STR("schemas/spec.schema.json"));
	reader->schema_tree = root;
	reader->builtin = embedded_tree(reader->arena, STR("templates/defaults.yaml"));
	reader->schema = schema_new(reader->arena, root, name_formats, reader->error);
	if (!reader->schema) {
		return false;
	}
	reader->agent_schema = schema_new(
		reader->arena, agent_schema_tree(reader->arena, root), name_formats, reader->error);
	if (!reader->agent_schema) {
		return false;
	}
	reader->config_schema = agentcfg_schema_new(reader->arena, reader->error);
	return reader->config_schema != NULL;
}

static void
release_schemas(struct spec_reader *reader)
{
	if (reader->schema) {
		schema_release(reader->schema);
	}
	if (reader->agent_schema) {
		schema_release(reader->agent_schema);
	}
	if (reader->config_schema) {
		agentcfg_schema_release(reader->config_schema);
	}
}

static const struct ydoc *
parse(struct spec_reader *reader)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;

	if (ytree_parse(reader->arena, &scratch, reader->source, reader->source_id, YTREE_COMMENTS, &docs,
		    &error)) {
		return docs;
	}
	struct finding *finding =
		findings_add(reader->findings, SEVERITY_ERROR, reader->source_id, error.span);
	finding->message = arena_printf(reader->arena, "no YAML: %.*s", STR_ARG(error.problem));
	if (error.context.len) {
		finding_relate(
			reader->findings, finding, reader->source_id, error.context_span, error.context);
	}
	return NULL;
}

static void
check_config(struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *config = ynode_get(agent->tree, STR("config"));
	if (!config) {
		return;
	}
	struct ydoc doc = { .root = config, .span = config->span };
	const struct agentcfg *cfg = agentcfg_read(reader->arena, reader->config_schema, &doc);
	for (const struct agentcfg_problem *problem = cfg->problems; problem; problem = problem->next) {
		struct str help = problem->suggestion.len && !problem->help.len
			? arena_printf(reader->arena, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion))
			: problem->help;
		(void)spec_report(
			reader, SEVERITY_ERROR, problem->at, spec_agent_place(agent), problem->message, help);
	}
}

/*
 * The Flux module writes Secrets in every namespace, so nobody has it who does
 * not ask for it, by its name or by installing with Flux.
 */
static const struct ynode *
with_flux_module(struct spec_reader *reader, const struct ynode *tree)
{
	struct arena *arena = reader->arena;
	bool by_flux = str_eq(ynode_str(ypath_dotted(tree, STR("install.method"))), STR("flux"));
	struct ylist features = ylist_mapping(arena);
	struct ylist base = ylist_mapping(arena);

	ylist_put(&features, STR("flux"),
		ynode_scalar(arena, by_flux ? STR("true") : STR("false"), YSTYLE_PLAIN));
	ylist_put(&base, STR("features"), features.parent);
	return ymerge(arena, base.parent, tree, YMERGE_NULL_IS_VALUE);
}

/* An agent whose name cannot be read gives nothing to check further. */
static bool
add_agent(struct spec_reader *reader, const struct ynode *defaults, const struct ynode *item,
	struct spec_agent *agent)
{
	struct arena *arena = reader->arena;
	const struct ynode *name = ynode_get(item, STR("name")), *cluster = ynode_get(item, STR("cluster"));
	if (!ynode_is(item, YNODE_MAPPING) || !ynode_is(name, YNODE_SCALAR) || ynode_str(name).len == 0) {
		return false;
	}
	agent->written = ynode_follow(item);
	agent->view.name = arena_str(arena, ynode_str(name)).ptr;
	agent->view.cluster =
		ynode_str(cluster).len ? arena_str(arena, ynode_str(cluster)).ptr : agent->view.name;

	/* The cluster is the name where nothing is said, and every reader of the tree may rely on it. */
	struct ynode *filled = ynode_collection(arena, YNODE_MAPPING);
	struct ylist list = ylist_new(arena, filled);
	ylist_put(&list, STR("name"), ynode_head(arena, name));
	ylist_put(&list, STR("cluster"), ynode_head(arena, ynode_str(cluster).len ? cluster : name));
	for (const struct ynode *key = ynode_get(reader->builtin, STR("agent"))->first; key;
		key = key->next->next) {
		ylist_add(&list, key);
		ylist_add(&list, key->next);
	}
	agent->tree =
		with_flux_module(reader, spec_merge(reader, filled, defaults, agent->written, &agent->view));
	return true;
}

static void
collect(struct spec_reader *reader, const struct ynode *root)
{
	struct spec *spec = reader->spec;
	const struct ynode *body = ynode_get(root, STR("spec"));
	spec->name = ynode_str(ynode_at(root, "metadata", "name", NULL));
	const struct ynode *agents = ynode_follow(ynode_get(body, STR("agents")));
	const struct ynode *defaults = ynode_follow(ynode_get(body, STR("defaults")));
	struct ynode *fleet = ynode_collection(reader->arena, YNODE_MAPPING);
	struct ylist list = ylist_new(reader->arena, fleet);

	ylist_put(&list, STR("gitlab"), ynode_get(body, STR("gitlab")));
	ylist_put(&list, STR("flux"), ynode_get(body, STR("flux")));
	struct ynode *builtin = ynode_collection(reader->arena, YNODE_MAPPING);
	list = ylist_new(reader->arena, builtin);
	ylist_put(&list, STR("gitlab"), ynode_get(reader->builtin, STR("gitlab")));
	ylist_put(&list, STR("flux"), ynode_get(reader->builtin, STR("flux")));
	spec->tree = spec_merge(reader, builtin, NULL, fleet, NULL);

	spec->agents = arena_new_n(
		reader->arena, struct spec_agent, ynode_is(agents, YNODE_SEQUENCE) ? agents->len + 1 : 1);
	for (const struct ynode *item = ynode_is(agents, YNODE_SEQUENCE) ? agents->first : NULL; item;
		item = item->next) {
		const struct ynode *base = ynode_is(defaults, YNODE_MAPPING) ? defaults : NULL;
		spec->len += add_agent(reader, base, ynode_follow(item), &spec->agents[spec->len]);
	}
}

static bool
view(struct spec_reader *reader)
{
	struct spec *spec = reader->spec;
	const struct fleet_spec *fleet =
		decode(reader->arena, spec->tree, fleet_spec_fields, sizeof(*fleet), reader->error);
	if (!fleet) {
		return false;
	}
	spec->view = *fleet;
	for (size_t i = 0; i < spec->len; i++) {
		const struct agent_spec *agent = decode(reader->arena, spec->agents[i].tree,
			agent_spec_fields, sizeof(*agent), reader->error);
		if (!agent) {
			return false;
		}
		spec->agents[i].view = *agent;
	}
	return true;
}

/* False: nothing more to check. */
static bool
check(struct spec_reader *reader)
{
	const struct ydoc *docs = parse(reader);
	if (!docs) {
		if (findings_count(reader->findings, SEVERITY_ERROR) == 0) {
			(void)spec_report(reader, SEVERITY_ERROR, NULL, NULL, STR("the spec is empty"),
				STR("`glagent-gen init` writes one to start from"));
		}
		return false;
	}
	if (!spec_check_bounds(reader, docs)) {
		return false;
	}
	const struct ynode *root = spec_expand(reader, docs->root);
	spec_mask_values(reader, root);
	spec_check_shape(reader, root);
	collect(reader, root);
	spec_check_fleet(reader);
	spec_check_flux(reader);
	for (size_t i = 0; i < reader->spec->len; i++) {
		spec_check_agent(reader, &reader->spec->agents[i]);
		check_config(reader, &reader->spec->agents[i]);
	}
	return true;
}

bool
spec_read(struct arena *arena, const struct spec_input *input, struct sources *sources,
	struct findings *findings, const struct spec **ret_spec, struct error *reterr)
{
	struct spec_reader reader = {
		.arena = arena,
		.input = input,
		.sources = sources,
		.findings = findings,
		.spec = arena_new(arena, struct spec),
		.error = reterr,
	};
	*ret_spec = NULL;
	reader.spec->is_bare = input->is_bare;
	reader.source_id = (uint32_t)(sources->len ? sources->len : 1);
	reader.source = spec_mask(&reader, input->source);
	(void)sources_add(arena, sources, reader.source);

	bool is_fine = load_schemas(&reader);
	if (is_fine && check(&reader) && findings_count(findings, SEVERITY_ERROR) == 0) {
		is_fine = view(&reader);
		*ret_spec = is_fine ? reader.spec : NULL;
	}
	release_schemas(&reader);
	return is_fine;
}

const struct spec_agent *
spec_agent_get(const struct spec *spec, struct str name)
{
	for (size_t i = 0; i < spec->len; i++) {
		if (str_eq(str_from(spec->agents[i].view.name), name)) {
			return &spec->agents[i];
		}
	}
	return NULL;
}
