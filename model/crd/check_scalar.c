#include <inttypes.h>

#include "crd/parts.h"
#include "schema_words.h"
#include "utf8.h"

enum { SHOWN_MAX = 60, PATTERN_SHOWN_MAX = 200 };

static const char *
kind_text(enum crd_kind kind)
{
	static const char *const words[] = { [CRD_ABSENT] = "nothing",
		[CRD_OPEN] = "something",
		[CRD_NULL] = "null",
		[CRD_BOOL] = "a boolean",
		[CRD_INTEGER] = "an integer",
		[CRD_NUMBER] = "a number",
		[CRD_STRING] = "a string",
		[CRD_LIST] = "a list",
		[CRD_MAP] = "a mapping" };
	return words[kind];
}

static const struct {
	struct str name;
	enum crd_kind kind;
} types[] = {
	{ STR_INIT("string"), CRD_STRING },
	{ STR_INIT("boolean"), CRD_BOOL },
	{ STR_INIT("integer"), CRD_INTEGER },
	{ STR_INIT("number"), CRD_NUMBER },
	{ STR_INIT("array"), CRD_LIST },
	{ STR_INIT("object"), CRD_MAP },
};

static bool
is_of_type(const struct crd_value *value, enum crd_kind type)
{
	return value->kind == type || (type == CRD_INTEGER && crd_value_is_whole(value))
		|| (type == CRD_NUMBER && value->kind == CRD_INTEGER);
}

static enum crd_verdict
report_type(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place, const char *expected)
{
	struct str message =
		arena_printf(checking->arena, "expected %s, found %s", expected, kind_text(value->kind));
	struct crd_problem problem = { CRD_PROBLEM_TYPE, value->node, .message = message };
	return crd_report(checking, place, schema, problem);
}

enum crd_verdict
crd_check_type(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	struct str type = ynode_str(ynode_get(schema, STR("type")));
	bool takes_null = value->kind == CRD_NULL && crd_schema_flag(schema, STR("nullable"));
	bool takes_both = crd_schema_flag(schema, STR("x-kubernetes-int-or-string"));
	if (crd_value_is_vast(value) && (takes_both || str_eq(type, STR("integer")))) {
		return crd_leave(checking, "a number beyond 53 bits");
	}
	if (takes_both) {
		bool fits = value->kind == CRD_STRING || crd_value_is_whole(value) || takes_null;
		return fits ? CRD_HOLDS
			    : report_type(checking, value, schema, place, "an integer or a string");
	}
	for (size_t i = 0; i < countof(types); i++) {
		if (str_eq(type, types[i].name)) {
			return takes_null || is_of_type(value, types[i].kind)
				? CRD_HOLDS
				: report_type(checking, value, schema, place, kind_text(types[i].kind));
		}
	}
	return type.len == 0 ? CRD_HOLDS : crd_leave(checking, "a type that is not known");
}

/* Nothing long, and no password. */
static struct str
shown(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema)
{
	struct str text = ynode_str(value->node);
	bool is_secret = str_eq(ynode_str(ynode_get(schema, STR("format"))), STR("password"));
	bool is_short = text.len <= SHOWN_MAX && !str_has_char(text, '\n');
	return is_short && !is_secret
		? words_of_value(checking->arena, value->node, value->kind == CRD_STRING)
		: STR("the value");
}

/* 1: equal; 0: not; -1: it is not known. */
static int
compare_to_word(const struct crd_value *value, const struct crd_value *word)
{
	int64_t a, b;
	if (value->kind == CRD_LIST || value->kind == CRD_MAP || word->kind == CRD_OPEN
		|| value->kind == CRD_NUMBER || word->kind == CRD_NUMBER) {
		return -1;
	}
	if (value->kind != word->kind || value->kind == CRD_NULL) {
		return 0;
	}
	if (value->kind == CRD_BOOL) {
		return yscalar_bool(ynode_str(value->node)) == yscalar_bool(ynode_str(word->node));
	}
	if (value->kind == CRD_INTEGER) {
		return yscalar_int(ynode_str(value->node), &a) && yscalar_int(ynode_str(word->node), &b)
			&& a == b;
	}
	return str_eq(ynode_str(value->node), ynode_str(word->node));
}

static enum crd_verdict
report_word(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place, const struct names *words)
{
	struct crd_problem problem = { .kind = CRD_PROBLEM_WORD, .at = value->node };
	struct str all = words_join(checking->arena, words, "\"");
	struct str text = shown(checking, value, schema);
	problem.message = words->len <= WORDS_MAX
		? arena_printf(checking->arena, "%.*s is not %.*s", STR_ARG(text), STR_ARG(all))
		: arena_printf(checking->arena, "%.*s is no word that is allowed here", STR_ARG(text));
	problem.suggestion = words_nearest(words, ynode_str(value->node));
	return crd_report(checking, place, schema, problem);
}

static enum crd_verdict
check_enum(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	struct names words = { 0 };
	const struct ynode *list = ynode_get(schema, STR("enum"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	bool is_open = false;
	for (; item; item = item->next) {
		struct crd_value word = crd_value_of(item, NULL);
		int equal = compare_to_word(value, &word);
		if (equal > 0) {
			return CRD_HOLDS;
		}
		is_open |= equal < 0;
		vec_push(checking->arena, &words, ynode_str(item));
	}
	if (is_open) {
		return crd_leave(checking, "an enum of what is no word");
	}
	return words.len > 0 ? report_word(checking, value, schema, place, &words) : CRD_HOLDS;
}

enum crd_verdict
crd_check_bounds(struct crd_checking *checking, size_t count, const struct ynode *schema, const char *least,
	const char *most, const char *unit, const struct crd_place *place)
{
	int64_t bound = 0;
	const struct ynode *low = ynode_get(schema, str_from(least)),
			   *high = ynode_get(schema, str_from(most));
	bool is_short = low && yscalar_int(ynode_str(low), &bound) && bound > 0 && count < (uint64_t)bound;
	bool is_long = !is_short && high && yscalar_int(ynode_str(high), &bound)
		&& (bound < 0 || count > (uint64_t)bound);
	if (!is_short && !is_long) {
		return CRD_HOLDS;
	}
	struct crd_problem problem = { .kind = unit[0] == 'c' ? CRD_PROBLEM_LENGTH : CRD_PROBLEM_COUNT };
	problem.message = arena_printf(checking->arena, "must have at %s %" PRId64 " %s%s, and has %zu",
		is_short ? "least" : "most", bound, unit, bound == 1 ? "" : "s", count);
	return crd_report(checking, place, schema, problem);
}

static enum crd_verdict
check_pattern(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	struct str pattern = ynode_str(ynode_get(schema, STR("pattern")));
	if (pattern.len == 0) {
		return CRD_HOLDS;
	}
	switch (crd_pattern_match(checking->patterns, pattern, ynode_str(value->node))) {
	case CRD_MATCHES:
		return CRD_HOLDS;
	case CRD_MATCHES_NOT:
		break;
	case CRD_MATCH_OPEN:
		return crd_leave(checking, "a pattern that Go reads otherwise");
	}
	struct str text = shown(checking, value, schema);
	struct crd_problem problem = { CRD_PROBLEM_PATTERN, value->node,
		.message = pattern.len <= PATTERN_SHOWN_MAX
			? arena_printf(checking->arena, "%.*s does not match the pattern %.*s", STR_ARG(text),
				STR_ARG(pattern))
			: arena_printf(checking->arena, "%.*s does not match the pattern", STR_ARG(text)) };
	return crd_report(checking, place, schema, problem);
}

/* What the server looks at (kube-openapi, validation/strfmt), as far as patterns tell it. */
static const struct {
	struct str name;
	struct str needed,
		enough; /* it fails without the one, and holds with the other; empty: any text does */
	const char *expected;
} formats[] = {
	{ .name = STR_INIT("int32") },
	{ .name = STR_INIT("int64") },
	{ .name = STR_INIT("float") },
	{ .name = STR_INIT("double") },
	{ .name = STR_INIT("password") },
	{ .name = STR_INIT("binary") },
	{ .name = STR_INIT("int-or-string") },
	{ STR_INIT("byte"),
		STR_INIT("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$"),
		STR_INIT("."), "base64" },
	{ STR_INIT("date"), STR_INIT("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
		STR_INIT("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"), "a date, 2006-01-02" },
	{ STR_INIT("date-time"),
		STR_INIT("^[0-9]{4}-[0-9]{2}-[0-9]{2}[tT][0-9]{2}:[0-9]{2}:[0-9]{2}.*[zZ0-9]"),
		STR_INIT("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[tT]([01][0-9]|2[0-3])(:[0-5][0-9])"
			 "{2}"
			 "(\\.[0-9]+)?([zZ]|[+-][0-9]{2}:[0-9]{2})$"),
		"a time, 2006-01-02T15:04:05Z" },
	{ STR_INIT("uuid"),
		STR_INIT("^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$"),
		STR_INIT("."), "a UUID" },
};

static enum crd_verdict
check_format(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	struct str format = ynode_str(ynode_get(schema, STR("format"))), text = ynode_str(value->node);
	for (size_t i = 0; i < countof(formats) && format.len > 0; i++) {
		if (!str_eq(format, formats[i].name)) {
			continue;
		}
		enum crd_match needed = formats[i].needed.len > 0
			? crd_pattern_match(checking->patterns, formats[i].needed, text)
			: CRD_MATCHES;
		bool is_enough = needed == CRD_MATCHES
			&& (formats[i].enough.len == 0
				|| crd_pattern_match(checking->patterns, formats[i].enough, text)
					== CRD_MATCHES);
		if (needed != CRD_MATCHES_NOT) {
			return is_enough ? CRD_HOLDS : crd_leave(checking, "a format");
		}
		struct crd_problem problem = { CRD_PROBLEM_PATTERN, value->node,
			.message = arena_printf(checking->arena, "expected %s", formats[i].expected) };
		return crd_report(checking, place, schema, problem);
	}
	return format.len > 0 ? crd_leave(checking, "a format") : CRD_HOLDS;
}

static enum crd_verdict
check_string(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	size_t points = utf8_points(ynode_str(value->node));
	enum crd_verdict verdict =
		crd_check_bounds(checking, points, schema, "minLength", "maxLength", "character", place);
	if (verdict == CRD_HOLDS) {
		verdict = check_pattern(checking, value, schema, place);
	}
	return crd_both(verdict, check_format(checking, value, schema, place));
}

static enum crd_verdict
report_range(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place, const char *relation, const struct ynode *bound)
{
	struct crd_problem problem = { .kind = CRD_PROBLEM_RANGE, .at = value->node };
	problem.message = arena_printf(checking->arena, "%.*s is %s %.*s", STR_ARG(ynode_str(value->node)),
		relation, STR_ARG(ynode_str(bound)));
	return crd_report(checking, place, schema, problem);
}

/* The sign of number - bound, and 0 when there is no bound; false when the bound is no integer. */
static bool
compare_to_bound(const struct ynode *bound, int64_t number, int *ret_order)
{
	int64_t limit = number;
	bool is_known = !bound || yscalar_int(ynode_str(bound), &limit);
	*ret_order = (number > limit) - (number < limit);
	return is_known;
}

static enum crd_verdict
check_number(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	const struct ynode *low = ynode_get(schema, STR("minimum")),
			   *high = ynode_get(schema, STR("maximum"));
	int64_t number = 0;
	int above_low = 0, above_high = 0;
	bool is_multiple = ynode_get(schema, STR("multipleOf")) != NULL;
	if (!low && !high && !is_multiple) {
		return CRD_HOLDS;
	}
	if (is_multiple || value->kind != CRD_INTEGER || !yscalar_int(ynode_str(value->node), &number)
		|| !compare_to_bound(low, number, &above_low)
		|| !compare_to_bound(high, number, &above_high)) {
		return crd_leave(checking, "a bound that is no integer");
	}
	bool excludes_low = low && crd_schema_flag(schema, STR("exclusiveMinimum"));
	bool excludes_high = high && crd_schema_flag(schema, STR("exclusiveMaximum"));
	if (above_low < 0 || (excludes_low && above_low == 0)) {
		return report_range(
			checking, value, schema, place, excludes_low ? "not more than" : "less than", low);
	}
	if (above_high > 0 || (excludes_high && above_high == 0)) {
		return report_range(
			checking, value, schema, place, excludes_high ? "not less than" : "more than", high);
	}
	return CRD_HOLDS;
}

enum crd_verdict
crd_check_scalar(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	enum crd_verdict verdict = CRD_HOLDS;
	if (value->kind == CRD_STRING) {
		verdict = check_string(checking, value, schema, place);
	} else if (value->kind == CRD_INTEGER || value->kind == CRD_NUMBER) {
		verdict = check_number(checking, value, schema, place);
	}
	return ynode_get(schema, STR("enum")) ? crd_both(verdict, check_enum(checking, value, schema, place))
					      : verdict;
}
