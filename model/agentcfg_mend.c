/* What is right in the place of what is wrong, where there is no doubt about it. */
#include "agentcfg_parts.h"
#include "ypath.h"
#include "yscalar.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "12", "0.25": a number that is written the same as a text. */
static bool
is_decimal(struct str text)
{
	size_t dots = 0;
	for (size_t i = 0; i < text.len; i++) {
		dots += text.ptr[i] == '.';
		if (!is_digit(text.ptr[i]) && text.ptr[i] != '.') {
			return false;
		}
	}
	return text.len > 0 && dots <= 1 && is_digit(text.ptr[0]) && is_digit(text.ptr[text.len - 1]);
}

static bool
has_format(const struct violation *violation, const char *format)
{
	return str_eq(ynode_str(ynode_get(violation->schema, STR("format"))), str_from(format));
}

static void
put(struct agentcfg_problem *problem, enum agentcfg_mend mend, struct str text)
{
	problem->mend = mend;
	problem->mended = text;
}

/* A key that is spelled otherwise, and stands there only so. */
static void
mend_key(const struct agentcfg_reading *reading, const struct violation *violation,
	struct agentcfg_problem *problem)
{
	const struct ynode *map = ypath_pointer(reading->cfg->root, violation->pointer);
	struct str name = problem->suggestion;
	if (problem->kind == AGENTCFG_REMOVED && violation->pointer.len == 0
		&& str_eq(violation->key, STR("starboard"))) {
		name = STR("container_scanning"); /* the same block under another name */
	}
	if (name.len > 0 && !ynode_get(map, name)) {
		put(problem, AGENTCFG_MEND_TEXT, name);
	}
}

static void
mend_type(
	struct agentcfg_reading *reading, const struct violation *violation, struct agentcfg_problem *problem)
{
	struct str wanted = ynode_str(ynode_get(violation->schema, STR("type")));
	struct str text = ynode_str(violation->value);
	enum ytype type = ynode_type(violation->value, YDIALECT_SIGS_YAML);
	if (str_eq(wanted, STR("boolean")) && type == YTYPE_STRING
		&& (str_eq(text, STR("true")) || str_eq(text, STR("false")))) {
		put(problem, AGENTCFG_MEND_WORD, text);
	} else if (str_eq(wanted, STR("string")) && is_decimal(text)
		&& has_format(violation, "protobuf-duration")) {
		put(problem, AGENTCFG_MEND_TEXT, arena_printf(reading->arena, "%.*ss", STR_ARG(text)));
	} else if (str_eq(wanted, STR("string")) && (type == YTYPE_BOOL || is_decimal(text))) {
		put(problem, AGENTCFG_MEND_TEXT, text);
	}
}

/* "1 Gi" is "1Gi"; what "200MB" means is not for us to say. */
static void
mend_quantity(
	struct agentcfg_reading *reading, const struct violation *violation, struct agentcfg_problem *problem)
{
	static const struct str units[] = { STR_INIT("m"), STR_INIT("k"), STR_INIT("M"), STR_INIT("G"),
		STR_INIT("T"), STR_INIT("Ki"), STR_INIT("Mi"), STR_INIT("Gi"), STR_INIT("Ti") };
	struct str unit = ynode_str(violation->value), number = str_cut(&unit, ' ');
	unit = unit.ptr ? str_trim(unit) : STR("");
	for (size_t i = 0; i < countof(units); i++) {
		if (str_eq(unit, units[i]) && is_decimal(number)) {
			put(problem, AGENTCFG_MEND_TEXT,
				arena_printf(reading->arena, "%.*s%.*s", STR_ARG(number), STR_ARG(unit)));
		}
	}
}

static void
mend_pattern(
	struct agentcfg_reading *reading, const struct violation *violation, struct agentcfg_problem *problem)
{
	struct str text = ynode_str(violation->value);
	if (has_format(violation, "quantity")) {
		mend_quantity(reading, violation, problem);
	} else if (has_format(violation, "protobuf-duration") && is_decimal(text)) {
		put(problem, AGENTCFG_MEND_TEXT, arena_printf(reading->arena, "%.*ss", STR_ARG(text)));
	}
}

void
agentcfg_mend(
	struct agentcfg_reading *reading, const struct violation *violation, struct agentcfg_problem *problem)
{
	const struct ynode *value = violation->value;
	bool is_scalar = ynode_is(value, YNODE_SCALAR);
	if (violation->kind == VIOLATION_UNKNOWN_KEY) {
		mend_key(reading, violation, problem);
	} else if (problem->kind == AGENTCFG_NO_ID) {
		bool is_path = is_scalar && ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_STRING
			&& ynode_str(value).len > 0 && violation->at == value;
		put(problem, is_path ? AGENTCFG_MEND_IN_FRONT : AGENTCFG_MEND_NONE, STR("id: "));
	} else if (is_scalar && violation->kind == VIOLATION_PATTERN) {
		mend_pattern(reading, violation, problem);
	} else if (is_scalar && violation->kind == VIOLATION_TYPE) {
		mend_type(reading, violation, problem);
	} else if (is_scalar && violation->suggestion.len > 0) {
		put(problem, AGENTCFG_MEND_TEXT, violation->suggestion);
	}
}
