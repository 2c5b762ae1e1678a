/*
 * Reads a YAML file as both programs do and writes it again: conformance_emit [--json] FILE
 *
 * --json writes one line a document: aliases and merge keys laid out, scalars typed as Helm types them. Exits
 * 3 when we refuse the file.
 */
#include "tojson.h"
#include "yaml.h"
#include "yemit.h"

enum { FILE_BYTES_MAX = 1 << 20, EXIT_REFUSED = 3 };

static void
add_json_text(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"' || c == '\\' || (unsigned char)c < ' ') {
			buf_addf(out, "\\u%04x", (unsigned)c);
		} else {
			buf_add_char(out, c);
		}
	}
	buf_add_char(out, '"');
}

static void
add_json_number(struct buf *out, const struct ynode *node)
{
	int64_t whole;
	double number = yscalar_number(ynode_str(node));
	if (yscalar_int(ynode_str(node), &whole)) {
		buf_addf(out, "%lld", (long long)whole);
	} else if (number - number == 0) {
		buf_addf(out, "%.17g", number);
	} else {
		add_json_text(out, ynode_str(node)); /* infinities and NaN */
	}
}

static void add_json(struct buf *out, const struct ynode *node);

static void
add_json_collection(struct buf *out, const struct ynode *node)
{
	bool is_mapping = node->kind == YNODE_MAPPING;
	buf_add_char(out, is_mapping ? '{' : '[');
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (child != node->first) {
			buf_add_char(out, ',');
		}
		if (is_mapping) {
			add_json_text(out, ynode_str(child));
			buf_add_char(out, ':');
			child = child->next;
		}
		add_json(out, child);
	}
	buf_add_char(out, is_mapping ? '}' : ']');
}

static void
add_json(struct buf *out, const struct ynode *node)
{
	node = ynode_follow(node);
	switch (ynode_type(node, YDIALECT_SIGS_YAML)) {
	case YTYPE_NULL:
		buf_add(out, STR("null"));
		break;
	case YTYPE_BOOL:
		buf_add(out, yscalar_bool(ynode_str(node)) ? STR("true") : STR("false"));
		break;
	case YTYPE_INT:
	case YTYPE_FLOAT:
		add_json_number(out, node);
		break;
	case YTYPE_STRING:
		add_json_text(out, ynode_str(node));
		break;
	case YTYPE_SEQUENCE:
	case YTYPE_MAPPING:
		add_json_collection(out, node);
		break;
	case YTYPE_COUNT:
		break;
	}
}

static bool
add_json_line(struct arena *arena, struct buf *out, const struct ynode *root)
{
	struct tojson_error error;
	const struct ynode *laid_out = tojson(arena, root, &error);
	if (laid_out) {
		add_json(out, laid_out);
		buf_add_char(out, '\n');
	}
	return laid_out != NULL;
}

static struct str
read_file(struct arena *arena, const char *path)
{
	char *text = arena_alloc(arena, FILE_BYTES_MAX);
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(2);
	}
	size_t size = fread(text, 1, FILE_BYTES_MAX, file);
	(void)fclose(file);
	return (struct str){ text, size };
}

static bool
parse(struct arena *arena, const char *path, const struct ydoc **ret_docs)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	struct ysyntax_error error;
	*source = (struct source){ .path = str_from(path), .text = read_file(arena, path) };
	return ytree_parse(arena, &scratch, source, 1, YTREE_COMMENTS, ret_docs, &error);
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
	if (argc != (json ? 3 : 2)) {
		(void)fputs("usage: conformance_emit [--json] FILE\n", stderr);
		return 2;
	}
	const struct ydoc *docs;
	if (!parse(&arena, argv[argc - 1], &docs)) {
		return EXIT_REFUSED;
	}
	struct buf out = { .arena = &arena };
	for (const struct ydoc *doc = docs; doc; doc = doc->next) {
		if (!json) {
			yemit_document(&out, doc, docs->next != NULL);
		} else if (!add_json_line(&arena, &out, doc->root)) {
			return EXIT_REFUSED;
		}
	}
	printf("%.*s", STR_ARG(buf_str(&out)));
	return 0;
}
