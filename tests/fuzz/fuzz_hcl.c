/* HCL: every place lies in the text and in its block, and every expression ends. */
#include "fuzz.h"
#include "hcl.h"

static void
bind_all(struct arena *arena, const struct hcl_block *block, struct hcl_scope *scope)
{
	for (const struct hcl_attribute *a = block->attributes; a; a = a->next) {
		struct hcl_binding *binding = arena_new(arena, struct hcl_binding);
		binding->expression = a->expression;
		map_put(arena, &scope->bindings, arena_printf(arena, "local.%.*s", STR_ARG(a->name)),
			binding);
	}
}

static void
check(struct arena *arena, const struct hcl_block *block, struct str text, struct hcl_scope *scope)
{
	must(block->span.start <= block->span.end && block->span.end <= text.len, "a block lies in the text");
	bind_all(arena, block, scope);
	for (const struct hcl_attribute *a = block->attributes; a; a = a->next) {
		must(a->span.start >= block->span.start && a->span.end <= a->value.start,
			"a name is before =");
		must(a->value.end <= block->span.end, "a value lies in its block");
		struct hcl_text value = hcl_resolve(arena, scope, a->expression);
		must(value.text.len <= HCL_VALUE_BYTES_MAX, "a value has a bound");
		must(!value.is_default || value.is_known, "a default is known");
	}
	for (const struct hcl_block *child = block->blocks; child; child = child->next) {
		must(child->span.start >= block->span.start && child->span.end <= block->span.end,
			"a block lies in its parent");
		check(arena, child, text, scope);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct hcl_scope scope = { 0 };
	struct str text = { (const char *)data, size };
	const struct hcl_block *root = hcl_parse(&arena, text);
	if (root) {
		check(&arena, root, text, &scope);
	}
	return 0;
}
