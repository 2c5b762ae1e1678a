/* Schemas: the first document as a schema over the second ends, and every violation points into the instance.
 */
#include "fuzz.h"
#include "schema.h"

static void
check_violation(const struct violation *violation, struct str text)
{
	must(violation->at != NULL, "a violation points at a node");
	must(violation->at->span.end <= text.len, "a violation lies in the text");
	must(violation->message.len > 0, "a violation says what is wrong");
	must(violation->kind < VIOLATION_KIND_COUNT, "a violation is of a known kind");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = { (const char *)data, size };
	const struct ydoc *docs = fuzz_parse(&arena, text, YTREE_VALUES);
	if (!docs || !docs->next) {
		return 0;
	}
	struct error error = { { 0 } };
	const struct schema *schema = schema_new(&arena, docs->root, NULL, &error);
	if (!schema) {
		must(error.text[0] != '\0', "a schema is refused for a reason");
		return 0;
	}
	struct schema_options options = { .dialect = size % 2 ? YDIALECT_SIGS_YAML : YDIALECT_YAML_V3,
		.null_is_absent = size % 3 == 0,
		.integers_in_strings = size % 5 == 0 };
	const struct violation *violation = schema_check(&arena, schema, docs->next->root, &options);
	for (; violation; violation = violation->next) {
		check_violation(violation, text);
	}
	schema_release(schema);
	return 0;
}
