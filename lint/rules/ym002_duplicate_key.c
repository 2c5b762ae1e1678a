#include "map.h"
#include "rule.h"

enum { FINDINGS_MAX = 100 }; /* in one document: who repeats a key more often has lost a whole file */

struct search {
	struct lint *lint;
	struct arena *scratch;
	const struct ydoc *doc;
	bool merges_repeat; /* `<<` may stand twice */
	unsigned found;
};

static void
report(struct search *s, const struct ynode *key, const struct ynode *first)
{
	if (s->found++ >= FINDINGS_MAX) {
		return;
	}
	struct finding *finding = lint_report(
		s->lint, key, "key \"%.*s\" stands in this mapping already", STR_ARG(ynode_str(key)));
	lint_relate(s->lint, finding, first, "first set here");
	lint_help(s->lint, finding,
		"keep one of the two: some readers take the last value, others refuse the file");
	lint_object(s->lint, finding, s->doc->root, key->next);
}

/* Keys are one when their text is: Go's reader compares 1 and "1" so, too. */
static void
check_mapping(struct search *s, const struct ynode *mapping)
{
	struct map seen = { 0 };
	for (const struct ynode *key = mapping->first; key; key = key->next->next) {
		struct str text = ynode_str(key);
		if (!ynode_is(key, YNODE_SCALAR) || (s->merges_repeat && str_eq(text, STR("<<")))) {
			continue;
		}
		const struct ynode *first = map_get(&seen, text);
		if (first) {
			report(s, key, first);
		} else {
			map_put(s->scratch, &seen, text, (void *)(uintptr_t)key);
		}
	}
}

static void
search(struct search *s, const struct ynode *node)
{
	if (node->kind != YNODE_MAPPING && node->kind != YNODE_SEQUENCE) {
		return; /* what an alias names has been searched */
	}
	if (node->kind == YNODE_MAPPING && node->len > 2) {
		check_mapping(s, node);
		if (s->scratch->head && arena_bytes(s->scratch) > SOURCE_BYTES_MAX) {
			arena_reset(s->scratch);
		}
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		search(s, child);
	}
}

static void
check(struct lint *lint, const struct file *file, const struct ydoc *doc)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct search s = { .lint = lint, .scratch = &scratch, .doc = doc };
	/* GitLab's readers (kas by yaml.v2, CI by Psych) merge one after the other; kustomize refuses. */
	s.merges_repeat = path_is_below(file->source.path, STR(".gitlab"))
		|| str_eq(path_base(file->source.path), STR(".gitlab-ci.yml"));
	if (!file->is_template) {
		search(&s, doc->root);
	}
}

const struct rule rule_YM002 = {
	.code = "YM002",
	.name = "duplicate-key",
	.summary = "A mapping has the same key twice.",
	.rationale =
		"The agent server and GitLab CI take the last value and drop the others without a word: half "
		"of "
		"a second `ci_access` block is gone. kustomize and Flux refuse the file: `mapping key "
		"\"data\" "
		"already defined at line 6`. The merge key `<<` counts there, too: kustomize says `duplicate "
		"merge key`. GitLab's readers accept it.",
	.advice =
		"Keep one of the two, or join what is below them. Several merges are written as a list: `<<: "
		"[*one, *two]`.",
	.reference = "https://yaml.org/spec/1.2.2/#3213-node-comparison",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_document = check,
};
