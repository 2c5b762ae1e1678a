#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "scripts/scripts.h"
#include "tree.h"

#include <cmocka.h>

#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

/* One line a command: the words, and in < > what stands at the last one's place. */
static struct str
print(struct arena *arena, const struct scripts *scripts)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < scripts->len; i++) {
		const struct script *script = &scripts->items[i];
		for (size_t j = 0; j < script->commands.len; j++) {
			const struct shell_command *command = &script->commands.items[j];
			for (size_t k = 0; k < command->len; k++) {
				const struct shell_word *word = &command->words[k];
				buf_addf(&out, "%.*s%s%s ", STR_ARG(word->text), word->is_known ? "" : "?",
					word->is_default ? "~" : "");
			}
			struct span last = command->words[command->len - 1].span;
			buf_addf(&out, "<%.*s>\n", (int)(last.end - last.start),
				script->file->source.text.ptr + last.start);
		}
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
assert_scripts(const struct tree_entry *entries, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree *tree = tree_new(&arena, entries);
	static const struct str words[] = { STR_INIT("flux"), { NULL, 0 } };
	struct scripts scripts;
	scripts_collect(&arena, &tree->files, words, &scripts);
	assert_string_equal(print(&arena, &scripts).ptr, expected);
}

static void
assert_file(const char *path, const char *text, const char *expected)
{
	const struct tree_entry entries[] = { { path, text }, END };
	assert_scripts(entries, expected);
}

static void
shell_files_are_known_by_name_or_first_line(void **state)
{
	(void)state;
	assert_file("a.sh", "flux a\n", "flux a <a>\n");
	assert_file("bin/up", "#!/usr/bin/env bash\nflux a\n", "flux a <a>\n");
	assert_file("bin/up", "#!/usr/bin/env python3\nflux a\n", "");
	assert_file("README.md", "flux a\n", "");
	assert_file("a.fish", "flux a\n", "");
}

static void
recipes_know_plain_variables_of_make(void **state)
{
	(void)state;
	assert_file("Makefile",
		"C := prod\nP ?= clusters/$(C)\nQ = $(shell x)\n"
		"up: x # flux\n\t@flux a --p=$(P) \\\n\t  --q=$(Q)\n\t-b $(C)\n",
		"flux a --p=clusters/prod~ --q=? <--q=$(Q)>\nb prod~ <$(C)>\n");
	assert_file("x.mk", "ifdef A\nC = a\nendif\nD = a\nD = b\nt: E = c\nt:\n\tflux $(C) $(D) $(E)\n",
		"flux ? ? ? <$(E)>\n");
}

static void
just_and_docker_run_lines(void **state)
{
	(void)state;
	assert_file("justfile", "c := 'a'\nup x:\n  @flux a {{c}}\n  X=b; flux $X\n",
		"flux a ? <{{c}}>\nX=b <X=b>\nflux b <$X>\n");
	assert_file("Dockerfile", "FROM x\nRUN --mount=type=cache a && \\\n  flux b\nRUN [\"flux\"]\n",
		"a <a>\nflux b <b>\n");
}

static void
gitlab_jobs_have_their_variables(void **state)
{
	(void)state;
	assert_file(".gitlab-ci.yml",
		"variables:\n  C: prod\n  D: {value: a}\n"
		"job:\n  variables: {E: x$C}\n  before_script:\n  - X=y\n"
		"  script:\n  - flux $C/$D $E $X\n  - |\n    flux a \\\n      b\n"
		"    flux c\n  after_script: [flux $X]\n",
		"X=y <X=y>\nflux prod/a~ ? y <$X>\nflux a b <b>\nflux c <c>\nflux ? <$X>\n");
	assert_file(".gitlab-ci.yml", "variables: {C: prod}\njob:\n  extends: .x\n  script: [flux $C]\n",
		"flux ? <$C>\n");
}

static void
included_files_of_gitlab_are_read(void **state)
{
	const struct tree_entry entries[] = {
		{ ".gitlab-ci.yml", "include:\n- local: /ci/a.yml\n- ci/c.yml\n- remote: https://x/b.yml\n" },
		{ "ci/a.yml", "include: ci/d.yml\nj:\n  script: flux a\n" },
		{ "ci/b.yml", "j:\n  script: flux b\n" },
		{ "ci/c.yml", "j:\n  script:\n  - [flux c]\n  - !reference [.x, script]\n" },
		{ "ci/d.yml", "include: .gitlab-ci.yml\n.j:\n  script: flux d\n" },
		END,
	};
	(void)state;
	assert_scripts(entries, "flux a <a>\nflux c <c>\nflux d <d>\n");
}

static void
workflows_have_their_environment(void **state)
{
	(void)state;
	assert_file(".github/workflows/a.yaml",
		"env: {C: a}\njobs:\n  j:\n    env: {D: b}\n    steps:\n    - uses: x\n"
		"    - env: {C: c}\n      run: flux $C $D ${{ x }}\n    - shell: pwsh\n      run: flux x\n"
		"    - run: >\n        flux\n        d\n",
		"flux c~ b~ ? <${{ x }}>\nflux d <>\n        flux\n        d>\n");
	assert_file("a/action.yml", "runs:\n  steps:\n  - run: flux a\n", "flux a <a>\n");
}

static void
tasks_and_playbooks_are_known_by_what_they_hold(void **state)
{
	(void)state;
	assert_file("Taskfile.yaml",
		"version: '3'\ntasks:\n  a: flux a\n  b: [flux b]\n  c:\n    cmds:\n    - flux c {{.X}}\n"
		"    - task: flux\n    - cmd: flux d\n  d: {cmd: flux e}\n",
		"flux a <a>\nflux b <b>\nflux c ? <{{.X}}>\nflux d <d>\nflux e <e>\n");
	assert_file("play.yml",
		"- hosts: x\n  tasks:\n  - name: flux\n    command: flux a {{ b }}\n"
		"  - block:\n    - ansible.builtin.shell:\n        cmd: flux c\n"
		"    - command: {argv: [flux, d e]}\n",
		"flux a ? <{{ b }}>\nflux c <c>\nflux d e <d e>\n");
}

static void
containers_run_their_arguments(void **state)
{
	(void)state;
	assert_file("job.yaml",
		"apiVersion: batch/v1\nkind: Job\nspec:\n  containers:\n"
		"  - image: ghcr.io/fluxcd/flux-cli:v2\n    args: [a, $(B)]\n"
		"  - image: x\n    command: [sh, -c]\n    args: [flux b]\n"
		"  - image: x\n    command: [bash, -ec, flux c]\n"
		"  - image: x\n    command: [flux]\n    args: [d]\n",
		"flux a ? <$(B)>\nflux b <b>\nflux c <c>\nflux d <d>\n");
}

static void
templates_are_left_alone(void **state)
{
	(void)state;
	assert_file("Taskfile.yaml", "# {{ if x }}\nversion: '3'\ntasks:\n  a: flux a\n", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shell_files_are_known_by_name_or_first_line),
		cmocka_unit_test(recipes_know_plain_variables_of_make),
		cmocka_unit_test(just_and_docker_run_lines),
		cmocka_unit_test(gitlab_jobs_have_their_variables),
		cmocka_unit_test(included_files_of_gitlab_are_read),
		cmocka_unit_test(workflows_have_their_environment),
		cmocka_unit_test(tasks_and_playbooks_are_known_by_what_they_hold),
		cmocka_unit_test(containers_run_their_arguments),
		cmocka_unit_test(templates_are_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
