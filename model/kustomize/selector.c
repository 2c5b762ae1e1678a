#include "kustomize/selector.h"

#include "kustomize/fields.h"
#include "kustomize/label_selector.h"

enum { PATTERN_BYTES_MAX = 1000 };

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Nothing in it means anything to a pattern. */
static bool
is_literal(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_letter_or_digit(text.ptr[i]) && !str_has_char(STR("-_/: ,@%~="), text.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* Possessive repetitions and what starts with "(?" mean something to one library only. */
static bool
is_special_pair(char c, char next)
{
	bool repeats = str_has_char(STR("*+?"), c);
	return (repeats && (next == '*' || next == '+')) || (c == '(' && next == '?');
}

/* What both libraries read alike: groups, choices, classes and single repetitions. */
static bool
is_common(struct str text)
{
	bool is_fine = text.len <= PATTERN_BYTES_MAX;
	for (size_t i = 0; i < text.len && is_fine; i++) {
		char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
		if (c == '\\') {
			is_fine = !is_letter_or_digit(next) || str_has_char(STR("dwsDWS"), next);
			i++;
		} else {
			bool is_known =
				is_letter_or_digit(c) || str_has_char(STR("-_/: ,@%~=.*+?|()[]^$"), c);
			is_fine = is_known && !is_special_pair(c, next);
		}
	}
	return is_fine;
}

static enum selector_state
compile(struct str text, struct pattern *pattern)
{
	*pattern = (struct pattern){ .text = text };
	if (is_literal(text)) {
		return SELECTOR_OK;
	}
	if (str_has_char(STR("*+?"), text.ptr[0])) {
		return SELECTOR_INVALID; /* nothing to repeat */
	}
	if (!is_common(text)) {
		return SELECTOR_UNKNOWN;
	}
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error error;
	struct str anchored = arena_printf(&scratch, "^(?:%.*s)$", STR_ARG(text));
	pattern->regex = regex_new(anchored, &error);
	return pattern->regex ? SELECTOR_OK : SELECTOR_UNKNOWN;
}

enum selector_state
selector_read(const struct ynode *target, struct selector *ret_selector)
{
	static const struct str fields[SELECTOR_PARTS] = { STR_INIT("group"), STR_INIT("version"),
		STR_INIT("kind"), STR_INIT("name"), STR_INIT("namespace") };
	enum selector_state state = SELECTOR_OK;
	*ret_selector = (struct selector){ .labels = kustomization_text(target, STR("labelSelector")),
		.annotations = kustomization_text(target, STR("annotationSelector")) };
	for (size_t i = 0; i < SELECTOR_PARTS; i++) {
		enum selector_state part =
			compile(kustomization_text(target, fields[i]), &ret_selector->parts[i]);
		state = part > state ? part : state;
	}
	return state;
}

void
selector_release(struct selector *selector)
{
	for (size_t i = 0; i < SELECTOR_PARTS; i++) {
		if (selector->parts[i].regex) {
			regex_release(selector->parts[i].regex);
		}
	}
}

static bool
matches(const struct pattern *pattern, struct str text)
{
	size_t start, end;
	if (pattern->text.len == 0) {
		return true;
	}
	if (!pattern->regex) {
		return str_eq(pattern->text, text);
	}
	return regex_find(pattern->regex, text, 0, &start, &end) == REGEX_MATCH;
}

static bool
matches_labels(struct str selector, struct knode *labels, bool *ret_valid)
{
	enum label_verdict verdict = label_selector_match(selector, labels);
	*ret_valid = *ret_valid && verdict != LABELS_INVALID;
	return verdict == LABELS_MATCH;
}

bool
selector_matches(const struct selector *selector, struct member *member, bool *ret_valid)
{
	const struct identity *id = &member->object.id, *first = member_original(member);
	const struct pattern *parts = selector->parts;
	*ret_valid = true;
	return (matches(&parts[4], identity_namespace(first)) || matches(&parts[4], identity_namespace(id)))
		&& (matches(&parts[3], first->name) || matches(&parts[3], id->name))
		&& matches(&parts[0], id->group) && matches(&parts[1], id->version)
		&& matches(&parts[2], id->kind)
		&& matches_labels(selector->labels, member_metadata(member, "labels"), ret_valid)
		&& matches_labels(selector->annotations, member_metadata(member, "annotations"), ret_valid);
}
