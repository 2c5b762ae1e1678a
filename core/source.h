/*
 * A text held in memory. Every place in the program is a byte span into the
 * text of a source; line and column exist only where a place is printed.
 *
 * Sources are known by number: a tree node carries its source's id, so trees
 * merged or built from many files keep each node's place. Id 0 is no source:
 * made by the program. While files are read in parallel, slot i of the walk
 * has the id i + 1; so ids do not depend on the number of workers.
 */
#ifndef GLAGENT_SOURCE_H
#define GLAGENT_SOURCE_H

#include "arena.h" // IWYU pragma: export
#include "str.h"

/* A source larger than this is refused, so a span fits 32 bits and memory has a bound. */
enum { SOURCE_BYTES_MAX = 16 * 1024 * 1024, SOURCE_ID_MAX = (1 << 24) - 1 };

/* Half-open byte range [start, end) into a source's text. */
struct span {
	uint32_t start, end;
};

/* Both 1-based. `column` counts Unicode code points, as SARIF's
 * columnKind "unicodeCodePoints" and GitLab's Code Quality do. */
struct position {
	uint32_t line, column;
};

struct source {
	struct str path; /* relative to the root of the run, '/'-separated; as given for a file named by the
			    user */
	struct str text; /* UTF-8 without byte-order mark, NUL-terminated; empty when not read */
};

/* Sources by id. Item 0 is never used. */
struct sources {
	const struct source **items;
	size_t len, cap;
};

/* Registers `source`, which must live as long as the table, and returns its id. */
uint32_t sources_add(struct arena *arena, struct sources *sources, const struct source *source);

/* NULL for id 0. */
const struct source *sources_get(const struct sources *sources, uint32_t id);

/* Reads linearly from the start of the text; an offset beyond the end counts as the end. */
struct position source_position(const struct source *source, uint32_t offset);

/* The whole line, without its line end, that holds `offset`. */
struct str source_line(const struct source *source, uint32_t offset);

#endif
