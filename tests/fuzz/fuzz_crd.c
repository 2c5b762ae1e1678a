/* CustomResourceDefinitions: the first document as a schema over the second ends, every problem that has a
 * place points into the text, and what a probed branch lacks is no problem. */
#include "crd/check.h"
#include "fuzz.h"

static void
check_problem(const struct crd_problem *problem, struct str text)
{
	must(!problem->at || problem->at->span.end <= text.len, "a problem lies in the text");
	must(problem->message.len > 0, "a problem says what is wrong");
	must(problem->kind <= CRD_PROBLEM_RULE, "a problem is of a known kind");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct crd_patterns CLEANUP(crd_patterns_release) patterns = { .arena = &arena };
	struct crd_problems problems;
	struct str text = { (const char *)data, size };
	const struct ydoc *docs = fuzz_parse(&arena, text, YTREE_VALUES);
	if (!docs || !docs->next || !fuzz_is_small(docs)) {
		return 0;
	}
	crd_check(&arena, &patterns, docs->root, docs->next->root, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		check_problem(&problems.items[i], text);
	}
	must(problems.len <= CRD_PROBLEMS_MAX, "problems have a bound");
	return 0;
}
