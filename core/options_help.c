#include "options.h"
#include "utf8.h"

enum { WIDTH = 80, INDENT = 2, LABEL_MAX = 28, GAP = 2 };

static size_t
columns(struct str s)
{
	return utf8_points(s);
}

/* Words of `text` from column `at` on, later lines from `indent` on. Ends the line. */
static void
add_wrapped(struct buf *out, struct str text, size_t at, size_t indent)
{
	bool first = true;
	for (struct str rest = text; rest.ptr;) {
		struct str word = str_cut(&rest, ' ');
		if (!first && at + 1 + columns(word) > WIDTH) {
			buf_add_char(out, '\n');
			buf_add_repeat(out, ' ', indent);
			at = indent;
			first = true;
		}
		buf_addf(out, "%s%.*s", first ? "" : " ", STR_ARG(word));
		at += columns(word) + !first;
		first = false;
	}
	buf_add_char(out, '\n');
}

/* "-o, --output-dir DIR" */
static struct str
option_label(struct arena *arena, const struct option *option)
{
	struct buf label = { .arena = arena };
	if (option->short_name) {
		buf_addf(&label, "-%c, ", option->short_name);
	} else {
		buf_add(&label, STR("    "));
	}
	buf_addf(&label, "--%s", option->name);
	if (option->kind != OPTION_FLAG) {
		buf_addf(&label, " %s", option->value_name);
	}
	return buf_str(&label);
}

static struct str
option_text(struct arena *arena, const struct option *option)
{
	struct buf text = { .arena = arena };
	buf_add(&text, str_from(option->help));
	for (size_t i = 0; option->choices && option->choices[i]; i++) {
		buf_addf(&text, "%s%s", i ? ", " : ": ", option->choices[i]);
	}
	if (option->kind == OPTION_LIST) {
		buf_add(&text,
			option->comma ? STR(" (repeatable, or separated by commas)") : STR(" (repeatable)"));
	}
	return buf_str(&text);
}

static size_t
label_column(struct arena *arena, const struct option *options)
{
	size_t widest = 0;
	for (; options->name; options++) {
		size_t width = columns(option_label(arena, options));
		widest = width > widest && width <= LABEL_MAX ? width : widest;
	}
	return INDENT + widest + GAP;
}

static void
add_option(struct buf *out, const struct option *option, size_t column)
{
	struct str label = option_label(out->arena, option);
	size_t at = INDENT + columns(label);
	buf_addf(out, "%*s%.*s", INDENT, "", STR_ARG(label));
	if (at + GAP > column) {
		buf_add_char(out, '\n');
		at = 0;
	}
	buf_add_repeat(out, ' ', column - at);
	add_wrapped(out, option_text(out->arena, option), column, column);
}

void
options_help(struct buf *out, const struct command *command)
{
	bool any = command->options[0].name;
	buf_addf(out, "Usage: %s%s%s%s%s%s\n\n", command->program, command->name ? " " : "",
		command->name ? command->name : "", any ? " [OPTION]..." : "", command->arguments ? " " : "",
		command->arguments ? command->arguments : "");
	add_wrapped(out, str_from(command->summary), 0, 0);
	if (!any) {
		return;
	}
	buf_add(out, STR("\nOptions:\n"));
	size_t column = label_column(out->arena, command->options);
	for (const struct option *option = command->options; option->name; option++) {
		add_option(out, option, column);
	}
}
