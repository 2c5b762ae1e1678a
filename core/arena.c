#include "arena.h"

#include <stdarg.h>

#include "error.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { REDZONE_BYTES = 16 };
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { REDZONE_BYTES = 0 };
#endif

/* Doubling from small keeps an arena per small thing cheap; the cap keeps what a full arena wastes small. */
enum { BLOCK_BYTES_MIN = 4 * 1024, BLOCK_BYTES_MAX = 64 * 1024, ALIGN = 8 };

struct arena_block {
	struct arena_block *next;
	size_t used, capacity;
	_Alignas(ALIGN) char data[];
};

/* Blocks are zeroed once, here, so that handing memory out costs nothing more. */
static struct arena_block *
block_new(size_t capacity)
{
	struct arena_block *block = calloc(1, sizeof(*block) + capacity);
	if (!block) {
		fatal_out_of_memory();
	}
	block->capacity = capacity;
	POISON(block->data, capacity);
	return block;
}

static struct arena_block *
grow(struct arena *arena, size_t size)
{
	size_t capacity = arena->head ? arena->head->capacity * 2 : BLOCK_BYTES_MIN;
	if (capacity > BLOCK_BYTES_MAX) {
		capacity = BLOCK_BYTES_MAX;
	}
	struct arena_block *block = block_new(size > capacity ? size : capacity);
	block->next = arena->head;
	arena->head = block;
	return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	size_t padded;
	if (__builtin_add_overflow(size, (size_t)REDZONE_BYTES + ALIGN - 1, &padded)) {
		fatal_out_of_memory();
	}
	padded -= padded % ALIGN;

	struct arena_block *block = arena->head;
	if (!block || block->capacity - block->used < padded) {
		block = grow(arena, padded);
	}
	void *memory = block->data + block->used;
	block->used += padded;
	UNPOISON(memory, size);
	return memory;
}

void *
arena_calloc(struct arena *arena, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total)) {
		fatal_out_of_memory();
	}
	return arena_alloc(arena, total);
}

struct str
arena_str(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	if (s.len) {
		memcpy(copy, s.ptr, s.len);
	}
	return (struct str){ copy, s.len };
}

struct str
arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(len >= 0);
	char *text = arena_alloc(arena, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return (struct str){ text, (size_t)len };
}

void
arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->head;
	if (!keep) {
		return;
	}
	struct arena older = { keep->next };
	arena_release(&older);
	keep->next = NULL;
	UNPOISON(keep->data, keep->used);
	memset(keep->data, 0, keep->used);
	POISON(keep->data, keep->capacity);
	keep->used = 0;
}

void
arena_release(struct arena *arena)
{
	struct arena_block *block = arena->head;
	while (block) {
		struct arena_block *next = block->next;
		UNPOISON(block->data, block->capacity);
		free(block);
		block = next;
	}
	arena->head = NULL;
}

size_t
arena_bytes(const struct arena *arena)
{
	size_t bytes = 0;
	for (const struct arena_block *block = arena->head; block; block = block->next) {
		bytes += sizeof(*block) + block->capacity;
	}
	return bytes;
}
