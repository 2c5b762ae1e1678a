/* Prints each text of standard input, all of which end in a NUL, as it survives Flux's substitution of
 * variables.
 */
#include "postbuild.h"

static const size_t input_max = 64U << 20U;

int
main(void)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	char *text = arena_alloc(&arena, input_max);
	struct str rest = { text, fread(text, 1, input_max, stdin) };
	while (rest.len) {
		struct str escaped = postbuild_escape(&arena, str_first(rest, str_find_char(rest, '\0')));
		(void)fwrite(escaped.ptr, 1, escaped.len, stdout);
		(void)putchar('\0');
		rest = str_skip(rest, str_find_char(rest, '\0'));
		rest = str_skip(rest, rest.len ? 1 : 0);
	}
	return 0;
}
