/* Every place of a variable is a dollar sign, and what is escaped comes back, whatever it was. */
#include "flux/envsubst.h"
#include "fuzz.h"
#include "postbuild.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct envsubst_scope scope = { 0 };
	struct str text = { (const char *)data, size };
	struct envsubst result;
	envsubst_evaluate(&arena, text, &scope, &result);
	for (size_t i = 0; i < result.uses.len; i++) {
		size_t at = result.uses.items[i].at;
		must(at < size && data[at] == '$', "a variable begins with a dollar sign");
	}
	must(result.fault == ENVSUBST_FINE || data[result.fault_at] == '$', "a fault is in a variable");
	must(result.fault != ENVSUBST_FINE || result.is_open || result.is_known || result.uses.len > 0,
		"a text without variables is known");
	envsubst_evaluate(&arena, postbuild_escape(&arena, text), &scope, &result);
	must(result.is_known && str_eq(result.text, text), "what is escaped comes back");
	return 0;
}
