/*
 * Prints what each text of standard input, all of which end in a NUL, comes to where a is "value", b is empty
 * and nothing else is set: "open", "error WORDS", or the first variable that is not set, a tab, and "=RESULT"
 * or "?". Each ends in a NUL.
 */
#include "flux/envsubst.h"

static const size_t input_max = 64U << 20U;

static void
print(const struct envsubst *result, const struct envsubst_scope *scope)
{
	if (result->is_open) {
		(void)fputs("open", stdout);
		return;
	}
	if (result->fault != ENVSUBST_FINE) {
		(void)printf("error %s", envsubst_fault_text(result->fault));
		return;
	}
	for (size_t i = 0; i < result->uses.len; i++) {
		const struct envsubst_use *use = &result->uses.items[i];
		if (!use->has_default && !envsubst_may_be_set(scope, use->name)) {
			(void)printf("%.*s", STR_ARG(use->name));
			break;
		}
	}
	(void)fputs(result->is_known ? "\t=" : "\t?", stdout);
	(void)fwrite(result->text.ptr, 1, result->is_known ? result->text.len : 0, stdout);
}

int
main(void)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct envsubst_value a = { STR("value"), true }, b = { STR(""), true };
	struct envsubst_scope scope = { 0 };
	char *text = arena_alloc(&arena, input_max);
	struct str rest = { text, fread(text, 1, input_max, stdin) };
	(void)map_put(&arena, &scope.values, STR("a"), &a);
	(void)map_put(&arena, &scope.values, STR("b"), &b);
	while (rest.len) {
		struct envsubst result;
		struct str one = str_first(rest, str_find_char(rest, '\0'));
		envsubst_evaluate(&scratch, one, &scope, &result);
		print(&result, &scope);
		(void)putchar('\0');
		arena_reset(&scratch);
		rest = str_skip(rest, one.len + 1);
	}
	return 0;
}
