/*
 * What we take the chart's values to be: conformance_installs DIRECTORY...
 * Reads each directory as a repository and prints a line for each install in
 * it: the directory, "open" or "whole", and the values as JSON. What is not
 * known is "${}".
 */
#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "json.h"
#include "yscalar.h"

static const struct ynode *
as_json(struct arena *arena, const struct ynode *node)
{
	int64_t value;
	node = ynode_follow(node);
	struct str text = ynode_str(node);
	if (node->kind != YNODE_SCALAR) {
		struct ylist list =
			node->kind == YNODE_SEQUENCE ? ylist_sequence(arena) : ylist_mapping(arena);
		bool is_key = node->kind == YNODE_MAPPING;
		for (const struct ynode *child = node->first; child; child = child->next) {
			ylist_add(
				&list, is_key ? json_of_str(arena, ynode_str(child)) : as_json(arena, child));
			is_key = node->kind == YNODE_MAPPING && !is_key;
		}
		return list.parent;
	}
	switch (ynode_type(node, YDIALECT_YAML_V3)) {
	case YTYPE_NULL:
		return ynode_scalar(arena, STR("null"), YSTYLE_PLAIN);
	case YTYPE_BOOL:
		return json_of_bool(arena, yscalar_bool(text));
	case YTYPE_INT:
		if (yscalar_int(text, &value)) {
			return json_of_int(arena, value);
		}
		return ynode_scalar(arena, text, YSTYLE_PLAIN);
	case YTYPE_FLOAT:
		return ynode_scalar(arena, arena_printf(arena, "%.17g", yscalar_number(text)), YSTYLE_PLAIN);
	case YTYPE_STRING:
	case YTYPE_SEQUENCE:
	case YTYPE_MAPPING:
	case YTYPE_COUNT:
		break;
	}
	return json_of_str(arena, text);
}

static bool
print_directory(const char *directory)
{
	struct lint_run run;
	struct error error = { .text = "" };
	struct lint_options options = { .jobs = 1 };
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	bool is_run = fd >= 0 && lint_run(&run, fd, &options, &error);
	if (!is_run) {
		(void)fprintf(stderr, "%s: %s\n", directory, error.text);
		return false;
	}
	const struct installs *installs = run.repository.installs;
	for (size_t i = 0; i < installs->items.len; i++) {
		const struct install *install = &installs->items.items[i];
		struct buf out = { .arena = &run.analysis };
		json_write(&out, as_json(&run.analysis, install->values), 0);
		printf("%s\t%s\t%s\n", directory, install->is_open ? "open" : "whole", out.data);
	}
	lint_run_release(&run);
	(void)close(fd);
	return true;
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!print_directory(argv[i])) {
			return 2;
		}
	}
	return 0;
}
