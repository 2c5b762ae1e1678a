/*
 * Our half of tests/conformance/crd. Reads lines from standard input: "crd PATH" for a file with
 * CustomResourceDefinitions, "own" for our schema of Flux's objects, "object PATH" for a file with one
 * object. Prints for each object "== PATH", then "problem KIND PATH" for each problem, and "open WHY" when
 * something was left open; "unknown" when no definition is known.
 */
#include "crd/check.h"
#include "crd/definitions.h"
#include "crd/flux_objects.h"
#include "fs.h"

struct file_definitions {
	struct crd_definitions definitions;
	struct file_definitions *next;
};

struct reading {
	struct arena *arena;
	struct file_definitions *first, **last; /* one set a file: two files may define one kind */
	struct crd_patterns patterns;
};

static const struct ydoc *
read_documents(struct arena *arena, const char *path)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	struct ysyntax_error syntax;
	struct error error;
	const struct ydoc *docs = NULL;
	if (!fs_read_named(arena, path, source, &error)
		|| !ytree_parse(arena, &scratch, source, 1, 0, &docs, &syntax)) {
		(void)fprintf(stderr, "%s: cannot be read\n", path);
	}
	return docs;
}

static struct resource
resource_of(const struct ynode *root)
{
	struct str group = ynode_str(ynode_get(root, STR("apiVersion")));
	struct resource resource = { .root = root, .kind = ynode_str(ynode_get(root, STR("kind"))) };
	resource.group = str_cut(&group, '/');
	resource.version = group.ptr ? group : STR("");
	return resource;
}

static struct file_definitions *
add_set(struct reading *reading)
{
	struct file_definitions *set = arena_new(reading->arena, struct file_definitions);
	*reading->last = set;
	reading->last = &set->next;
	return set;
}

static void
add_definitions(struct reading *reading, const char *path)
{
	struct file_definitions *set = add_set(reading);
	for (const struct ydoc *doc = read_documents(reading->arena, path); doc; doc = doc->next) {
		struct resource *resource = arena_new(reading->arena, struct resource);
		*resource = resource_of(doc->root);
		crd_definitions_add(reading->arena, &set->definitions, resource, doc->root, false);
	}
}

/* The first that has the object's version. */
static const struct ynode *
find_schema(const struct reading *reading, const struct resource *object)
{
	for (const struct file_definitions *set = reading->first; set; set = set->next) {
		const struct crd_definition *definition =
			crd_definitions_get(&set->definitions, object->group, object->kind);
		const struct ynode *version =
			definition ? crd_definition_version(definition, object->version) : NULL;
		if (crd_version_schema(version)) {
			return crd_version_schema(version);
		}
	}
	return NULL;
}

static void
check_object(struct reading *reading, const char *path)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct crd_problems problems;
	const struct ydoc *doc = read_documents(&arena, path);
	struct resource object = resource_of(doc ? doc->root : NULL);
	const struct ynode *schema = find_schema(reading, &object);
	(void)printf("== %s\n", path);
	if (!schema || !doc) {
		(void)printf("unknown\n");
		return;
	}
	crd_check(&arena, &reading->patterns, schema, doc->root, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		(void)printf(
			"problem %d %.*s\n", (int)problems.items[i].kind, STR_ARG(problems.items[i].path));
	}
	if (problems.why_open) {
		(void)printf("open %s\n", problems.why_open);
	}
}

int
main(void)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct reading reading = { .arena = &arena, .patterns = { .arena = &arena } };
	char line[4096];
	reading.last = &reading.first;
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "crd ", 4) == 0) {
			add_definitions(&reading, line + 4);
		} else if (strcmp(line, "own") == 0) {
			flux_objects_load(&arena, &add_set(&reading)->definitions);
		} else if (strncmp(line, "object ", 7) == 0) {
			check_object(&reading, line + 7);
		}
	}
	crd_patterns_release(&reading.patterns);
	return 0;
}
