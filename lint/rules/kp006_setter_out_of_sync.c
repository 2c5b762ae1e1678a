#include "kpt/setters.h"
#include "rule.h"
#include "vec.h"
#include "yscalar.h"

struct checking {
	struct lint *lint;
	const struct kpt_setters *setters;
	const struct kpt_markers *markers;
	struct map told; /* names of setters that something was said of */
};

static const struct ynode *
find_setter(const struct checking *c, struct str pattern)
{
	size_t at = 0;
	struct str name;
	bool is_named = kpt_pattern_next(pattern, &at, &name);
	return is_named ? ynode_get(c->setters->data, name) : NULL;
}

static void
finish(struct checking *c, struct finding *finding, const struct kpt_marker *marker)
{
	const struct ynode *setter = find_setter(c, marker->pattern);
	if (setter) {
		lint_relate(c->lint, finding, setter, "the setter's value");
	}
	lint_object(c->lint, finding, marker->root, marker->value);
}

/* May the text stand bare, wherever a bare one stood? */
static bool
is_bare(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
			|| c == '/';
		bool is_inner = i > 0 && i + 1 < text.len && str_has_char(STR("._-:@="), c);
		if (!is_word && !is_inner) {
			return false;
		}
	}
	return text.len > 0;
}

static bool
may_be_quoted(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c < ' ' || c == '"' || c == '\'' || c == '\\' || c > '~') {
			return false;
		}
	}
	return true;
}

/* What kpt writes: the style stays, and so does the rest of the line. */
static const struct edit *
rewrite(struct checking *c, const struct kpt_marker *marker, struct str text)
{
	const struct ynode *value = marker->value;
	struct str whole = marker->file->source.text;
	struct str raw = str_first(str_skip(whole, value->span.start), value->span.end - value->span.start);
	char quote = raw.len > 0 ? raw.ptr[0] : ' ';
	bool is_quoted = quote == '"' || quote == '\'';
	struct edit *edit = arena_new(lint_arena(c->lint), struct edit);
	*edit = (struct edit){ .source = marker->file->id, .span = value->span };
	if (raw.len == 0 || str_has_char(raw, '\n') || ynode_extra(value)) {
		return NULL;
	}
	if (text.len == 0) {
		edit->text = STR("\"\"");
	} else if (is_quoted && may_be_quoted(text)) {
		edit->text = arena_printf(lint_arena(c->lint), "%c%.*s%c", quote, STR_ARG(text), quote);
	} else if (!is_quoted && is_bare(text)) {
		edit->text = text;
	}
	return edit->text.ptr ? edit : NULL;
}

static void
check_scalar(struct checking *c, const struct kpt_marker *marker, struct str text)
{
	if (str_eq(ynode_str(marker->value), text)) {
		return;
	}
	struct finding *finding = lint_report(c->lint, marker->value,
		"\"%.*s\" is not what the setters say: kpt fn render makes \"%.*s\" of it",
		STR_ARG(ynode_str(marker->value)), STR_ARG(text));
	lint_help(c->lint, finding, "run kpt fn render, or change the setter's value");
	lint_fix(c->lint, finding, rewrite(c, marker, text));
	finish(c, finding, marker);
}

/* "${NAME}" and nothing else. */
static bool
is_simple(struct str pattern, struct str *ret_name)
{
	size_t at = 0;
	return kpt_pattern_next(pattern, &at, ret_name) && at == pattern.len
		&& ret_name->len + 3 == pattern.len;
}

/* A list that ends the function; false when it is none. */
static bool
check_list_ends(struct checking *c, const struct kpt_marker *marker, struct str text)
{
	struct str name;
	struct finding *finding;
	if (!is_simple(marker->pattern, &name)) {
		finding = lint_report_at(c->lint, marker->file, marker->span,
			"the marker of a list must be one setter, and kpt fn render ends here");
		lint_help(c->lint, finding, "write ${NAME}");
	} else if (!kpt_setting_list(lint_arena(c->lint), text)) {
		finding = lint_report_at(c->lint, marker->file, marker->span,
			"this is a list, and the setter \"%.*s\" is none: kpt fn render ends here",
			STR_ARG(name));
		lint_help(c->lint, finding, "give the setter a list as its value: \"[a, b]\"");
	} else {
		return false;
	}
	finding->severity = SEVERITY_ERROR;
	finish(c, finding, marker);
	return true;
}

static void
check_list(struct checking *c, const struct kpt_marker *marker, struct str text)
{
	if (ynode_equal(kpt_setting_list(lint_arena(c->lint), text), marker->value)) {
		return;
	}
	struct finding *finding = lint_report_at(c->lint, marker->file, marker->span,
		"the list is not what the setter says: kpt fn render replaces it");
	lint_help(c->lint, finding, "run kpt fn render, or change the setter's value");
	finish(c, finding, marker);
}

/* The name among the setters' that is nearest, and that no marker uses. */
static const struct ynode *
near_setter(const struct checking *c, struct str name)
{
	const struct ynode *found = NULL;
	size_t best = 2;
	for (const struct ynode *key = c->setters->data->first; key; key = key->next->next) {
		size_t distance = str_distance(ynode_str(key), name, best);
		if (distance <= best && !map_get(&c->told, ynode_str(key))) {
			best = distance;
			found = key;
		}
	}
	return found;
}

static void
tell(struct checking *c, struct str name, const struct ynode *node)
{
	(void)map_put(lint_arena(c->lint), &c->told, name, (void *)(uintptr_t)node);
}

static void
report_unknown(struct checking *c, const struct kpt_marker *marker, struct str name)
{
	const struct ynode *near = c->markers->is_whole ? near_setter(c, name) : NULL;
	struct finding *finding;
	if (near) {
		finding = lint_report(c->lint, near,
			"no field is marked with the setter \"%.*s\": it sets nothing",
			STR_ARG(ynode_str(near)));
		lint_relate_at(c->lint, finding, marker->file, marker->span, "this one has no value");
		lint_help(c->lint, finding, "did you mean \"%.*s\"?", STR_ARG(name));
		finding->severity = SEVERITY_WARNING;
		tell(c, ynode_str(near), near);
	} else {
		finding = lint_report_at(c->lint, marker->file, marker->span,
			"the setter \"%.*s\" has no value: kpt leaves the field as it is", STR_ARG(name));
		lint_relate(c->lint, finding, c->setters->image, "the function that sets the others");
		lint_help(c->lint, finding, "add the setter, or remove the comment");
	}
	tell(c, name, marker->value);
}

/* Setters that some field is marked with, those first. */
static void
tell_used(struct checking *c)
{
	for (size_t i = 0; i < c->markers->len; i++) {
		struct str name;
		size_t at = 0;
		while (kpt_pattern_next(c->markers->items[i].pattern, &at, &name)) {
			const struct ynode *setter = ynode_get(c->setters->data, name);
			if (setter) {
				tell(c, name, setter);
			}
		}
	}
}

static void
check_names(struct checking *c)
{
	for (size_t i = 0; i < c->markers->len; i++) {
		const struct kpt_marker *marker = &c->markers->items[i];
		struct str text, name;
		size_t at = 0;
		bool is_left =
			kpt_setting(lint_arena(c->lint), c->setters, marker->pattern, &text) == KPT_LEFT;
		while (is_left && kpt_pattern_next(marker->pattern, &at, &name)) {
			if (!map_get(&c->told, name)) {
				report_unknown(c, marker, name);
			}
		}
	}
	const struct ynode *key = c->markers->is_whole ? c->setters->data->first : NULL;
	for (; key; key = key->next->next) {
		if (!map_get(&c->told, ynode_str(key))) {
			struct finding *finding = lint_report(c->lint, key,
				"no field is marked with the setter \"%.*s\": it sets nothing",
				STR_ARG(ynode_str(key)));
			lint_help(c->lint, finding, "mark a field with \"# kpt-set: ${%.*s}\", or remove it",
				STR_ARG(ynode_str(key)));
		}
	}
}

/* May the function end without writing anything, as far as this marker goes? It does where a setter of
 * several has no value that it could take from the field; and what it makes of an empty list is no YAML. */
static bool
may_end(struct checking *c, const struct kpt_marker *marker)
{
	struct str text;
	switch (kpt_setting(lint_arena(c->lint), c->setters, marker->pattern, &text)) {
	case KPT_LEFT:
		return false;
	case KPT_OPEN:
		return true;
	case KPT_TEXT:
		break;
	}
	return marker->value->kind == YNODE_SEQUENCE
		&& (check_list_ends(c, marker, text)
			|| kpt_setting_list(lint_arena(c->lint), text)->len == 0);
}

static void
check_values(struct checking *c)
{
	bool is_open = false;
	for (size_t i = 0; i < c->markers->len; i++) {
		is_open |= may_end(c, &c->markers->items[i]);
	}
	for (size_t i = 0; !is_open && i < c->markers->len; i++) {
		const struct kpt_marker *marker = &c->markers->items[i];
		struct str text;
		if (kpt_setting(lint_arena(c->lint), c->setters, marker->pattern, &text) != KPT_TEXT) {
			continue;
		}
		if (marker->value->kind == YNODE_SEQUENCE) {
			check_list(c, marker, text);
		} else {
			check_scalar(c, marker, text);
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct arena *arena = lint_arena(lint);
	struct kpt_packages packages;
	kpt_packages_collect(arena, repository->files, &packages);
	for (size_t i = 0; i < packages.len; i++) {
		struct kpt_setters setters;
		struct kpt_markers markers;
		if (kpt_setters_read(repository->files, &packages, &packages.items[i], &setters)) {
			kpt_markers_collect(arena, repository->files, &packages, &setters, &markers);
			struct checking c = { .lint = lint, .setters = &setters, .markers = &markers };
			tell_used(&c);
			check_values(&c);
			check_names(&c);
		}
	}
}

const struct rule rule_KP006 = {
	.code = "KP006",
	.name = "setter-out-of-sync",
	.summary = "A field of a kpt package is not what its setter says, or a setter sets nothing.",
	.rationale =
		"Fields with a comment `# kpt-set: ${NAME}` get the value of the setter when `kpt fn render` "
		"runs the function `apply-setters` of the Kptfile, and at no other time. Where a value was "
		"changed at one place only, the next render takes back what was changed by hand, or what was "
		"set is not applied yet. A setter that no field is marked with does nothing, and a marker "
		"whose setter has no value keeps its field as it is; kpt says nothing of either. To verify: "
		"`kpt fn render DIRECTORY`, then `git diff`.\n\nAn error where the render ends: a list whose "
		"setter is none. Silent where other functions, selectors, a `.krmignore` or a package above "
		"may change the outcome.",
	.advice = "Change the setter's value and run `kpt fn render`, or remove what is not used.",
	.reference = "https://catalog.kpt.dev/function-catalog/apply-setters/v0.2/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_repository = check,
};
