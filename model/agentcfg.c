#include "agentcfg_parts.h"

#include "buf.h"
#include "cron.h"
#include "embedded.h"
#include "names.h"
#include "protojson.h"
#include "tojson.h"
#include "vec.h"

static const struct schema_format formats[] = {
	{ "cron", cron_is_valid, "five fields of a cron expression, like \"0 0 * * *\"" },
	{ "quantity", name_is_quantity, "a Kubernetes quantity, like \"200m\" or \"1Gi\"" },
	{ "protobuf-duration", protojson_duration_is_valid, "seconds with an s behind them, like \"3600s\"" },
	{ 0 },
};

static const struct schema_options options = {
	.dialect = YDIALECT_SIGS_YAML,
	.null_is_absent = true,
	.integers_in_strings = true,
};

const struct agentcfg_schema *
agentcfg_schema_new(struct arena *arena, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source source = {
		.path = STR("schemas/agent-config.schema.json"),
		.text = embedded_get(STR("schemas/agent-config.schema.json")),
	};
	struct ysyntax_error syntax;
	const struct ydoc *docs;
	if (!ytree_parse(arena, &scratch, &source, 0, 0, &docs, &syntax)) {
		error_set(reterr, "%.*s: %.*s", STR_ARG(source.path), STR_ARG(syntax.problem));
		return NULL;
	}
	struct agentcfg_schema *schema = arena_new(arena, struct agentcfg_schema);
	schema->root = docs->root;
	schema->gitlab = ynode_str(ynode_get(docs->root, STR("x-gitlab-version")));
	schema->compiled = schema_new(arena, docs->root, formats, reterr);
	return schema->compiled ? schema : NULL;
}

void
agentcfg_schema_release(const struct agentcfg_schema *schema)
{
	if (schema) {
		schema_release(schema->compiled);
	}
}

struct agentcfg_problem *
agentcfg_add(struct agentcfg_reading *reading, enum agentcfg_problem_kind kind, const struct ynode *at)
{
	struct agentcfg_problem *problem = arena_new(reading->arena, struct agentcfg_problem);
	problem->kind = kind;
	problem->refuses = true;
	problem->at = at;
	problem->order = reading->len;
	vec_push(reading->arena, reading, problem);
	return problem;
}

struct str
agentcfg_path(struct arena *arena, struct str pointer)
{
	struct buf path = { .arena = arena };
	struct str rest = str_skip(pointer, 1);
	while (pointer.len > 0 && rest.ptr) {
		struct str segment = str_cut(&rest, '/');
		bool index = segment.len > 0 && segment.ptr[0] >= '0' && segment.ptr[0] <= '9';
		buf_addf(&path, index ? "[%.*s]" : path.len ? ".%.*s" : "%.*s", STR_ARG(segment));
	}
	return path.len ? buf_str(&path) : STR("the document");
}

static void
check_gitops(struct agentcfg_reading *reading)
{
	const struct ynode *key = ynode_key(reading->cfg->root, STR("gitops"));
	if (!key || ynode_type(key->next, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		return;
	}
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_GITOPS, key);
	problem->refuses = false;
	problem->pointer = STR("/gitops");
	problem->message = STR("gitops has had no effect since GitLab 17.0");
	problem->help = STR("remove the block and let Flux apply the manifests");
}

static int
problem_cmp(const void *left, const void *right)
{
	const struct agentcfg_problem *a = *(struct agentcfg_problem *const *)left;
	const struct agentcfg_problem *b = *(struct agentcfg_problem *const *)right;
	if (a->at->span.start != b->at->span.start) {
		return a->at->span.start < b->at->span.start ? -1 : 1;
	}
	return a->order < b->order ? -1 : a->order > b->order;
}

/* The problems in document order, whatever order they were found in. */
static void
finish(struct agentcfg_reading *reading)
{
	const struct agentcfg_problem **tail = &reading->cfg->problems;
	if (reading->len > 0) {
		qsort(reading->items, reading->len, sizeof(struct agentcfg_problem *), problem_cmp);
	}
	for (size_t i = 0; i < reading->len; i++) {
		reading->cfg->is_refused = reading->cfg->is_refused || reading->items[i]->refuses;
		*tail = reading->items[i];
		tail = &reading->items[i]->next;
	}
}

static void
check_document(struct agentcfg_reading *reading, const struct ynode *root)
{
	const struct violation *violation =
		schema_check(reading->arena, reading->schema->compiled, root, &options);
	for (; violation; violation = violation->next) {
		agentcfg_explain(reading, violation);
	}
	check_gitops(reading);
	agentcfg_collect_dated(reading);
}

/* Aliases that blow a document up are no matter of agent configurations: YM009 tells. */
static void
report_unreadable(struct agentcfg_reading *reading, const struct tojson_error *error)
{
	reading->cfg->is_refused = true;
	if (!error->is_aliasing) {
		agentcfg_add(reading, AGENTCFG_OTHER, error->at)->message = arena_printf(
			reading->arena, "%.*s: GitLab refuses the whole file", STR_ARG(error->message));
	}
}

const struct agentcfg *
agentcfg_read(struct arena *arena, const struct agentcfg_schema *schema, const struct ydoc *docs)
{
	struct agentcfg *cfg = arena_new(arena, struct agentcfg);
	struct agentcfg_reading reading = { .arena = arena, .schema = schema, .cfg = cfg };
	struct tojson_error error = { 0 };
	const struct ynode *written = docs ? docs->root : ynode_scalar(arena, STR(""), YSTYLE_PLAIN);
	cfg->root = tojson(arena, written, &error);
	if (!cfg->root) {
		cfg->root = written;
		report_unreadable(&reading, &error);
	} else if (ynode_type(cfg->root, YDIALECT_SIGS_YAML) != YTYPE_NULL
		&& !agentcfg_report_foreign(&reading, cfg->root)) {
		check_document(&reading, cfg->root);
	}
	finish(&reading);
	return cfg;
}

static void
each_entry(const struct ynode *section, struct agentcfg_access access,
	void (*visit)(const struct agentcfg_access *, void *context), void *context)
{
	const struct ynode *list = ynode_get(section, access.list);
	if (!ynode_is(list, YNODE_SEQUENCE)) {
		return;
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		access.entry = item;
		access.id = ynode_get(item, STR("id"));
		visit(&access, context);
	}
}

void
agentcfg_each_access(const struct agentcfg *cfg, void (*visit)(const struct agentcfg_access *, void *context),
	void *context)
{
	if (!ynode_is(cfg->root, YNODE_MAPPING)) {
		return;
	}
	for (const struct ynode *key = cfg->root->first; key; key = key->next->next) {
		struct str section = ynode_str(key);
		bool access = str_eq(section, STR("ci_access")) || str_eq(section, STR("user_access"));
		if (!access || !ynode_is(key->next, YNODE_MAPPING)) {
			continue;
		}
		for (const struct ynode *list = key->next->first; list; list = list->next->next) {
			struct str name = ynode_str(list);
			if (str_eq(name, STR("projects")) || str_eq(name, STR("groups"))) {
				each_entry(key->next,
					(struct agentcfg_access){ .section = section, .list = name }, visit,
					context);
			}
		}
	}
}
