#include "scripts/scripts.h"

#include "scripts/parts.h"

static bool
is_one_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(name, names[i])) {
			return true;
		}
	}
	return false;
}

static bool
is_makefile(struct str base)
{
	static const struct str names[] = { STR_INIT("Makefile"), STR_INIT("makefile"),
		STR_INIT("GNUmakefile") };
	return is_one_of(base, names, countof(names)) || str_ends(base, STR(".mk"));
}

static bool
is_justfile(struct str base)
{
	return str_eq_nocase(base, STR("justfile")) || str_eq_nocase(base, STR(".justfile"))
		|| str_ends(base, STR(".just"));
}

static bool
is_dockerfile(struct str base)
{
	return str_eq(base, STR("Dockerfile")) || str_eq(base, STR("Containerfile"))
		|| str_starts(base, STR("Dockerfile.")) || str_ends(base, STR(".Dockerfile"));
}

/* "#!/bin/sh -e", "#!/usr/bin/env bash": the program's name ends in sh, and it is no fish. */
static bool
has_shell_line(struct str text)
{
	struct str line = str_first(text, str_find_char(text, '\n'));
	bool found = false;
	if (!str_starts(line, STR("#!"))) {
		return false;
	}
	for (line = str_trim(str_skip(line, 2)); line.ptr && !found;) {
		struct str name = path_base(str_cut(&line, ' '));
		found = str_ends(name, STR("sh")) && !str_ends(name, STR("fish"));
	}
	return found;
}

static bool
is_shell(struct str base, struct str text)
{
	static const struct str extensions[] = { STR_INIT(".sh"), STR_INIT(".bash"), STR_INIT(".ksh"),
		STR_INIT(".zsh") };
	return is_one_of(path_extension(base), extensions, countof(extensions)) || str_eq(base, STR(".envrc"))
		|| has_shell_line(text);
}

static bool
is_workflow(struct str path)
{
	struct str base = path_base(path);
	return str_starts(path, STR(".github/workflows/")) || str_starts(path, STR(".gitea/workflows/"))
		|| str_starts(path, STR(".forgejo/workflows/")) || str_eq(base, STR("action.yml"))
		|| str_eq(base, STR("action.yaml"));
}

static void
collect_yaml(struct collector *c, const struct map *ci_files)
{
	struct str path = c->file->source.path;
	if (map_get(ci_files, path)) {
		collect_gitlab_ci(c);
	} else if (is_workflow(path)) {
		collect_workflow(c);
	} else {
		collect_documents(c);
	}
}

static void
collect_text(struct collector *c)
{
	struct str base = path_base(c->file->source.path), text = c->file->source.text;
	struct shell_variables none = { 0 };
	if (is_makefile(base)) {
		collect_makefile(c);
	} else if (is_justfile(base)) {
		collect_justfile(c);
	} else if (is_dockerfile(base)) {
		collect_dockerfile(c);
	} else if (is_shell(base, text)) {
		collect_range(c, 0, text.len, SHELL_PLAIN, &none);
	}
}

static bool
mentions_any(struct str text, const struct str *words)
{
	for (; words->len; words++) {
		if (str_find(text, *words) < text.len) {
			return true;
		}
	}
	return false;
}

void
scripts_collect(
	struct arena *arena, const struct files *files, const struct str *words, struct scripts *ret_scripts)
{
	struct map ci_files = { 0 };
	*ret_scripts = (struct scripts){ 0 };
	collect_ci_files(arena, files, &ci_files);
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		struct collector c = { .arena = arena, .files = files, .scripts = ret_scripts, .file = file };
		if (file->is_template || !mentions_any(file_words(file), words)) {
			continue;
		}
		if (file->is_yaml) {
			collect_yaml(&c, &ci_files);
		} else {
			collect_text(&c);
		}
	}
}
