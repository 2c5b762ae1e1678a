/* An agent's configuration: whatever is written there, problems lie in the text, and a refusal has a reason.
 */
#include "agentcfg.h"
#include "fuzz.h"

/* Compiled once: that takes longer than a run. */
static struct {
	struct arena arena;
	const struct agentcfg_schema *schema;
} compiled;

/* So that valgrind sees nothing left behind by the replay. */
static void
release(void)
{
	agentcfg_schema_release(compiled.schema);
	arena_release(&compiled.arena);
}

static const struct agentcfg_schema *
schema(void)
{
	struct error error;
	if (!compiled.schema) {
		compiled.schema = agentcfg_schema_new(&compiled.arena, &error);
		must(compiled.schema != NULL, "the schema compiles");
		must(atexit(release) == 0, "something can be done at the end");
	}
	return compiled.schema;
}

static void
look(const struct agentcfg_access *access, void *context)
{
	const struct str *text = context;
	must(access->entry->span.end <= text->len, "an entry lies in the text");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = arena_str(&arena, (struct str){ (const char *)data, size });
	const struct agentcfg *cfg = agentcfg_read(&arena, schema(), fuzz_parse(&arena, text, YTREE_VALUES));
	bool refuses = false;
	uint32_t last = 0;
	for (const struct agentcfg_problem *problem = cfg->problems; problem; problem = problem->next) {
		must(problem->at->span.end <= text.len, "a problem lies in the text");
		must(problem->at->span.start >= last, "problems come in document order");
		must(problem->message.len > 0, "a problem has a message");
		last = problem->at->span.start;
		refuses = refuses || problem->refuses;
	}
	must(!refuses || cfg->is_refused, "what refuses the file refuses it");
	agentcfg_each_access(cfg, look, &text);
	return 0;
}
