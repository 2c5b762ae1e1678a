/*
 * Bump allocator. Everything a run creates lives in an arena and dies with it,
 * so no object in this program has its own free function. There are three
 * lifetimes: snapshot (sources and trees, one arena per parse worker), analysis
 * (models and findings) and scratch (per file, reset).
 *
 * Allocation never returns NULL: on exhaustion the program says so and ends
 * with exit 2, so callers have no out-of-memory path to write or to test.
 */
#ifndef GLAGENT_ARENA_H
#define GLAGENT_ARENA_H

#include "str.h"

struct arena {
	struct arena_block *head; /* newest block first */
};

/* Returns `size` zeroed bytes, aligned to 8 (pointers, 64-bit integers, double). */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));

/* Returns a zeroed array; ends the program when count * size overflows. */
void *arena_calloc(struct arena *arena, size_t count, size_t size)
	__attribute__((malloc, alloc_size(2, 3), returns_nonnull));

/* A copy of `s`, NUL-terminated behind its length. */
struct str arena_str(struct arena *arena, struct str s);

/* The formatted text, NUL-terminated behind its length. */
struct str arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Empties the arena but keeps one block for what comes next. */
void arena_reset(struct arena *arena);

/* Frees every block. The arena is empty and reusable afterwards. */
void arena_release(struct arena *arena);

/* Bytes taken from the system: what a benchmark reports. */
size_t arena_bytes(const struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_n(arena, type, n) ((type *)arena_calloc((arena), (n), sizeof(type)))

#endif
