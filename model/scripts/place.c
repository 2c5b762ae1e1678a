/* Texts inside files: bytes of a text file, scalars of YAML, argument lists. */
#include "scripts/parts.h"
#include "vec.h"

/* Byte `at` of a text and what follows, up to the next such line, stands at byte `to` of the file. */
struct placed_line {
	size_t at, to;
};

struct placed_text {
	struct str text;
	struct {
		struct placed_line *items;
		size_t len, cap;
	} lines; /* none: not exact */
	struct span whole;
};

static uint32_t
place(const struct placed_text *placed, size_t at)
{
	size_t low = 0, high = placed->lines.len;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (placed->lines.items[middle].at <= at) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return (uint32_t)(placed->lines.items[low].to + (at - placed->lines.items[low].at));
}

static struct span
place_span(const struct placed_text *placed, struct span span)
{
	if (placed->lines.len == 0) {
		return placed->whole;
	}
	/* The end may be that of a line: it belongs to the byte before it. */
	uint32_t end = span.end > span.start ? place(placed, span.end - 1) + 1 : place(placed, span.end);
	return (struct span){ place(placed, span.start), end };
}

static void
add_script(struct collector *c, const struct shell_commands *commands, bool is_exact)
{
	struct script script = { .file = c->file, .commands = *commands, .is_exact = is_exact };
	if (commands->len > 0 && c->scripts->len < SCRIPTS_MAX) {
		vec_push(c->arena, c->scripts, script);
	}
}

static void
read_placed(struct collector *c, const struct placed_text *placed, enum shell_dialect dialect,
	struct shell_variables *variables)
{
	struct shell_commands commands = { 0 };
	shell_read(c->arena, placed->text, dialect, variables, &commands);
	for (size_t i = 0; i < commands.len; i++) {
		struct shell_command *command = &commands.items[i];
		command->span = place_span(placed, command->span);
		for (size_t j = 0; j < command->len; j++) {
			command->words[j].span = place_span(placed, command->words[j].span);
		}
	}
	add_script(c, &commands, placed->lines.len > 0);
}

void
collect_range(struct collector *c, size_t start, size_t end, enum shell_dialect dialect,
	struct shell_variables *variables)
{
	struct placed_text placed = { .text = str_first(str_skip(c->file->source.text, start), end - start) };
	struct placed_line line = { 0, start };
	vec_push(c->arena, &placed.lines, line);
	read_placed(c, &placed, dialect, variables);
}

/* Lines of a `|` scalar, each held against the file; none at all when one is not found there. */
static void
place_literal(struct collector *c, const struct ynode *scalar, struct placed_text *placed)
{
	struct str file = c->file->source.text, rest = placed->text;
	size_t to = scalar->span.start + str_find_char(str_skip(file, scalar->span.start), '\n') + 1;
	while (rest.ptr && rest.len > 0) {
		size_t at = placed->text.len - rest.len;
		struct str line = str_cut(&rest, '\n');
		struct str written = str_skip(file, to);
		written = str_first(written, str_find_char(written, '\n'));
		size_t width = written.len;
		written.len -= str_ends(written, STR("\r")) ? 1 : 0;
		if (!str_ends(written, line)) {
			placed->lines.len = 0;
			return;
		}
		struct placed_line found = { at, to + (written.len - line.len) };
		vec_push(c->arena, &placed->lines, found);
		to += width + 1;
	}
}

void
collect_scalar(struct collector *c, const struct ynode *scalar, struct shell_variables *variables)
{
	scalar = ynode_follow(scalar);
	if (!scalar || scalar->kind != YNODE_SCALAR || c->scalars == SCALARS_MAX) {
		return;
	}
	struct str file = c->file->source.text;
	struct placed_text placed = { .text = ynode_str(scalar), .whole = scalar->span };
	bool is_slice =
		placed.text.ptr >= file.ptr && placed.text.ptr + placed.text.len <= file.ptr + file.len;
	c->scalars++;
	if (is_slice) {
		struct placed_line line = { 0, (size_t)(placed.text.ptr - file.ptr) };
		vec_push(c->arena, &placed.lines, line);
	} else if (scalar->style == YSTYLE_LITERAL) {
		place_literal(c, scalar, &placed);
	}
	read_placed(c, &placed, SHELL_PLAIN, variables);
}

/* An argument is no shell text: only references and templates in it are filled in. */
static struct shell_word
argument(const struct ynode *scalar)
{
	struct str text = ynode_str(scalar);
	size_t known = str_find(text, STR("$("));
	size_t braces = str_find(text, STR("{{")), dollar = str_find(text, STR("${"));
	known = braces < known ? braces : known;
	known = dollar < known ? dollar : known;
	return (struct shell_word){
		.span = scalar->span, .text = str_first(text, known), .is_known = known == text.len
	};
}

void
collect_arguments(struct collector *c, struct str first, const struct ynode *const *lists, size_t count)
{
	struct {
		struct shell_word *items;
		size_t len, cap;
	} words = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct ynode *item = ynode_is(lists[i], YNODE_SEQUENCE) ? lists[i]->first : NULL;
		for (; item && c->scalars < SCALARS_MAX; item = item->next) {
			struct shell_word word = argument(ynode_follow(item));
			if (words.len == 0 && first.len > 0) {
				struct shell_word name = { word.span, first, true, false, false };
				vec_push(c->arena, &words, name);
			}
			vec_push(c->arena, &words, word);
			c->scalars++;
		}
	}
	if (words.len > 0) {
		struct shell_command command = { .words = words.items, .len = words.len };
		struct shell_commands commands = { 0 };
		command.span =
			(struct span){ words.items[0].span.start, words.items[words.len - 1].span.end };
		vec_push(c->arena, &commands, command);
		add_script(c, &commands, true);
	}
}
