#include "fn.h"

#include "choose.h"
#include "fs.h"
#include "resource_list.h"
#include "yemit.h"
#include "ypath.h"

#define OUTPUT_ANNOTATION "glagent.dev/output"

struct function {
	struct arena *arena;
	struct resource_list list;
	struct source source; /* the spec: functionConfig as a text */
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
	const struct output *output;
	struct error *error;
};

/* "/spec/agents/0/name" as "spec.agents[0].name" */
static struct str
field_path(struct arena *arena, struct str pointer)
{
	struct buf out = { .arena = arena };
	struct str rest = str_skip(pointer, pointer.len > 0);
	while (rest.len > 0) {
		struct str name = str_cut(&rest, '/');
		bool is_index = name.len > 0 && name.ptr[0] >= '0' && name.ptr[0] <= '9';
		const char *before = is_index ? "[" : out.len > 0 ? "." : "";
		buf_addf(&out, "%s%.*s%s", before, STR_ARG(name), is_index ? "]" : "");
	}
	return out.len ? buf_str(&out) : STR("");
}

/* The deepest node of the tree that holds the place. */
static const struct ynode *
node_at(const struct ynode *node, struct span span)
{
	for (const struct ynode *child =
			node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS ? NULL : node->first;
		child; child = child->next) {
		if (child->span.start <= span.start && span.end <= child->span.end) {
			return node_at(child, span);
		}
	}
	return node;
}

static void
tell_findings(struct function *f)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs = NULL;
	struct ysyntax_error syntax;
	bool is_read = ytree_parse(f->arena, &scratch, &f->source, 1, YTREE_VALUES, &docs, &syntax) && docs;
	for (size_t i = 0; i < f->findings.len; i++) {
		const struct finding *finding = f->findings.items[i];
		const struct ynode *node = is_read ? node_at(docs->root, finding->span) : NULL;
		struct str pointer = node ? ypath_of(f->arena, docs->root, node, false) : STR("");
		struct str message = finding->help.len > 0 ? arena_printf(f->arena, "%.*s (%.*s)",
					     STR_ARG(finding->message), STR_ARG(finding->help))
							   : finding->message;
		resource_list_tell(&f->list, finding->severity, message, field_path(f->arena, pointer),
			resource_list_annotation(f->list.config, "path"));
	}
}

/* functionConfig as a spec of its own; false with what is wrong in the results. */
static bool
read_spec(struct function *f)
{
	struct buf text = { .arena = f->arena };
	yemit(&text, f->list.config);
	f->source = (struct source){ STR("functionConfig"), buf_str(&text) };
	struct spec_input input = { &f->source, -1, false };
	if (!spec_read(f->arena, &input, &f->sources, &f->findings, &f->spec, f->error)) {
		return false;
	}
	findings_finish(&f->findings, &f->sources);
	tell_findings(f);
	size_t errors = findings_count(&f->findings, SEVERITY_ERROR);
	return f->spec
		|| error_set(f->error, "functionConfig: %zu %s, nothing rendered", errors,
			errors == 1 ? "error" : "errors");
}

/* Those that are objects of Kubernetes. */
static bool
choose_output(struct function *f)
{
	static const char *const names[] = { "flux", "rbac", "kpt" };
	const struct ynode *annotations = ynode_at(f->list.config, "metadata", "annotations", NULL);
	struct str stated = ynode_str(ynode_get(annotations, STR(OUTPUT_ANNOTATION)));
	stated = stated.len > 0 ? stated : str_from(names[0]);
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(stated, str_from(names[i]))) {
			f->output = output_get(stated);
			return true;
		}
	}
	return error_set(f->error,
		"the annotation " OUTPUT_ANNOTATION " is \"%.*s\": flux, rbac and kpt are objects",
		(int)(stated.len < 40 ? stated.len : 40), stated.ptr);
}

static bool
put_file(struct function *f, const struct plan_file *file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(f->arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error syntax;
	*source = (struct source){ file->path, file->data };
	if (!ytree_parse(f->arena, &scratch, source, 2, YTREE_COMMENTS, &docs, &syntax)) {
		return error_set(f->error, "%.*s: what was rendered is no YAML", STR_ARG(file->path));
	}
	size_t index = 0;
	for (; docs; docs = docs->next) {
		if (ynode_is(docs->root, YNODE_MAPPING)) {
			resource_list_put(f->arena, &f->list, docs->root, file->path, index++);
		}
	}
	return true;
}

static bool
render(struct function *f, const struct request *request)
{
	struct request own = *request;
	struct plan_agents agents;
	struct plan plan;
	own.output = f->output;
	if (!choose_agents(f->arena, f->spec, &own, &agents, f->error)
		|| !plan_render(f->arena, f->spec, f->output, &agents, true, NULL, &plan, f->error)) {
		return false;
	}
	for (size_t i = 0; i < plan.len; i++) {
		if (!plan.items[i].is_not_applied && !put_file(f, &plan.items[i])) {
			return false;
		}
	}
	return true;
}

static bool
check_request(const struct request *request, struct error *reterr)
{
	bool has_mode = request->is_check || request->is_diff || request->is_dry_run || request->is_forced;
	return !(request->spec || request->directory || request->kas_address || request->arguments.len
		       || has_mode)
		|| error_set(reterr,
			"fn takes no spec and writes no files: it reads a ResourceList from standard input "
			"and "
			"prints one");
}

bool
fn_run(struct arena *arena, const struct request *request, struct error *reterr)
{
	struct function f = { .arena = arena, .findings = { .arena = arena }, .error = reterr };
	struct source input;
	struct buf out = { .arena = arena };
	if (!check_request(request, reterr) || !fs_read_named(arena, "-", &input, reterr)
		|| !resource_list_read(arena, &input, &f.list, reterr)) {
		return false;
	}
	bool ok = f.list.config != NULL;
	if (!ok) {
		(void)error_set(reterr, "functionConfig is missing: it is the spec, an AgentFleet");
	}
	ok = ok && choose_output(&f) && read_spec(&f) && render(&f, request);
	if (!ok && f.list.results.parent->len == 0) {
		resource_list_tell(&f.list, SEVERITY_ERROR, arena_str(arena, str_from(reterr->text)), STR(""),
			resource_list_annotation(f.list.config, "path"));
	}
	resource_list_print(arena, &out, &f.list);
	struct error error;
	if (!fs_write_stdout(buf_str(&out), &error)) {
		*reterr = error;
		return false;
	}
	return ok;
}
