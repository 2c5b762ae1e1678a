#include "environment_templates.h"

#include "vec.h"

void
each_environment_template(
	struct lint *lint, const struct agent *agent, void (*visit)(struct lint *, const struct file *))
{
	const struct files *files = lint_repository(lint)->files;
	struct str path =
		arena_printf(lint_arena(lint), "%.*s/environment_templates", STR_ARG(agent->directory));
	const struct directory *directory = files_directory(files, path);
	for (size_t i = directory ? directory->first : 0; directory && i < directory->last; i++) {
		const struct file *file = &files->items[i];
		if (file->kind == FS_REGULAR && file->state == FILE_TEXT
			&& str_eq(path_parent(file->source.path), path)
			&& str_eq(path_extension(file->source.path), STR(".yaml"))) {
			visit(lint, file);
		}
	}
}

const struct ynode *
environment_template_tree(const struct file *file)
{
	return file->docs && !file->syntax && !file->is_template ? file->docs->root : NULL;
}

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool
is_rebinding(struct str word)
{
	static const struct str words[] = { STR_INIT("with"), STR_INIT("range"), STR_INIT("define"),
		STR_INIT("block"), STR_INIT("template") };
	for (size_t i = 0; i < countof(words); i++) {
		if (str_eq(word, words[i])) {
			return true;
		}
	}
	return false;
}

/* Behind the quoted text that begins at `at`. */
static size_t
skip_quoted(struct str text, size_t at)
{
	char quote = text.ptr[at++];
	while (at < text.len && text.ptr[at] != quote) {
		at += text.ptr[at] == '\\' && quote != '`' ? 2 : 1;
	}
	return at + 1;
}

static size_t
word_end(struct str text, size_t at)
{
	while (at < text.len && (is_name_char(text.ptr[at]) || text.ptr[at] == '.')) {
		at++;
	}
	return at;
}

/* One word from `at`; returns where the next begins. */
static size_t
add_word(struct arena *arena, struct template_words *words, struct str text, size_t at)
{
	/* $.agent is .agent; $name is a variable, and its fields are not known */
	if (text.ptr[at] == '$') {
		size_t behind = at + 1;
		bool is_root = behind < text.len && text.ptr[behind] == '.';
		words->is_rebound = words->is_rebound || !is_root;
		return is_root ? behind : word_end(text, behind);
	}
	size_t end = word_end(text, at);
	struct str word = str_first(str_skip(text, at), end - at);
	bool is_after_value = at > 0 && (text.ptr[at - 1] == ')' || text.ptr[at - 1] == '"');
	bool is_number = word.ptr[0] >= '0' && word.ptr[0] <= '9';
	words->is_rebound = words->is_rebound || is_rebinding(word);
	if (word.len > 1 && !is_number && !is_after_value) {
		struct template_word item = { word, { (uint32_t)at, (uint32_t)end }, word.ptr[0] == '.' };
		vec_push(arena, words, item);
	}
	return end;
}

/* The action whose text is [at, end). */
static void
read_action(struct arena *arena, struct template_words *words, struct str text, size_t at, size_t end)
{
	struct str action = str_first(text, end);
	while (at < end) {
		char c = text.ptr[at];
		if (c == '"' || c == '\'' || c == '`') {
			at = skip_quoted(action, at);
		} else if (c == '.' || c == '$' || is_name_char(c)) {
			at = add_word(arena, words, action, at);
		} else {
			at++;
		}
	}
}

/* A walk over lines of YAML, up to `at`. A "#" within quotes begins no comment. */
struct comment_walk {
	size_t at;
	char quote;
	bool is_in_comment;
};

static void
walk_to(struct comment_walk *walk, struct str text, size_t end)
{
	for (; walk->at < end; walk->at++) {
		char c = text.ptr[walk->at], before = walk->at > 0 ? text.ptr[walk->at - 1] : '\n';
		bool is_mark = c == '#' && str_has_char(STR(" \t\n"), before);
		if (c == '\n') {
			*walk = (struct comment_walk){ walk->at, '\0', false };
		} else if (!walk->quote && is_mark) {
			walk->is_in_comment = true;
		} else if (c == walk->quote) {
			walk->quote = '\0';
		} else if (!walk->quote && (c == '"' || c == '\'')) {
			walk->quote = c;
		}
	}
}

void
template_words_collect(struct arena *arena, const struct file *file, struct template_words *ret_words)
{
	struct str text = file->source.text;
	struct template_words words = { 0 };
	struct comment_walk walk = { 0 };
	size_t at = str_find(text, STR("{{"));
	while (at < text.len) {
		size_t begin = at + 2;
		struct str rest = str_skip(text, begin);
		size_t end = begin + str_find(rest, STR("}}"));
		bool is_comment = str_starts(str_trim(rest), STR("/*")) || str_starts(rest, STR("- /*"));
		walk_to(&walk, text, at);
		if (!is_comment && !walk.is_in_comment) {
			read_action(arena, &words, text, begin, end);
		}
		at = end < text.len ? end + str_find(str_skip(text, end), STR("{{")) : end;
	}
	*ret_words = words;
}

struct str
template_nearest(const struct str *names, size_t count, struct str typed)
{
	enum { SLIPS_MAX = 2 };
	struct str nearest = STR("");
	size_t best = SLIPS_MAX + 1;
	for (size_t i = 0; i < count; i++) {
		size_t distance =
			str_eq_nocase(names[i], typed) ? 0 : str_distance(names[i], typed, SLIPS_MAX);
		if (distance < best) {
			best = distance;
			nearest = names[i];
		} else if (distance == best) {
			nearest = STR("");
		}
	}
	return nearest;
}
