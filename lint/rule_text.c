#include "rule_text.h"

#include "json.h"
#include "utf8.h"

enum { TEXT_COLUMNS = 80, JSON_INDENT = 2 };

static const char *
fix_name(enum fix_kind fix)
{
	static const char *const names[] = {
		[FIX_NONE] = "none", [FIX_SAFE] = "safe", [FIX_UNSAFE] = "unsafe"
	};
	return names[fix];
}

/* Lines that lose their meaning when they are filled: lists, code, quotes, tables. */
static bool
is_preformatted(struct str line)
{
	return line.len > 0 && str_has_char(STR(" -*|`>#0123456789"), line.ptr[0])
		&& !(line.ptr[0] == '`' && !str_starts(line, STR("```")));
}

static void
fill_words(struct buf *out, struct str words)
{
	size_t column = 0;
	while (words.ptr) {
		struct str word = str_cut(&words, ' ');
		size_t width = utf8_points(word);
		if (column > 0 && column + 1 + width > TEXT_COLUMNS) {
			buf_add_char(out, '\n');
			column = 0;
		} else if (column > 0) {
			buf_add_char(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += width;
	}
	buf_add_char(out, '\n');
}

static void
fill(struct buf *out, const char *text)
{
	struct str rest = str_from(text);
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');
		if (is_preformatted(line)) {
			buf_add(out, line);
			buf_add_char(out, '\n');
		} else {
			fill_words(out, line);
		}
	}
}

static const char *
when_it_runs(const struct rule *rule)
{
	return rule->is_strict ? " Runs only when it is selected." : "";
}

void
rules_as_text(struct buf *out)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_table[i];
		buf_addf(out, "%s  %-7s  %-30s  %s%s\n", rule->code, severity_name(rule->severity),
			rule->name, rule->summary, when_it_runs(rule));
	}
}

void
rules_as_markdown(struct buf *out)
{
	buf_add(out,
		STR("# Rules\n\nPrinted by `glagent-lint rules --format markdown`; a test holds this page to "
		    "it.\n\n"
		    "| code | name | severity | what it finds |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_table[i];
		buf_addf(out, "| [%s](%s.md) | %s | %s | %s%s |\n", rule->code, rule->code, rule->name,
			severity_name(rule->severity), rule->summary, when_it_runs(rule));
	}
}

static void
put(struct ylist *object, const char *key, const char *text)
{
	if (text) {
		ylist_put(object, str_from(key), json_of_str(object->arena, str_from(text)));
	}
}

static const struct ynode *
rule_node(struct arena *arena, const struct rule *rule)
{
	struct ylist object = ylist_mapping(arena);
	put(&object, "code", rule->code);
	put(&object, "name", rule->name);
	put(&object, "severity", severity_name(rule->severity));
	put(&object, "fix", fix_name(rule->fix));
	if (rule->is_strict) {
		ylist_put(&object, STR("strict"), json_of_bool(object.arena, true));
	}
	put(&object, "since", rule->since);
	put(&object, "summary", rule->summary);
	put(&object, "rationale", rule->rationale);
	put(&object, "advice", rule->advice);
	put(&object, "reference", rule->reference);
	return object.parent;
}

void
rule_as_json(struct buf *out, const struct rule *rule)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	json_write(out, rule_node(&scratch, rule), JSON_INDENT);
	buf_add_char(out, '\n');
}

void
rules_as_json(struct buf *out)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ylist list = ylist_sequence(&scratch);
	for (size_t i = 0; i < rule_count; i++) {
		ylist_add(&list, rule_node(&scratch, rule_table[i]));
	}
	struct ylist object = ylist_mapping(&scratch);
	ylist_put(&object, STR("rules"), list.parent);
	json_write(out, object.parent, JSON_INDENT);
	buf_add_char(out, '\n');
}

void
rule_as_text(struct buf *out, const struct rule *rule)
{
	buf_addf(out, "%s %s (%s)\n\n", rule->code, rule->name, severity_name(rule->severity));
	fill(out, rule->summary);
	if (rule->is_strict) {
		buf_add(out, STR("\nRuns only when it is selected.\n"));
	}
	buf_add(out, STR("\nWhy it matters\n\n"));
	fill(out, rule->rationale);
	buf_add(out, STR("\nWhat to do\n\n"));
	fill(out, rule->advice);
	if (rule->reference) {
		buf_addf(out, "\nSee %s\n", rule->reference);
	}
}

void
rule_as_markdown(struct buf *out, const struct rule *rule)
{
	buf_addf(out, "# %s: %s\n\n%s\n\nSeverity: %s. Since %s.", rule->code, rule->name, rule->summary,
		severity_name(rule->severity), rule->since);
	if (rule->fix != FIX_NONE) {
		buf_addf(out, " Fix: %s.", fix_name(rule->fix));
	}
	buf_add(out, str_from(when_it_runs(rule)));
	buf_addf(out, "\n\n## Why it matters\n\n%s\n\n## What to do\n\n%s\n", rule->rationale, rule->advice);
	if (rule->reference) {
		buf_addf(out, "\nReference: <%s>\n", rule->reference);
	}
}
