#include "crd/parts.h"

#include "schema_words.h"

struct tally {
	size_t holds, open, all;
};

static struct tally
try_branches(struct crd_checking *checking, const struct crd_value *value, const struct ynode *branches,
	const struct crd_place *place)
{
	struct tally tally = { 0 };
	checking->probing++;
	for (const struct ynode *branch = branches->first; branch; branch = branch->next) {
		enum crd_verdict verdict = crd_check_value(checking, value, ynode_follow(branch), place);
		tally.holds += verdict == CRD_HOLDS;
		tally.open += verdict == CRD_MAY_HOLD;
		tally.all++;
	}
	checking->probing--;
	return tally;
}

/* When all that the branches want is a field each: their names. */
static bool
collect_required(struct arena *arena, const struct ynode *branches, struct names *ret_names)
{
	for (const struct ynode *branch = branches->first; branch; branch = branch->next) {
		const struct ynode *required = ynode_get(branch, STR("required"));
		if (!ynode_is(required, YNODE_SEQUENCE) || required->len != 1) {
			return false;
		}
		vec_push(arena, ret_names, ynode_str(required->first));
	}
	return ret_names->len <= WORDS_MAX;
}

static enum crd_verdict
report(struct crd_checking *checking, const struct ynode *branches, const struct crd_place *place,
	size_t holds, bool wants_one)
{
	struct names names = { 0 };
	struct crd_problem problem = { .kind = CRD_PROBLEM_CHOICE };
	if (collect_required(checking->arena, branches, &names)) {
		struct str all = words_join(checking->arena, &names, "");
		problem.message = arena_printf(checking->arena, "needs %s of %.*s, and has %s",
			wants_one ? "exactly one" : "one", STR_ARG(all), holds > 0 ? "several" : "none");
	} else {
		problem.message = holds > 0 ? STR("fits several of the forms of which it must have one")
					    : STR("fits none of the forms that it may have");
	}
	return crd_report(checking, place, branches, problem);
}

static enum crd_verdict
check_any(struct crd_checking *checking, const struct crd_value *value, const struct ynode *branches,
	const struct crd_place *place)
{
	struct tally tally = try_branches(checking, value, branches, place);
	if (tally.holds > 0) {
		return CRD_HOLDS;
	}
	return tally.open > 0 ? CRD_MAY_HOLD : report(checking, branches, place, 0, false);
}

static enum crd_verdict
check_one(struct crd_checking *checking, const struct crd_value *value, const struct ynode *branches,
	const struct crd_place *place)
{
	struct tally tally = try_branches(checking, value, branches, place);
	if (tally.holds > 1 || (tally.holds == 0 && tally.open == 0)) {
		return report(checking, branches, place, tally.holds, true);
	}
	return tally.open > 0 ? CRD_MAY_HOLD : CRD_HOLDS;
}

static enum crd_verdict
check_all(struct crd_checking *checking, const struct crd_value *value, const struct ynode *branches,
	const struct crd_place *place)
{
	enum crd_verdict verdict = CRD_HOLDS;
	for (const struct ynode *branch = branches->first; branch; branch = branch->next) {
		verdict = crd_both(verdict, crd_check_value(checking, value, ynode_follow(branch), place));
	}
	return verdict;
}

static enum crd_verdict
check_not(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	checking->probing++;
	enum crd_verdict verdict = crd_check_value(checking, value, schema, place);
	checking->probing--;
	if (verdict != CRD_HOLDS) {
		return verdict == CRD_FAILS ? CRD_HOLDS : CRD_MAY_HOLD;
	}
	struct crd_problem problem = { CRD_PROBLEM_CHOICE,
		.message = STR("has a form that it must not have") };
	return crd_report(checking, place, schema, problem);
}

enum crd_verdict
crd_check_choices(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	static const struct {
		struct str keyword;
		enum crd_verdict (*check)(struct crd_checking *, const struct crd_value *,
			const struct ynode *, const struct crd_place *);
	} choices[] = { { STR_INIT("anyOf"), check_any }, { STR_INIT("oneOf"), check_one },
		{ STR_INIT("allOf"), check_all } };
	enum crd_verdict verdict = CRD_HOLDS;
	const struct ynode *denied = ynode_get(schema, STR("not"));
	for (size_t i = 0; i < countof(choices); i++) {
		const struct ynode *branches = ynode_get(schema, choices[i].keyword);
		if (ynode_is(branches, YNODE_SEQUENCE) && branches->first) {
			verdict = crd_both(verdict, choices[i].check(checking, value, branches, place));
		}
	}
	return denied ? crd_both(verdict, check_not(checking, value, denied, place)) : verdict;
}
