/* Says of files and paths what our models make of them, in the form of judge/main.go:
 *	model decode FILE...      "ok COUNT FILE" | "refused FILE: why" | "unknown FILE"
 *	model build ROOT PATH...  "== PATH", then "refused FILE: why" | "fails: why" | "incomplete: why" |
 *"ok", then "  KIND NAMESPACE NAME" sorted */
#include <fcntl.h>
#include <unistd.h>

#include "flux/parts.h"
#include "kustomize/decode.h"
#include "vec.h"

struct lines {
	struct str *items;
	size_t len, cap;
};

static void
decode(const char *path)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error error;
	struct ysyntax_error syntax;
	struct decoded decoded;
	struct file file = { .is_yaml = true, .state = FILE_TEXT, .id = 1 };
	if (!fs_read_named(&arena, path, &file.source, &error)) {
		(void)printf("unknown %s\n", path);
		return;
	}
	if (!ytree_parse(&arena, &scratch, &file.source, 1, 0, &file.docs, &syntax)) {
		file.syntax = &syntax;
	}
	decode_file(&arena, &file, &decoded);
	if (decoded.verdict == DECODE_REFUSED) {
		(void)printf("refused %s: %.*s\n", path, STR_ARG(decoded.why));
	} else if (decoded.verdict == DECODE_UNKNOWN) {
		(void)printf("unknown %s\n", path);
	} else {
		(void)printf("ok %zu %s\n", decoded.objects.len, path);
	}
}

static bool
load(struct arena *arena, const char *root, struct files *ret_files)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct fs_entries entries;
	struct sources sources;
	struct error error;
	int fd = open(root, O_RDONLY | O_DIRECTORY);
	if (fd < 0 || !fs_walk(arena, fd, &entries, &error)) {
		return false;
	}
	files_list(arena, &entries, ret_files, &sources);
	for (size_t i = 0; i < ret_files->len; i++) {
		files_load(ret_files, &ret_files->items[i], fd, arena, &scratch, &error);
	}
	(void)close(fd);
	return true;
}

static void
print_objects(struct arena *arena, const struct build *build)
{
	struct lines lines = { 0 };
	for (size_t i = 0; i < build->objects.len; i++) {
		const struct identity *id = &build->objects.items[i].id;
		struct str line = arena_printf(arena, "  %.*s %.*s %.*s", STR_ARG(id->kind),
			STR_ARG(id->namespace), STR_ARG(id->name));
		vec_push(arena, &lines, line);
		size_t at = lines.len - 1;
		for (; at > 0 && str_cmp(line, lines.items[at - 1]) < 0; at--) {
			lines.items[at] = lines.items[at - 1];
		}
		lines.items[at] = line;
	}
	for (size_t i = 0; i < lines.len; i++) {
		(void)printf("%s\n", lines.items[i].ptr);
	}
}

static void
print_build(struct arena *arena, const char *path, const struct build *build)
{
	(void)printf("== %s\n", path);
	if (build->is_refused) {
		(void)printf("refused %.*s: %.*s\n", STR_ARG(build->file->source.path), STR_ARG(build->why));
	} else if (build->result == BUILD_FAILS) {
		(void)printf("fails: %.*s\n", STR_ARG(build->why));
	} else if (build->result == BUILD_INCOMPLETE) {
		(void)printf("incomplete: %.*s\n", STR_ARG(build->why));
	} else {
		(void)puts("ok");
		print_objects(arena, build);
	}
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct files files;
	struct resources resources;
	if (argc > 2 && strcmp(argv[1], "decode") == 0) {
		for (int i = 2; i < argc; i++) {
			decode(argv[i]);
		}
		return 0;
	}
	if (argc < 3 || !load(&arena, argv[2], &files)) {
		(void)fprintf(stderr, "usage: model decode FILE... | model build ROOT PATH...\n");
		return 2;
	}
	resources_collect(&arena, &files, &resources);
	struct artifacts artifacts = { .arena = &arena, .files = &files, .resources = &resources };
	struct artifact *artifact = artifact_get(&artifacts, STR(""));
	for (int i = 3; i < argc; i++) {
		struct str path = flux_clean_path(&arena, str_from(argv[i]));
		print_build(&arena, argv[i], artifact_build(&arena, artifact, path, NULL));
	}
	return 0;
}
