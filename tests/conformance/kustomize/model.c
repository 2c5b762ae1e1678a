/*
 * Our half of tests/conformance/kustomize:
 *
 * - model trees FROM TO: random trees, each "tree NUMBER DIRECTORY", then "file PATH BYTES" and the bytes
 * - model verdicts FROM TO: what we say of each, "== NUMBER" and the verdict
 * - model build ROOT DIR...: what we say of directories of a repository, "== DIR" and the verdict
 */
#include <fcntl.h>
#include <inttypes.h>

#include "fs.h"
#include "verdict.h"

static void
print(const struct buf *out)
{
	(void)fwrite(out->data, 1, out->len, stdout);
}

static void
print_tree(struct arena *arena, uint64_t number)
{
	struct random_tree tree;
	struct buf out = { .arena = arena };
	random_tree(arena, number, &tree);
	buf_addf(&out, "tree %" PRIu64 " %.*s\n", number, STR_ARG(tree.build));
	for (size_t i = 0; i < tree.len; i++) {
		buf_addf(&out, "file %.*s %zu\n", STR_ARG(tree.items[i].path), tree.items[i].text.len);
		buf_add(&out, tree.items[i].text);
		buf_add_char(&out, '\n');
	}
	print(&out);
}

static void
print_verdict(struct arena *arena, uint64_t number)
{
	struct random_tree tree;
	struct buf out = { .arena = arena };
	random_tree(arena, number, &tree);
	buf_addf(&out, "== %" PRIu64 "\n", number);
	verdict_of(arena, &tree, &out);
	print(&out);
}

static int
build(struct arena *arena, const char *root, char **directories, int count)
{
	struct fs_entries entries;
	struct files files;
	struct sources sources;
	struct resources resources = { 0 };
	struct error error;
	struct arena scratch = { 0 };
	int fd = open(root, O_RDONLY | O_DIRECTORY);
	if (fd < 0 || !fs_walk(arena, fd, &entries, &error)) {
		(void)fprintf(stderr, "%s\n", error.text);
		return 2;
	}
	files_list(arena, &entries, &files, &sources);
	for (size_t i = 0; i < files.len; i++) {
		files_load(&files, &files.items[i], fd, arena, arena, &error);
		files.items[i].is_kept = files.items[i].state == FILE_TEXT;
	}
	resources_collect(arena, &files, &resources);
	struct view view = { .files = &files };
	struct builder *builder = builder_new(arena, &view, &resources);
	builder_set_habits(builder, BUILDER_ROOT_ONLY | BUILDER_SORTS);
	for (int i = 0; i < count; i++) {
		struct buf out = { .arena = &scratch };
		struct str directory = str_from(directories[i]);
		buf_addf(&out, "== %s\n", directories[i]);
		verdict_write(
			&out, kustomize_build(builder, str_eq(directory, STR(".")) ? STR("") : directory));
		print(&out);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };
	int status = 0;
	if (argc >= 4 && strcmp(argv[1], "build") == 0) {
		status = build(&arena, argv[2], argv + 3, argc - 3);
	} else if (argc == 4) {
		uint64_t to = strtoull(argv[3], NULL, 10);
		for (uint64_t i = strtoull(argv[2], NULL, 10); i < to; i++) {
			if (strcmp(argv[1], "trees") == 0) {
				print_tree(&arena, i);
			} else {
				print_verdict(&arena, i);
			}
			arena_reset(&arena);
		}
	}
	arena_release(&arena);
	return status;
}
