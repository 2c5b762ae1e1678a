/* Words in files that tell of roots which are in no gotk-sync.yaml. */
#include "flux/parts.h"
#include "path.h"

struct sign {
	struct str word, why;
};

static const struct sign signs[] = {
	{ STR_INIT("FluxInstance"), STR_INIT("it mentions a FluxInstance") },
	{ STR_INIT("flux-instance"), STR_INIT("it mentions the flux-instance chart") },
	{ STR_INIT("flux2-sync"), STR_INIT("it mentions the flux2-sync chart") },
	{ STR_INIT("flux_bootstrap_git"), STR_INIT("Terraform bootstraps Flux there") },
	{ STR_INIT("flux_configuration"), STR_INIT("it configures Flux from outside") },
	{ STR_INIT("fluxConfiguration"), STR_INIT("it configures Flux from outside") },
	{ STR_INIT("flux-cli"), STR_INIT("it runs the flux program") },
};

static const struct str bootstrap = STR_INIT("flux bootstrap");
static const struct str create = STR_INIT("flux create k");

/* Offset of the next "flux" or "Flux" at or after `at`, or text.len. */
static size_t
next_word(struct str text, size_t at)
{
	while (at < text.len) {
		size_t x = at + str_find_char(str_skip(text, at), 'x');
		if (x >= text.len) {
			return text.len;
		}
		struct str before = str_first(text, x + 1);
		if (str_ends(before, STR("flux")) || str_ends(before, STR("Flux"))) {
			return x - 3;
		}
		at = x + 1;
	}
	return text.len;
}

static bool
is_in_comment(struct str text, size_t at)
{
	size_t start = at;
	while (start > 0 && text.ptr[start - 1] != '\n') {
		start--;
	}
	struct str line = { text.ptr + start, at - start };
	return str_starts(str_trim(line), STR("#")) || str_starts(str_trim(line), STR("//"));
}

/* The command that begins at `at`: to the end of its line, or beyond lines that end with a backslash. */
static struct str
command_at(struct str text, size_t at)
{
	size_t end = at;
	do {
		end += str_find_char(str_skip(text, end), '\n') + 1;
	} while (end < text.len && end >= 2 && text.ptr[end - 2] == '\\');
	return str_first(str_skip(text, at), end - at);
}

static struct str
unquote(struct str word)
{
	while (word.len > 0 && (word.ptr[0] == '"' || word.ptr[0] == '\'')) {
		word = str_skip(word, 1);
	}
	while (word.len > 0 && (word.ptr[word.len - 1] == '"' || word.ptr[word.len - 1] == '\'')) {
		word.len--;
	}
	return word;
}

/* The value of --path, the last one as pflag has it; false when there is none or a variable in it. */
static bool
path_option(struct str command, struct str *ret_path)
{
	bool found = false;
	size_t at = str_find(command, STR("--path"));
	while (at < command.len) {
		struct str rest = str_skip(command, at + 6);
		size_t end = 1;
		while (end < rest.len && !strchr(" \t\r\n\\;&|", rest.ptr[end])) {
			end++;
		}
		found = rest.len > 1 && (rest.ptr[0] == '=' || rest.ptr[0] == ' ');
		*ret_path = found ? unquote(str_skip(str_first(rest, end), 1)) : STR("");
		at += 6;
		at += str_find(str_skip(command, at), STR("--path"));
	}
	for (size_t i = 0; found && i < ret_path->len; i++) {
		found = !strchr("$`{}()<>%", ret_path->ptr[i]);
	}
	return found;
}

static bool
is_known_root(const struct flux *flux, struct str path)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str clean = flux_clean_path(&scratch, path);
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (str_eq(flux->roots.items[i].kustomization->path, clean)) {
			return true;
		}
	}
	return false;
}

/* What the word at the start of `rest` says, or an empty text. */
static struct str
read_sign(const struct flux *flux, struct str text, size_t at)
{
	struct str path;
	struct str rest = str_skip(text, at);
	if (is_in_comment(text, at)) {
		return STR("");
	}
	for (size_t i = 0; i < countof(signs); i++) {
		if (str_starts(rest, signs[i].word)) {
			return signs[i].why;
		}
	}
	struct str command = command_at(text, at);
	if (str_starts(rest, create) && str_find(command, STR("--export")) >= command.len) {
		return STR("it creates Kustomizations");
	}
	if (str_starts(rest, bootstrap) && !(path_option(command, &path) && is_known_root(flux, path))) {
		return STR("it bootstraps Flux at a path that is not known");
	}
	return STR("");
}

bool
signs_of_other_roots(const struct flux *flux, struct str *ret_why, const struct file **ret_file)
{
	for (size_t i = 0; i < flux->files->len; i++) {
		struct str text = file_words(&flux->files->items[i]);
		for (size_t at = next_word(text, 0); at < text.len; at = next_word(text, at + 4)) {
			struct str why = read_sign(flux, text, at);
			if (why.len > 0) {
				*ret_why = why;
				*ret_file = &flux->files->items[i];
				return true;
			}
		}
	}
	return false;
}

bool
signs_of_artifact_push(const struct files *files)
{
	static const struct str words[] = { STR_INIT("push artifact"), STR_INIT("oras push"),
		STR_INIT("crane append") };
	for (size_t i = 0; i < files->len; i++) {
		struct str text = file_words(&files->items[i]);
		for (size_t j = 0; j < countof(words); j++) {
			if (str_find(text, words[j]) < text.len) {
				return true;
			}
		}
	}
	return false;
}
