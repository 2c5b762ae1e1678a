#include "commands.h"
#include "shell.h"
#include "yscalar.h"

enum { INDENT = 4 };

/* Each line of `text` behind "# "; what could end a comment or steer a terminal becomes a blank. */
static void
add_comment(struct buf *out, struct str text, size_t indent)
{
	while (str_ends(text, STR("\n"))) {
		text = str_first(text, text.len - 1);
	}
	for (struct str rest = text; rest.ptr;) {
		struct str line = str_cut(&rest, '\n');
		buf_add_repeat(out, ' ', indent);
		buf_add_char(out, '#');
		buf_add(out, line.len ? STR(" ") : STR(""));
		for (size_t i = 0; i < line.len; i++) {
			bool is_control = (unsigned char)line.ptr[i] < ' ' || line.ptr[i] == 0x7f;
			buf_add_char(out, (char)(is_control ? ' ' : line.ptr[i]));
		}
		buf_add_char(out, '\n');
	}
}

static void
add_note(struct buf *out, const struct ynode *map, size_t indent)
{
	const struct ynode *note = ynode_get(map, STR("note"));
	if (note) {
		add_comment(out, ynode_str(note), indent);
	}
}

static void add_commands(struct buf *out, const struct ynode *list, size_t indent);

static void
add_run(struct buf *out, const struct ynode *command, size_t indent)
{
	struct str set = ynode_str(ynode_get(command, STR("set")));
	struct str to = ynode_str(ynode_get(command, STR("to")));
	buf_add_repeat(out, ' ', indent);
	if (set.len) {
		buf_addf(out, "%.*s=$(", STR_ARG(set));
	}
	shell_pipeline(out, ynode_get(command, STR("run")), indent + INDENT);
	if (set.len) {
		buf_add_char(out, ')');
	}
	if (to.len) {
		buf_add(out, STR(" >"));
		shell_quote(out, to);
	}
	buf_add_char(out, '\n');
}

/* "if ! … >/dev/null 2>&1; then": false when the command has no condition. */
static bool
add_condition(struct buf *out, const struct ynode *command, size_t indent)
{
	const struct ynode *unless = ynode_get(command, STR("unless"));
	const struct ynode *unset = ynode_get(command, STR("unless_set"));
	if (unless) {
		buf_add_repeat(out, ' ', indent);
		buf_add(out, STR("if ! "));
		shell_pipeline(out, unless, indent + INDENT + INDENT);
		buf_add(out, STR(" >/dev/null 2>&1; then\n"));
	} else if (unset) {
		buf_add_repeat(out, ' ', indent);
		buf_addf(out, "if [ -z \"$%.*s\" ]; then\n", STR_ARG(ynode_str(unset)));
	}
	return unless || unset;
}

static void
add_commands(struct buf *out, const struct ynode *list, size_t indent)
{
	const struct ynode *command = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; command; command = command->next) {
		add_note(out, command, indent);
		if (add_condition(out, command, indent)) {
			add_commands(out, ynode_get(command, STR("commands")), indent + INDENT);
			buf_add_repeat(out, ' ', indent);
			buf_add(out, STR("fi\n"));
		} else if (ynode_get(command, STR("run"))) {
			add_run(out, command, indent);
		}
	}
}

static bool
is_true(const struct ynode *node)
{
	return node && yscalar_bool(ynode_str(node));
}

void
commands_print(struct arena *arena, struct buf *out, const struct ydoc *document)
{
	const struct ynode *steps = ynode_get(document->root, STR("steps"));
	const struct ynode *step = ynode_is(steps, YNODE_SEQUENCE) ? ynode_follow(steps)->first : NULL;
	buf_add(out, STR("#!/bin/sh\n"));
	if (document->head.len) {
		buf_addf(out, "%.*s\n", STR_ARG(document->head));
	}
	buf_add(out, STR("set -eu\ncd -- \"$(dirname -- \"$0\")\"\n"));
	for (size_t number = 1; step; step = step->next, number++) {
		struct buf lines = { .arena = arena };
		struct str title = ynode_str(ynode_get(step, STR("title")));
		buf_add_char(out, '\n');
		add_comment(out, arena_printf(arena, "%zu. %.*s", number, STR_ARG(title)), 0);
		add_note(out, step, 0);
		add_commands(&lines, ynode_get(step, STR("commands")), 0);
		if (lines.len && is_true(ynode_get(step, STR("later")))) {
			add_comment(out, buf_str(&lines), 0);
		} else if (lines.len) {
			buf_add(out, buf_str(&lines));
		}
	}
}
