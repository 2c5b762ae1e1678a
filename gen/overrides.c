#include "overrides.h"

#include <fcntl.h>

#include "embedded.h"
#include "fs.h"
#include "fs_open.h"
#include "outputs.h"
#include "schema_words.h"
#include "template.h"
#include "vec.h"

#define FOLDER STR("templates/")
#define EXTENSION STR(".yaml")

struct reading {
	struct arena *arena;
	const char *directory;
	const struct source *source; /* of the template at hand */
	struct names known;          /* paths that it may name */
	const struct ynode *schema;
	struct error *error;
	bool is_refused;
};

/* Templates of argument lists stay ours: the shell would see what a mistake in one makes of them. */
static bool
may_replace(struct str name)
{
	bool is_used = str_eq(name, STR("kustomization"));
	for (const struct output *output = outputs; output->name; output++) {
		for (const struct output_file *file = output->files; file && file->template; file++) {
			is_used = is_used
				|| (str_eq(name, str_from(file->template)) && !str_eq(name, STR("commands")));
		}
	}
	return is_used;
}

/* "values" of "templates/values.yaml" */
static struct str
name_of(struct str path)
{
	struct str name = str_skip(path, FOLDER.len);
	return str_first(name, name.len - EXTENSION.len);
}

static bool
is_template(struct str path)
{
	return str_starts(path, FOLDER) && may_replace(name_of(path));
}

/* The names of those that may be replaced. */
static struct names
all_names(struct arena *arena)
{
	struct names names = { 0 };
	for (size_t i = 0; i < embedded_count; i++) {
		if (is_template(embedded_files[i].name)) {
			vec_push(arena, &names, name_of(embedded_files[i].name));
		}
	}
	return names;
}

static bool
fail_name(struct reading *reading, struct str path, struct str name)
{
	struct names names = all_names(reading->arena);
	struct str near = words_nearest(&names, name);
	struct buf help = { .arena = reading->arena };
	if (near.len > 0) {
		buf_addf(&help, "; did you mean %.*s?", STR_ARG(near));
	} else {
		buf_add(&help, STR("; those are"));
	}
	for (size_t i = 0; near.len == 0 && i < names.len; i++) {
		buf_addf(&help, "%s %.*s", i > 0 ? "," : "", STR_ARG(names.items[i]));
	}
	return error_set(reading->error, "%s/%.*s is called like no template that can be replaced%.*s",
		reading->directory, STR_ARG(path), STR_ARG(buf_str(&help)));
}

static const struct ydoc *
parse(struct arena *arena, const struct source *source, struct ysyntax_error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs = NULL;
	*reterr = (struct ysyntax_error){ .problem = STR("it is blank") };
	return ytree_parse(arena, &scratch, source, 0, YTREE_COMMENTS, &docs, reterr) ? docs : NULL;
}

static const struct ydoc *
parse_embedded(struct arena *arena, struct str path)
{
	struct source *source = arena_new(arena, struct source);
	struct ysyntax_error error;
	*source = (struct source){ path, embedded_get(path) };
	return parse(arena, source, &error);
}

static void
learn(const struct ynode *at, struct str path, void *context)
{
	struct reading *reading = context;
	(void)at;
	vec_push(reading->arena, &reading->known, path);
}

/* What our own template names, and what every template sees. A package's files share what they see. */
static void
learn_paths(struct reading *reading, struct str name)
{
	bool is_package = str_starts(name, STR("kpt"));
	for (size_t i = 0; i < embedded_count; i++) {
		struct str path = embedded_files[i].name;
		if (!is_template(path)) {
			continue;
		}
		struct str other = name_of(path);
		if (str_eq(other, name) || str_eq(other, STR("values"))
			|| (is_package && str_starts(other, STR("kpt")))) {
			template_each_path(parse_embedded(reading->arena, path), learn, reading);
		}
	}
}

static const struct ynode *
definition(const struct reading *reading, const struct ynode *schema)
{
	struct str reference = ynode_str(ynode_get(schema, STR("$ref")));
	const struct ynode *all = ynode_get(reading->schema, STR("definitions"));
	return reference.len > 0 ? ynode_get(all, str_skip(reference, STR("#/definitions/").len)) : schema;
}

/* Is it a field of an agent or of the fleet, or below one that takes any? */
static bool
is_field(const struct reading *reading, const struct ynode *schema, struct str path)
{
	while (path.ptr) {
		schema = definition(reading, schema);
		const struct ynode *more = ynode_get(schema, STR("additionalProperties"));
		const struct ynode *field =
			ynode_get(ynode_get(schema, STR("properties")), str_cut(&path, '.'));
		if (!field) {
			return !str_eq(ynode_str(more), STR("false"))
				&& !str_eq(ynode_str(ynode_get(schema, STR("type"))), STR("string"));
		}
		schema = field;
	}
	return true;
}

static bool
is_known(const struct reading *reading, struct str path)
{
	for (size_t i = 0; i < reading->known.len; i++) {
		struct str known = reading->known.items[i];
		bool is_above = str_starts(known, path) && known.len > path.len && known.ptr[path.len] == '.';
		if (str_eq(known, path) || is_above) {
			return true;
		}
	}
	const struct ynode *spec = ynode_at(reading->schema, "properties", "spec", NULL);
	const struct ynode *agent = ynode_at(reading->schema, "definitions", "agent", NULL);
	return is_field(reading, agent, path) || is_field(reading, spec, path);
}

static bool
fail(struct reading *reading, struct span span, struct str problem)
{
	struct position position = source_position(reading->source, span.start);
	reading->is_refused = true;
	return error_set(reading->error, "%.*s:%u:%u: %.*s", STR_ARG(reading->source->path), position.line,
		position.column, STR_ARG(problem));
}

static void
check_path(const struct ynode *at, struct str path, void *context)
{
	struct reading *reading = context;
	if (reading->is_refused || str_eq(path, STR(".")) || is_known(reading, path)) {
		return;
	}
	struct str near = words_nearest(&reading->known, path);
	(void)fail(reading, at->span,
		near.len > 0 ? arena_printf(reading->arena,
			"nothing is ever at \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(path), STR_ARG(near))
			     : arena_printf(reading->arena, "nothing is ever at \"%.*s\"", STR_ARG(path)));
}

/* May it become an object? */
static bool
is_object(const struct ynode *node)
{
	return node->kind == YNODE_MAPPING || ynode_tag(node).len > 0;
}

/* Is it shaped as what prints it expects? */
static bool
is_alike(const struct ynode *root, const struct ynode *ours)
{
	bool is_fine = ours->kind == YNODE_SEQUENCE ? root->kind == YNODE_SEQUENCE : is_object(root);
	const struct ynode *item = root->kind == YNODE_SEQUENCE ? root->first : NULL;
	for (; item && is_fine; item = item->next) {
		is_fine = is_object(item);
	}
	return is_fine;
}

static bool
check_template(struct reading *reading, struct str name)
{
	struct ysyntax_error error;
	const struct ydoc *document = parse(reading->arena, reading->source, &error);
	const struct ydoc *ours = parse_embedded(
		reading->arena, arena_printf(reading->arena, "templates/%.*s.yaml", STR_ARG(name)));
	if (!document) {
		return fail(reading, error.span, error.problem);
	}
	if (document->next || !is_alike(document->root, ours->root)) {
		return fail(reading, document->root->span,
			ours->root->kind == YNODE_SEQUENCE
				? STR("a template of this name is one list of objects")
				: STR("a template of this name is one document, a mapping or a hole"));
	}
	learn_paths(reading, name);
	template_each_path(document, check_path, reading);
	return !reading->is_refused;
}

static bool
read_template(struct reading *reading, int fd, struct str path, struct overrides *overrides)
{
	struct source *source = arena_new(reading->arena, struct source);
	struct str name = str_first(path, path.len - path_extension(path).len);
	struct error error;
	if (!str_ends(path, EXTENSION) || !may_replace(name)) {
		return fail_name(reading, path, name);
	}
	*source = (struct source){ .path = arena_printf(
					   reading->arena, "%s/%.*s", reading->directory, STR_ARG(path)) };
	if (fs_read(reading->arena, fd, path, &source->text, &error) != FS_READ_OK) {
		return error_set(reading->error, "%s/%s", reading->directory, error.text);
	}
	reading->source = source;
	reading->known = (struct names){ 0 };
	(void)map_put(reading->arena, &overrides->sources, name, source);
	return check_template(reading, name);
}

bool
overrides_read(
	struct arena *arena, const char *directory, struct overrides *ret_overrides, struct error *reterr)
{
	struct fs_entries entries = { 0 };
	struct error error;
	int CLEANUP(fd_close) fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct reading reading = { .arena = arena,
		.directory = directory,
		.schema = parse_embedded(arena, STR("schemas/spec.schema.json"))->root,
		.error = reterr };
	*ret_overrides = (struct overrides){ { 0 } };
	if (fd < 0) {
		return error_set_errno(reterr, "--templates: %s", directory);
	}
	if (!fs_walk(arena, fd, &entries, &error)) {
		return error_set(reterr, "--templates: %s/%s", directory, error.text);
	}
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path, extension = path_extension(path);
		bool is_yaml = str_eq(extension, EXTENSION) || str_eq(extension, STR(".yml"));
		if (entries.items[i].kind == FS_REGULAR && is_yaml
			&& !read_template(&reading, fd, path, ret_overrides)) {
			return false;
		}
	}
	return true;
}
