/*
 * Our reader against a bare libyaml event loop, over the same texts in the same
 * process, turn by turn: what the positioned tree costs on top of the parser
 * that it cannot do without. Paths come on standard input, one a line.
 *
 *	find DIR -name '*.yaml' | ytree_bench [ROUNDS]
 */
#include <time.h>

#include "fs.h"
#include "vec.h"
#include "ytree.h"

#include <yaml.h>

enum { ROUNDS = 31, PATH_BYTES_MAX = 4096 };

struct texts {
	struct source *items;
	size_t len, cap;
	size_t bytes, skipped;
};

struct result {
	double bare, tree; /* seconds, the best of all rounds */
	size_t arena_bytes;
};

static double
now(void)
{
	struct timespec time;
	/* Time of ours, not of whatever else the machine does. */
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* False when libyaml refuses the text. */
static bool
parse_bare(const struct source *source)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool ok = true, done = false;
	(void)yaml_parser_initialize(&parser);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)source->text.ptr, source->text.len);
	while (ok && !done) {
		ok = yaml_parser_parse(&parser, &event) != 0;
		done = ok && event.type == YAML_STREAM_END_EVENT;
		if (ok) {
			yaml_event_delete(&event);
		}
	}
	yaml_parser_delete(&parser);
	return ok;
}

static bool
parse_tree(struct arena *arena, struct arena *scratch, const struct source *source)
{
	const struct ydoc *docs;
	struct ysyntax_error error;
	bool ok = ytree_parse(arena, scratch, source, 1, YTREE_VALUES, &docs, &error);
	arena_reset(scratch);
	return ok;
}

/* Texts that either side refuses are left out: both are to do the same work. */
static void
read_texts(struct arena *arena, struct texts *texts)
{
	char path[PATH_BYTES_MAX];
	struct error error;
	struct arena CLEANUP(arena_release) trees = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	while (fgets(path, sizeof(path), stdin)) {
		struct source source;
		path[strcspn(path, "\n")] = '\0';
		if (!fs_read_named(arena, path, &source, &error) || !parse_bare(&source)
			|| !parse_tree(&trees, &scratch, &source)) {
			texts->skipped++;
			continue;
		}
		vec_push(arena, texts, source);
		texts->bytes += source.text.len;
	}
}

static void
measure(const struct texts *texts, struct result *result)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	double start = now();
	for (size_t i = 0; i < texts->len; i++) {
		(void)parse_bare(&texts->items[i]);
	}
	double middle = now();
	for (size_t i = 0; i < texts->len; i++) {
		(void)parse_tree(&arena, &scratch, &texts->items[i]);
	}
	double end = now();
	result->bare = middle - start < result->bare ? middle - start : result->bare;
	result->tree = end - middle < result->tree ? end - middle : result->tree;
	result->arena_bytes = arena_bytes(&arena);
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct texts texts = { 0 };
	struct result result = { .bare = 1e9, .tree = 1e9 };
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : ROUNDS;
	read_texts(&arena, &texts);
	for (long i = 0; i < rounds; i++) {
		measure(&texts, &result);
	}
	if (texts.bytes == 0 || rounds < 1) {
		(void)fprintf(stderr, "ytree_bench: nothing to read\n");
		return 2;
	}
	double megabytes = (double)texts.bytes / 1e6;
	printf("%zu texts, %.2f MB, %zu left out; best of %ld rounds\n", texts.len, megabytes, texts.skipped,
		rounds);
	printf("libyaml events  %.4f s  %.1f MB/s\n", result.bare, megabytes / result.bare);
	printf("tree            %.4f s  %.1f MB/s\n", result.tree, megabytes / result.tree);
	printf("time ratio      %.2f\n", result.tree / result.bare);
	printf("arena / text    %.2f (%zu bytes)\n", (double)result.arena_bytes / (double)texts.bytes,
		result.arena_bytes);
	return 0;
}
