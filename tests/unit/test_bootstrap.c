#include <setjmp.h>
#include <stdarg.h>

#include "bootstrap.h"
#include "buf.h"
#include "tree.h"

#include <cmocka.h>

#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

/* "flux gitlab clusters/a": who, for which provider or agent, where; "?" for what is unknown, "~" for a
 * default,
 * "!" behind who when it is not sure, " at …" with the place of the path's value. */
static void
print_one(struct buf *out, const struct bootstrap *b)
{
	bool is_flux = b->kind == BOOTSTRAP_FLUX;
	const struct argument *path = &b->arguments[is_flux ? BOOTSTRAP_PATH : BOOTSTRAP_MANIFEST_PATH];
	const struct argument *agent = &b->arguments[BOOTSTRAP_AGENT];
	struct str agent_name = agent->state == ARGUMENT_KNOWN ? agent->text : STR("?");
	struct str who = is_flux ? b->provider : agent_name;
	struct str text = b->script->file->source.text;
	buf_addf(out, "%s%s %.*s ", is_flux ? "flux" : "glab", b->is_sure ? "" : "!", STR_ARG(who));
	buf_addf(out, "\"%.*s\"%s%s", STR_ARG(b->directory),
		b->directory_state == ARGUMENT_UNKNOWN ? "?" : "", b->is_default ? "~" : "");
	if (path->state != ARGUMENT_ABSENT && b->script->is_exact) {
		buf_addf(out, " at %.*s", (int)(path->span.end - path->span.start),
			text.ptr + path->span.start);
	}
	buf_add_char(out, '\n');
}

static struct str
print(struct arena *arena, const struct bootstraps *found)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < found->commands.len; i++) {
		print_one(&out, &found->commands.items[i]);
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
assert_found(const char *path, const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = { { path, text }, END };
	const struct tree *tree = tree_new(&arena, entries);
	struct bootstraps found;
	bootstraps_collect(&arena, &tree->files, &found);
	assert_string_equal(print(&arena, &found).ptr, expected);
}

static void
assert_command(const char *command, const char *expected)
{
	assert_found("up.sh", command, expected);
}

static void
a_path_is_taken_in_every_form(void **state)
{
	(void)state;
	assert_command(
		"flux bootstrap gitlab --path=clusters/a\n", "flux gitlab \"clusters/a\" at clusters/a\n");
	assert_command("flux bootstrap gitlab --path ./clusters/a/\n",
		"flux gitlab \"clusters/a\" at ./clusters/a/\n");
	assert_command("flux bootstrap github \\\n  --owner=x \\\n  --path=\"clusters/a\" \\\n  --personal\n",
		"flux github \"clusters/a\" at \"clusters/a\"\n");
	assert_command("flux --context c bootstrap --path a git --path=b -s\n", "flux git \"b\" at b\n");
	assert_command("flux bootstrap git\n", "flux git \"\"\n");
	assert_command("glab cluster agent bootstrap a --manifest-path m\n", "glab a \"m\" at m\n");
	assert_command("glab cluster agent bs -p m a\n", "glab a \"m\" at m\n");
	assert_command("glab cluster agent bootstrap -pm/n a\n", "glab a \"m/n\" at m/n\n");
	assert_command("glab cluster agent bootstrap -p=m a\n", "glab a \"m\" at m\n");
	assert_command("glab cluster -R g/p agent bootstrap a\n", "glab a \"\"\n");
}

static void
a_path_is_cleaned_as_the_program_does(void **state)
{
	(void)state;
	assert_command("flux bootstrap git --path=/a/../../b\n", "flux git \"b\" at /a/../../b\n");
	assert_command("flux bootstrap git --path=.\n", "flux git \"\" at .\n");
	assert_command("glab cluster agent bootstrap a -p ./m//n/\n", "glab a \"m/n\" at ./m//n/\n");
}

static void
other_flags_take_their_values(void **state)
{
	(void)state;
	assert_command("flux bootstrap git -p --path=x --url y\n", "flux git \"\"\n"); /* a password */
	assert_command("flux bootstrap git --personal --path x -u -n --path=z\n", "flux git \"z\" at z\n");
	assert_command("flux bootstrap github --personal --path x -- --path=z\n", "flux github \"x\" at x\n");
	assert_command("flux bootstrap git -sp --path=y --path=x\n", "flux git \"x\" at x\n");
	assert_command(
		"glab cluster agent bootstrap --helm-release-name --manifest-path a\n", "glab a \"\"\n");
}

static void
what_only_runs_another_program_is_looked_behind(void **state)
{
	(void)state;
	assert_command("A=b sudo -E /usr/bin/flux bootstrap git\n", "flux git \"\"\n");
	assert_command("timeout 5m env X=y flux bootstrap git || exit\n", "flux git \"\"\n");
	assert_command("docker run -v a:b ghcr.io/fluxcd/flux-cli:v2.3 bootstrap git --path=a\n",
		"flux git \"a\" at a\n");
	assert_command("retry 3 flux bootstrap git --path=a\n", "flux! git \"a\" at a\n");
	assert_command("\"$FLUX\" bootstrap git --path=a\n# flux\n", "flux! git \"a\" at a\n");
	assert_command("FLUX=bin/flux\n$FLUX bootstrap git --path=a\n", "flux git \"a\" at a\n");
}

static void
other_commands_are_none(void **state)
{
	(void)state;
	assert_command("flux get all # bootstrap\n", "");
	assert_command("echo flux bootstrap git\n", "");
	assert_command("# flux bootstrap git --path=a\n", "");
	assert_command("flux bootstrap --help\n", "");
	assert_command("flux bootstrap git -h\n", "");
	assert_command("flux bootstrap cluster\n", "");
	assert_command("glab cluster agent list # bootstrap\n", "");
	assert_command("cat <<EOF\nflux bootstrap git\nEOF\n", "");
}

static void
what_cannot_be_told_is_unknown(void **state)
{
	(void)state;
	assert_command("flux bootstrap git --path=\"clusters/$C\"\n", "flux git \"\"? at \"clusters/$C\"\n");
	assert_command("flux bootstrap git --path=a $MORE\n", "flux git \"\"? at $MORE\n");
	assert_command("flux bootstrap git $MORE --path=a\n", "flux git \"a\" at a\n");
	assert_command("flux bootstrap \"$@\"\n", "flux  \"\"? at \"$@\"\n");
	assert_command("flux bootstrap git --path=${P:-a/b}\n", "flux git \"a/b\"~ at ${P:-a/b}\n");
	assert_command(
		"glab cluster agent bootstrap --manifest-path \"$P\" \"$A\"\n", "glab ? \"\"? at \"$P\"\n");
	assert_command("glab cluster agent bootstrap --manifest-path m \"$A\"\n", "glab ? \"m\" at m\n");
}

static void
slips_are_noticed(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = { { "up.sh",
						      "flux bootstrap gitlab path=a\n"
						      "glab cluster agent bootstrap --path=a b\n"
						      "glab cluster agent bootstrap -p /a b\n"
						      "glab cluster agent bootstrap -p ../a b\n" },
		END };
	const struct tree *tree = tree_new(&arena, entries);
	struct bootstraps found;
	(void)state;
	bootstraps_collect(&arena, &tree->files, &found);
	assert_int_equal(found.commands.len, 4);
	assert_int_equal(found.commands.items[0].arguments[BOOTSTRAP_STRAY_PATH].state, ARGUMENT_KNOWN);
	assert_int_equal(found.commands.items[1].arguments[BOOTSTRAP_UNKNOWN_PATH].state, ARGUMENT_KNOWN);
	assert_true(found.commands.items[1].has_unknown_flag);
	assert_true(found.commands.items[2].is_outside && found.commands.items[3].is_outside);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_taken_in_every_form),
		cmocka_unit_test(a_path_is_cleaned_as_the_program_does),
		cmocka_unit_test(other_flags_take_their_values),
		cmocka_unit_test(what_only_runs_another_program_is_looked_behind),
		cmocka_unit_test(other_commands_are_none),
		cmocka_unit_test(what_cannot_be_told_is_unknown),
		cmocka_unit_test(slips_are_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
