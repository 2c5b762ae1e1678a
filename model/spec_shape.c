#include "buf.h"
#include "map.h"
#include "names.h"
#include "spec_parts.h"
#include "ypath.h"

enum {
	/* Aliases make a tree of any size out of little text; a fleet of 5,000 agents has not half as many.
	 */
	SPEC_NODES_MAX = 1000 * 1000,
	SPEC_KEYS_MAX = 500, /* of one mapping: merging looks each of them up */
};

static const struct str placeholders[] = { STR_INIT("{agent}"), STR_INIT("{cluster}") };

static bool
has_placeholder(struct str text)
{
	for (size_t i = 0; i < countof(placeholders); i++) {
		if (str_find(text, placeholders[i]) < text.len) {
			return true;
		}
	}
	return false;
}

/* Nodes with aliases written out; more than SPEC_NODES_MAX when they lie too deep or a mapping is too wide,
 * too. */
static size_t
count_nodes(const struct ynode *node, size_t budget, unsigned depth)
{
	const struct ynode *target = ynode_follow(node);
	size_t count = 1;
	bool is_wide = target->kind == YNODE_MAPPING && target->len > 2 * SPEC_KEYS_MAX;
	if (depth > YTREE_DEPTH_MAX || is_wide) {
		return SPEC_NODES_MAX + 1;
	}
	if (target->kind == YNODE_SCALAR) {
		return count;
	}
	for (const struct ynode *child = target->first; child && count <= budget; child = child->next) {
		count += count_nodes(child, budget - count, depth + 1);
	}
	return count;
}

static bool
is_bounded(struct spec_reader *reader, const struct ynode *root)
{
	const struct ynode *agents = ynode_follow(ynode_at(root, "spec", "agents", NULL));
	const struct ynode *defaults = ynode_at(root, "spec", "defaults", NULL);
	size_t count = count_nodes(root, SPEC_NODES_MAX, 0);
	if (count <= SPEC_NODES_MAX && defaults && ynode_is(agents, YNODE_SEQUENCE)) {
		count += count_nodes(defaults, SPEC_NODES_MAX, 0) * agents->len;
	}
	if (count > SPEC_NODES_MAX) {
		(void)spec_report(reader, SEVERITY_ERROR, root, NULL,
			STR("the spec is too large once aliases and defaults are written out"),
			STR("split the fleet into several specs; no mapping may have more than 500 keys"));
	}
	return count <= SPEC_NODES_MAX;
}

/* `n: 1` has the key "false" to Helm and "n" to Flux; `8080: x` stops kustomize. */
static void
check_key(struct spec_reader *reader, const struct ynode *key)
{
	struct str text = ynode_str(key);
	enum ytype type = ynode_type(key, YDIALECT_SIGS_YAML);
	if (type != YTYPE_STRING) {
		(void)spec_report(reader, SEVERITY_ERROR, key, NULL,
			arena_printf(reader->arena, "a key of type %s, where a string was expected",
				ytype_name(type)),
			ynode_is(key, YNODE_SCALAR) && text.len
				? arena_printf(reader->arena, "quote it: \"%.*s\"", STR_ARG(text))
				: STR("keys are words"));
	}
}

/* Go decoders take the last of two equal keys and say nothing. */
static void
check_keys(struct spec_reader *reader, const struct ynode *node)
{
	struct map keys = { 0 };
	for (const struct ynode *child = node->kind == YNODE_ALIAS ? NULL : node->first;
		child && node->kind != YNODE_SCALAR; child = child->next) {
		if (node->kind == YNODE_MAPPING) {
			const struct ynode *before =
				map_put(reader->arena, &keys, ynode_str(child), (void *)(uintptr_t)child);
			if (before && ynode_is(child, YNODE_SCALAR)) {
				struct finding *finding = spec_report(reader, SEVERITY_ERROR, child, NULL,
					arena_printf(reader->arena, "\"%.*s\" stands here twice",
						STR_ARG(ynode_str(child))),
					STR("keep one of them"));
				finding_relate(reader->findings, finding, before->source, before->span,
					STR("the first one"));
			}
			check_key(reader, child);
			child = child->next;
		}
		check_keys(reader, child);
	}
}

/* "/spec/agents/0/kas/address" as people write it: spec.agents[0].kas.address. */
static struct str
field_name(struct arena *arena, struct str pointer)
{
	struct buf name = { .arena = arena };
	struct str rest = str_skip(pointer, 1);
	while (pointer.len && rest.ptr) {
		struct str segment = str_cut(&rest, '/');
		bool is_index = segment.len && segment.ptr[0] >= '0' && segment.ptr[0] <= '9';
		if (is_index) {
			buf_addf(&name, "[%.*s]", STR_ARG(segment));
		} else {
			buf_addf(&name, "%s%.*s", name.len ? "." : "", STR_ARG(segment));
		}
	}
	return buf_str(&name);
}

/* "string", or ["string", "null"]. */
static bool
takes_string(const struct ynode *schema)
{
	const struct ynode *type = ynode_get(schema, STR("type"));
	const struct ynode *first = ynode_is(type, YNODE_SEQUENCE) ? type->first : type;
	return str_eq(ynode_str(first), STR("string"));
}

static struct str
help_of(struct arena *arena, const struct violation *violation)
{
	struct str own = ynode_str(ynode_get(violation->schema, STR("x-help")));
	struct str description = ynode_str(ynode_get(violation->schema, STR("description")));
	struct str value = ynode_str(violation->value);

	if (violation->suggestion.len) {
		return arena_printf(arena, "did you mean \"%.*s\"?", STR_ARG(violation->suggestion));
	}
	if (violation->kind == VIOLATION_TYPE && ynode_is(violation->value, YNODE_SCALAR)
		&& takes_string(violation->schema) && value.len) {
		return arena_printf(arena, "quote it: \"%.*s\"", STR_ARG(value));
	}
	if (own.len) {
		return own;
	}
	if (violation->allowed.len && violation->kind == VIOLATION_UNKNOWN_KEY) {
		return arena_printf(arena, "known here: %.*s", STR_ARG(violation->allowed));
	}
	return description;
}

/* Is the place an error already? A value that was masked is no longer what was written. */
static bool
is_reported(struct spec_reader *reader, const struct ynode *at)
{
	for (size_t i = 0; i < reader->findings->len; i++) {
		const struct finding *finding = reader->findings->items[i];
		if (finding->source == at->source && finding->span.start == at->span.start
			&& finding->span.end == at->span.end && finding->severity == SEVERITY_ERROR) {
			return true;
		}
	}
	return false;
}

static void
report_violation(struct spec_reader *reader, const struct violation *violation, const struct ynode *otherwise)
{
	struct str field = field_name(reader->arena, violation->pointer);
	if (violation->at->source && is_reported(reader, violation->at)) {
		return;
	}
	struct str message = violation->message;
	if (field.len && violation->kind != VIOLATION_UNKNOWN_KEY
		&& violation->kind != VIOLATION_MISSING_KEY) {
		message = arena_printf(reader->arena, "%.*s: %.*s", STR_ARG(field), STR_ARG(message));
	}
	(void)spec_report(
		reader, SEVERITY_ERROR, violation->at, otherwise, message, help_of(reader->arena, violation));
}

static bool
is_of_format(struct str format, struct str text)
{
	for (const struct schema_format *known = name_formats; known->name; known++) {
		if (str_eq(format, str_from(known->name))) {
			return known->is_valid(text);
		}
	}
	return false;
}

/* Is that only to be judged when {agent} and {cluster} are filled in? Any name would do for a try. */
static bool
is_premature(struct spec_reader *reader, const struct violation *violation)
{
	const struct agent_spec names = { .name = "a", .cluster = "a" };
	struct str text = ynode_str(violation->value);
	if (!has_placeholder(text)) {
		return false;
	}
	return violation->kind == VIOLATION_LENGTH
		|| (violation->kind == VIOLATION_PATTERN
			&& is_of_format(ynode_str(ynode_get(violation->schema, STR("format"))),
				spec_fill(reader->arena, text, &names)));
}

static const struct schema_options options = { .dialect = YDIALECT_SIGS_YAML, .null_is_absent = true };

bool
spec_check_bounds(struct spec_reader *reader, const struct ydoc *docs)
{
	const struct ynode *root = docs->root;
	if (!is_bounded(reader, root)) {
		return false;
	}
	if (docs->next) {
		(void)spec_report(reader, SEVERITY_ERROR, docs->next->root, root,
			STR("a second document in a spec"),
			STR("a spec is one document: put all agents into it"));
	}
	check_keys(reader, root);
	return true;
}

void
spec_check_shape(struct spec_reader *reader, const struct ynode *root)
{
	const struct violation *violation = schema_check(reader->arena, reader->schema, root, &options);
	for (; violation; violation = violation->next) {
		if (!is_premature(reader, violation)) {
			report_violation(reader, violation, root);
		}
	}
}

/* Names that a placeholder made too long: the number says more than a pattern. True: it is too long. */
static bool
check_length(struct spec_reader *reader, const struct spec_agent *agent, const char *path, size_t most)
{
	struct str text = spec_agent_text(agent, path);
	const struct ynode *at = ypath_dotted(agent->tree, str_from(path));
	if (text.len <= most) {
		return false;
	}
	if (at->source && is_reported(reader, at)) {
		return true;
	}
	(void)spec_agent_error(reader, agent, path,
		arena_printf(reader->arena, "%s of agent \"%.*s\" is %zu characters long, %zu are allowed",
			path, STR_ARG(spec_agent_text(agent, "name")), text.len, most),
		STR("state a shorter one"));
	return true;
}

/* Was the value judged where it is written? What a placeholder or a built-in default made is new. */
static bool
is_filled(struct spec_reader *reader, const struct ynode *node)
{
	const struct source *source = sources_get(reader->sources, node->source);
	struct str raw = source ? str_skip(source->text, node->span.start) : STR("");
	return !source || has_placeholder(str_first(raw, node->span.end - node->span.start));
}

void
spec_check_names(struct spec_reader *reader, const struct spec_agent *agent)
{
	/* Whatever is made of a bad name is bad in the same way. */
	if (!name_is_label(spec_agent_text(agent, "name"))
		|| !name_is_label(spec_agent_text(agent, "cluster"))) {
		return;
	}
	bool is_long = check_length(reader, agent, "releaseName", RELEASE_BYTES_MAX)
		|| check_length(reader, agent, "namespace", LABEL_BYTES_MAX);
	const struct violation *violation =
		schema_check(reader->arena, reader->agent_schema, agent->tree, &options);
	for (; violation && !is_long; violation = violation->next) {
		bool is_late = violation->kind == VIOLATION_PATTERN || violation->kind == VIOLATION_LENGTH;
		if (is_late && is_filled(reader, violation->at)) {
			report_violation(reader, violation, spec_agent_place(agent));
		}
	}
}
