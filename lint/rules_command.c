/* glagent-lint rules, glagent-lint explain */
#include "command_parts.h"
#include "fs.h"
#include "lint_commands.h"
#include "options.h"
#include "rule_text.h"
#include "select.h"

enum list_format { LIST_TEXT, LIST_JSON, LIST_MARKDOWN };

struct list_options {
	int format;
	bool help;
};

static const char *const formats[] = { "text", "json", "markdown", NULL };

static const struct option list_options[] = {
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.value_name = "FORMAT",
		.help = "How to print",
		.offset = offsetof(struct list_options, format),
		.choices = formats },
	{ .short_name = 'h',
		.name = "help",
		.kind = OPTION_FLAG,
		.help = "Print this help",
		.offset = offsetof(struct list_options, help) },
	{ .name = NULL },
};

static const struct command rules_command = {
	.program = "glagent-lint",
	.name = "rules",
	.summary = "List all rules.",
	.options = list_options,
};

static const struct command explain_command = {
	.program = "glagent-lint",
	.name = "explain",
	.arguments = "RULE...",
	.summary = "Say what a rule finds, why that matters and what to do.",
	.options = list_options,
};

static int
print(const struct buf *out)
{
	struct error error;
	return fs_write_report(buf_str(out), &error) ? EXIT_CLEAN : command_trouble(&error);
}

int
command_rules(int argc, const char *const *argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct list_options options = { 0 };
	struct option_list none = { 0 };
	struct error error;
	if (!options_parse(&arena, &rules_command, argc, argv, &options, &none, &error)) {
		return command_trouble(&error);
	}
	if (options.help) {
		options_help(&out, &rules_command);
		return print(&out);
	}
	static void (*const printers[])(struct buf *) = { rules_as_text, rules_as_json, rules_as_markdown };
	printers[options.format](&out);
	return print(&out);
}

static bool
explain(struct arena *arena, struct buf *out, const char *word, enum list_format format, struct error *reterr)
{
	static void (*const printers[])(
		struct buf *, const struct rule *) = { rule_as_text, rule_as_json, rule_as_markdown };
	const struct rule *rule = rule_find(str_from(word));
	if (!rule) {
		const char *nearest = select_nearest(arena, word);
		return nearest ? error_set(reterr, "no rule \"%s\"; did you mean \"%s\"?", word, nearest)
			       : error_set(reterr, "no rule \"%s\"; see glagent-lint rules", word);
	}
	printers[format](out, rule);
	return true;
}

int
command_explain(int argc, const char *const *argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct list_options options = { 0 };
	struct option_list words = { 0 };
	struct error error;
	if (!options_parse(&arena, &explain_command, argc, argv, &options, &words, &error)) {
		return command_trouble(&error);
	}
	if (options.help) {
		options_help(&out, &explain_command);
		return print(&out);
	}
	if (words.len == 0) {
		(void)error_set(
			&error, "explain: expected the code or name of a rule; see glagent-lint rules");
		return command_trouble(&error);
	}
	for (size_t i = 0; i < words.len; i++) {
		buf_add(&out, i > 0 ? STR("\n") : STR(""));
		if (!explain(&arena, &out, words.items[i], (enum list_format)options.format, &error)) {
			return command_trouble(&error);
		}
	}
	return print(&out);
}
