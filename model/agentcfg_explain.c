/* Violations of the schema, told as what the agent server makes of them. */
#include "agentcfg_parts.h"

#include "buf.h"

static bool
is_true(const struct ynode *schema, struct str annotation)
{
	return yscalar_bool(ynode_str(ynode_get(schema, annotation)));
}

static bool
is_scalar(const struct ynode *node)
{
	return ynode_is(node, YNODE_SCALAR);
}

/* The schema is stricter than we know the server to be: nothing doubtful is an error. A list or mapping where
 * a scalar stands, or the reverse, is not doubtful. */
static bool
is_doubtful(const struct violation *violation)
{
	bool type = violation->kind == VIOLATION_TYPE;
	if (ynode_get(violation->schema, STR("x-unsure-value")) && !type) {
		return true;
	}
	if (!agentcfg_is_unsure(violation->schema)) {
		return false;
	}
	struct str wanted = ynode_str(ynode_get(violation->schema, STR("type")));
	bool scalar = !str_eq(wanted, STR("object")) && !str_eq(wanted, STR("array"));
	return !type || scalar == is_scalar(violation->value);
}

/* protojson takes any 32-bit number for an enum, whether it has a name or not. */
static bool
is_enum_number(const struct violation *violation)
{
	if (!is_true(violation->schema, STR("x-enum"))) {
		return false;
	}
	enum ytype type = ynode_type(violation->value, YDIALECT_SIGS_YAML);
	double number = yscalar_number(ynode_str(violation->value));
	if ((type != YTYPE_INT && type != YTYPE_FLOAT) || !(number >= INT32_MIN && number <= INT32_MAX)) {
		return false;
	}
	double fraction = number - (double)(int32_t)number;
	return !(fraction < 0 || fraction > 0);
}

static struct str
path_of(struct agentcfg_reading *reading, const struct violation *violation)
{
	return agentcfg_path(reading->arena, violation->pointer);
}

static void
add_removed(struct agentcfg_reading *reading, const struct violation *violation, const struct ynode *removed)
{
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_REMOVED, violation->at);
	struct str in = ynode_str(ynode_get(removed, STR("in")));
	struct str prefix = violation->pointer.len ? path_of(reading, violation) : STR("");
	problem->message = arena_printf(reading->arena,
		"%.*s%s%.*s was removed%s%.*s: GitLab refuses the whole file", STR_ARG(prefix),
		prefix.len ? "." : "", STR_ARG(violation->key), in.len ? " in GitLab " : "", STR_ARG(in));
	problem->help = ynode_str(ynode_get(removed, STR("instead")));
	problem->pointer = violation->pointer;
}

/* "agent, ci_job, impersonate": the keys that are sure to be taken. */
static struct str
key_names(struct arena *arena, const struct ynode *object_schema)
{
	struct buf names = { .arena = arena };
	const struct ynode *properties = ynode_get(object_schema, STR("properties"));
	for (const struct ynode *key = properties ? properties->first : NULL; key; key = key->next->next) {
		if (!agentcfg_is_unsure(key->next) && !ynode_get(key->next, STR("deprecated"))) {
			buf_addf(&names, names.len ? ", %.*s" : "%.*s", STR_ARG(ynode_str(key)));
		}
	}
	return buf_str(&names);
}

static struct str
unknown_key_help(struct agentcfg_reading *reading, const struct violation *violation, struct str suggestion)
{
	struct arena *arena = reading->arena;
	if (suggestion.len) {
		return arena_printf(arena, "did you mean \"%.*s\"?", STR_ARG(suggestion));
	}
	struct str home = agentcfg_home_of(arena, reading->schema, violation->key, violation->pointer);
	struct str names = key_names(arena, violation->schema);
	if (home.len && str_starts(violation->pointer, STR("/gitops"))) {
		return arena_printf(arena, "move \"%.*s\" to %.*s", STR_ARG(violation->key), STR_ARG(home));
	}
	struct buf help = { .arena = arena };
	if (home.len) {
		buf_addf(&help, "\"%.*s\" is a key of %.*s; ", STR_ARG(violation->key), STR_ARG(home));
	}
	if (names.len) {
		buf_addf(&help, "keys here are %.*s; ", STR_ARG(names));
	}
	buf_addf(&help, "only a GitLab newer than %.*s may know this one", STR_ARG(reading->schema->gitlab));
	return buf_str(&help);
}

static void
add_unknown_key(struct agentcfg_reading *reading, const struct violation *violation)
{
	const struct ynode *removed =
		ynode_get(ynode_get(violation->schema, STR("x-removed")), violation->key);
	if (removed) {
		add_removed(reading, violation, removed);
		return;
	}
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_UNKNOWN_KEY, violation->at);
	problem->suggestion = violation->suggestion.len ? violation->suggestion
							: agentcfg_respell(violation->schema, violation->key);
	struct str where =
		violation->pointer.len ? path_of(reading, violation) : STR("the agent configuration");
	problem->message =
		arena_printf(reading->arena, "unknown key \"%.*s\" in %.*s: GitLab refuses the whole file",
			STR_ARG(violation->key), STR_ARG(where));
	problem->help = unknown_key_help(reading, violation, problem->suggestion);
	problem->pointer = violation->pointer;
}

/* Members of a oneof that the instance sets; *ret_unknown counts keys that are no member. */
static size_t
count_members(const struct violation *violation, struct buf *names, size_t *ret_unknown)
{
	const struct ynode *members = ynode_get(violation->schema, STR("properties"));
	const struct ynode *mapping = ynode_follow(violation->value);
	size_t count = 0;
	*ret_unknown = 0;
	for (const struct ynode *key = mapping->first; key; key = key->next->next) {
		if (ynode_type(key->next, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
			continue;
		}
		if (!ynode_get(members, ynode_str(key))) {
			++*ret_unknown;
			continue;
		}
		buf_addf(names, count++ ? " and \"%.*s\"" : "\"%.*s\"", STR_ARG(ynode_str(key)));
	}
	return count;
}

static void
add_one_of(struct agentcfg_reading *reading, const struct violation *violation)
{
	struct buf set = { .arena = reading->arena };
	size_t unknown, count = count_members(violation, &set, &unknown);
	if (count == 1 || (count == 0 && unknown > 0)) {
		return; /* the unknown keys are problems of their own */
	}
	struct str path = path_of(reading, violation), names = key_names(reading->arena, violation->schema);
	const struct ynode *first = ynode_follow(violation->value)->first;
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_ONE_OF, violation->at);
	problem->pointer = violation->pointer;
	if (count > 1) {
		problem->message = arena_printf(reading->arena,
			"%.*s has %.*s, exactly one is allowed: GitLab refuses the whole file", STR_ARG(path),
			STR_ARG(buf_str(&set)));
		problem->help = arena_printf(reading->arena, "keep one of %.*s", STR_ARG(names));
		return;
	}
	problem->message = arena_printf(
		reading->arena, "%.*s names no identity: GitLab refuses the whole file", STR_ARG(path));
	if (first) {
		problem->help = arena_printf(reading->arena,
			"a key without a value does not count: write \"%.*s: {}\"",
			STR_ARG(ynode_str(first)));
	} else {
		problem->help = arena_printf(reading->arena, "give one of %.*s", STR_ARG(names));
	}
}

static struct str
type_help(struct agentcfg_reading *reading, const struct violation *violation)
{
	struct str text = ynode_str(violation->value);
	struct str wanted = ynode_str(ynode_get(violation->schema, STR("type")));
	enum ytype found = ynode_type(violation->value, YDIALECT_SIGS_YAML);
	bool number = found == YTYPE_INT || found == YTYPE_FLOAT;
	if (str_eq(ynode_str(ynode_get(violation->schema, STR("format"))), STR("protobuf-duration"))
		&& number) {
		return arena_printf(
			reading->arena, "write seconds with an s behind them: \"%.*ss\"", STR_ARG(text));
	}
	const struct ynode *words = ynode_get(violation->schema, STR("enum"));
	if (words) {
		return arena_printf(
			reading->arena, "write a word, like \"%.*s\"", STR_ARG(ynode_str(words->first)));
	}
	if (str_eq(wanted, STR("string")) && (number || found == YTYPE_BOOL)) {
		return arena_printf(reading->arena, "quote it: \"%.*s\"", STR_ARG(text));
	}
	if (str_eq(wanted, STR("boolean")) && found == YTYPE_STRING
		&& yscalar_type(text, YDIALECT_SIGS_YAML) == YTYPE_BOOL) {
		return STR("write it without quotes");
	}
	if (str_eq(wanted, STR("array")) && found == YTYPE_MAPPING) {
		return STR("write \"- \" before its first key to make it a list item");
	}
	return STR("");
}

/* Which of the kinds with a rule of their own a missing or malformed value belongs to. */
static enum agentcfg_problem_kind
kind_of(const struct violation *violation)
{
	bool missing = violation->kind == VIOLATION_MISSING_KEY;
	bool empty = violation->kind == VIOLATION_LENGTH || violation->kind == VIOLATION_COUNT;
	bool malformed = violation->kind == VIOLATION_PATTERN;
	struct str pointer = violation->pointer;
	if ((missing && str_eq(violation->key, STR("id"))) || (empty && str_ends(pointer, STR("/id")))) {
		return AGENTCFG_NO_ID;
	}
	if ((missing || empty) && str_find(pointer, STR("/access_as/impersonate")) < pointer.len) {
		return AGENTCFG_IMPERSONATE;
	}
	if ((missing && str_eq(violation->key, STR("cadence")))
		|| ((empty || malformed) && str_eq(pointer, STR("/container_scanning/cadence")))) {
		return AGENTCFG_CADENCE;
	}
	if (malformed && str_eq(ynode_str(ynode_get(violation->schema, STR("format"))), STR("quantity"))) {
		return AGENTCFG_QUANTITY;
	}
	return violation->kind == VIOLATION_LIMIT ? AGENTCFG_OTHER : AGENTCFG_WRONG_TYPE;
}

static bool
is_digits(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
	}
	return text.len > 0;
}

/* Does the pointer lead to an item of a list whose items are mappings with an id? */
static bool
is_entry(struct str pointer)
{
	static const struct str lists[] = { STR_INIT("/ci_access/projects/"), STR_INIT("/ci_access/groups/"),
		STR_INIT("/user_access/projects/"), STR_INIT("/user_access/groups/") };
	for (size_t i = 0; i < countof(lists); i++) {
		if (str_starts(pointer, lists[i])) {
			return is_digits(str_skip(pointer, lists[i].len));
		}
	}
	return false;
}

/* `- group/app` where an entry is a mapping with an id. */
static bool
add_bare_entry(struct agentcfg_reading *reading, const struct violation *violation)
{
	if (violation->kind != VIOLATION_TYPE || !is_entry(violation->pointer)
		|| !is_scalar(violation->value)) {
		return false;
	}
	struct str text = ynode_str(violation->value);
	struct agentcfg_problem *problem = agentcfg_add(reading, AGENTCFG_NO_ID, violation->at);
	bool null = ynode_type(violation->value, YDIALECT_SIGS_YAML) == YTYPE_NULL;
	problem->pointer = violation->pointer;
	problem->message =
		arena_printf(reading->arena, "%.*s is no mapping with an id: GitLab refuses the whole file",
			STR_ARG(path_of(reading, violation)));
	problem->help = null ? STR("remove the empty item, or give it an id")
			     : arena_printf(reading->arena, "write \"- id: %.*s\"", STR_ARG(text));
	return true;
}

/* Says what the value is no example of; the schema's words know the format's name only. */
static struct str
malformed_message(struct agentcfg_reading *reading, const struct violation *violation)
{
	struct str path = path_of(reading, violation), text = ynode_str(violation->value);
	struct str format = ynode_str(ynode_get(violation->schema, STR("format")));
	bool scanning = str_starts(violation->pointer, STR("/container_scanning/"));
	const char *what = str_eq(format, STR("cron")) ? "schedule: the scanner never runs"
		: !str_eq(format, STR("quantity"))     ? "duration in seconds: GitLab refuses the whole file"
		: scanning                             ? "Kubernetes quantity: scans fail"
						       : "Kubernetes quantity";
	return arena_printf(reading->arena, "%.*s: \"%.*s\" is no %s", STR_ARG(path), STR_ARG(text), what);
}

static struct str
malformed_help(const struct violation *violation)
{
	struct str format = ynode_str(ynode_get(violation->schema, STR("format")));
	return str_eq(format, STR("cron"))
		? STR("write five fields: minute, hour, day, month, day of the week")
		: str_eq(format, STR("quantity"))
		? STR("write a number with a unit, like \"200m\" or \"1Gi\"")
		: STR("write seconds with an s behind them, like \"3600s\"");
}

static struct str
help_for(struct agentcfg_reading *reading, const struct violation *violation, enum agentcfg_problem_kind kind)
{
	if (violation->kind == VIOLATION_PATTERN) {
		return malformed_help(violation);
	}
	if (violation->suggestion.len) {
		return arena_printf(reading->arena, "did you mean \"%.*s\"?", STR_ARG(violation->suggestion));
	}
	bool id = kind == AGENTCFG_NO_ID || str_ends(violation->pointer, STR("/id"));
	return id                          ? STR("give the full path, like \"id: path/to/project\"")
		: kind == AGENTCFG_CADENCE ? STR("write when to scan, like \"cadence: 0 0 * * *\"")
					   : type_help(reading, violation);
}

static void
add_plain(struct agentcfg_reading *reading, const struct violation *violation)
{
	bool malformed = violation->kind == VIOLATION_PATTERN;
	if (malformed && ynode_str(violation->value).len == 0 && kind_of(violation) == AGENTCFG_CADENCE) {
		return; /* that it is empty has been said */
	}
	enum agentcfg_problem_kind kind = kind_of(violation);
	struct agentcfg_problem *problem = agentcfg_add(reading, kind, violation->at);
	problem->pointer = violation->pointer;
	problem->suggestion = violation->suggestion;
	problem->refuses = !(malformed && (kind == AGENTCFG_CADENCE || kind == AGENTCFG_QUANTITY));
	problem->message = malformed
		? malformed_message(reading, violation)
		: arena_printf(reading->arena, "%.*s: %.*s", STR_ARG(path_of(reading, violation)),
			STR_ARG(violation->message));
	problem->help = help_for(reading, violation, kind);
}

/* Is the key of the dead block one that works at the top level? It must move there before the block goes. */
static bool
is_lost_in_gitops(const struct agentcfg_reading *reading, const struct violation *violation)
{
	return violation->kind == VIOLATION_UNKNOWN_KEY
		&& ynode_get(ynode_get(reading->schema->root, STR("properties")), violation->key);
}

void
agentcfg_explain(struct agentcfg_reading *reading, const struct violation *violation)
{
	bool in_gitops =
		str_eq(violation->pointer, STR("/gitops")) || str_starts(violation->pointer, STR("/gitops/"));
	if (is_doubtful(violation) || is_enum_number(violation)) {
		return;
	}
	size_t before = reading->len;
	bool removed = ynode_get(ynode_get(violation->schema, STR("x-removed")), violation->key) != NULL;
	if (in_gitops && !removed && !is_lost_in_gitops(reading, violation)) {
		reading->cfg->is_refused = true; /* to be removed anyway: the block is one problem */
	} else if (violation->kind == VIOLATION_UNKNOWN_KEY) {
		add_unknown_key(reading, violation);
	} else if (violation->kind == VIOLATION_COUNT && ynode_get(violation->schema, STR("x-one-of"))) {
		add_one_of(reading, violation);
	} else if (!add_bare_entry(reading, violation)) {
		add_plain(reading, violation);
	}
	if (reading->len > before) {
		agentcfg_mend(reading, violation, reading->items[before]);
	}
}
