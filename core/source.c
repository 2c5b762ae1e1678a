#include "source.h"

#include "utf8.h"
#include "vec.h"

uint32_t
sources_add(struct arena *arena, struct sources *sources, const struct source *source)
{
	if (sources->len == 0) {
		vec_push(arena, sources, NULL);
	}
	vec_push(arena, sources, source);
	assert(sources->len - 1 <= SOURCE_ID_MAX); /* a walk gives at most a million files */
	return (uint32_t)(sources->len - 1);
}

const struct source *
sources_get(const struct sources *sources, uint32_t id)
{
	assert(id == 0 || id < sources->len);
	return id == 0 ? NULL : sources->items[id];
}

static size_t
line_start(struct str text, size_t offset)
{
	while (offset > 0 && text.ptr[offset - 1] != '\n') {
		offset--;
	}
	return offset;
}

struct position
source_position(const struct source *source, uint32_t offset)
{
	size_t end = offset < source->text.len ? offset : source->text.len;
	size_t start = line_start(source->text, end);
	struct position position = { 1, 1 };

	for (size_t at = 0; at < start; position.line++) {
		at += str_find_char(str_skip(source->text, at), '\n') + 1;
	}
	struct str before = { source->text.ptr + start, end - start };
	position.column += (uint32_t)utf8_points(before);
	return position;
}

struct str
source_line(const struct source *source, uint32_t offset)
{
	size_t at = offset < source->text.len ? offset : source->text.len;
	size_t start = line_start(source->text, at);
	struct str line = str_skip(source->text, start);
	line = str_first(line, str_find_char(line, '\n'));
	return str_ends(line, STR("\r")) ? str_first(line, line.len - 1) : line;
}
