/* What a spec may not say, beside what the schema refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "spec_text.h"

static void
agents_that_share_a_token_are_refused(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };

	assert_string_equal(messages(&arena,
				    "  defaults: {namespace: agents}\n"
				    "  agents: [{name: a, cluster: x}, {name: b, cluster: x}, {name: c}]\n"),
		"the token in Secret \"gitlab-agent-token\" of namespace \"agents\" in cluster \"x\" is "
		"another "
		"agent's\n");
	assert_string_equal(messages(&arena,
				    "  defaults: {chart: {version: 2.9.1}, install: {method: flux},\n"
				    "    features: {flux: false}, receptive: {url: \"grpc://h:1\"}}\n"
				    "  agents: [{name: a, cluster: x}, {name: b, cluster: x}]\n"),
		"the token in Secret \"gitlab-agent-token\" of namespace \"flux-system\" in cluster \"x\" is "
		"another agent's\n");
	(void)good(&arena,
		"  defaults: {namespace: agents, token: {secretName: \"{agent}-token\"}}\n"
		"  agents: [{name: a, cluster: x}, {name: b, cluster: x}]\n");
	(void)good(&arena,
		"  defaults: {namespace: agents, receptive: {url: \"grpc://h:1\"}}\n"
		"  agents: [{name: a, cluster: x}, {name: b, cluster: x}]\n");
}

static void
a_value_that_a_field_decides_is_refused_unless_both_agree(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };

	assert_string_equal(messages(&arena,
				    "  agents:\n    - name: a\n      values:\n"
				    "        config: {kasAddress: wss://x, secretName: null}\n"
				    "        rbac: {create: true}\n"),
		"values.config.kasAddress would override kas.address\n"
		"values.config.secretName would override token.secretName\n"
		"values.rbac.create would override rbac.access\n");
	(void)good(&arena,
		"  agents:\n    - name: a\n      values:\n"
		"        config: {kasAddress: \"wss://kas.gitlab.com\", secretName: gitlab-agent-token}\n"
		"        serviceAccount: {create: true, name: x}\n"
		"    - {name: b, receptive: {url: \"grpc://h:1\"}, values: {config: {kasAddress: null}}}\n");
}

static void
values_that_would_sweep_ours_away_are_refused(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };

	assert_string_equal(
		messages(&arena,
			"  agents: [{name: a, values: {config: x, image: null, extraEnv: {A: b}}},\n"
			"    {name: b, values: {config: {}, extraEnv: []}}]\n"),
		"values.config is no mapping, as the chart takes it\n"
		"values.image is no mapping, as the chart takes it\n"
		"values.extraEnv is no list, as the chart takes it\n");
}

static void
a_token_that_comes_by_a_merge_key_is_found(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(messages(&arena,
				    "  defaults: {values: {extra: &x {config: {token: secret}}}}\n"
				    "  agents: [{name: a, values: {<<: *x}}]\n"),
		"a token never stands in a spec\n");
}

static void
what_no_name_can_mend_is_told_at_once(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(messages(&arena,
				    "  flux: {path: \"../{cluster}\", source: {name: \"{cluster}\"}}\n"
				    "  agents: [{name: a, releaseName: \"A-{agent}\"}]\n"),
		"spec.flux.path: \"../{cluster}\" is no valid directory: expected a directory relative to "
		"the "
		"repository, without \"..\"\n"
		"spec.agents[0].releaseName: \"A-{agent}\" is no valid release-name: expected at most 53 of "
		"a-z, "
		"0-9, \"-\" and \".\", each part starting and ending with a letter or digit (Helm "
		"release)\n");
}

static void
a_token_is_in_nothing_that_can_be_printed(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct reading reading = { 0 };
	const struct str token = STR("glagent-AAAAbbbbCCCCddddEEEE");
	read_text(&arena,
		HEADER "  agents: [{name: a, namespace: glagent-AAAAbbbbCCCCddddEEEE}] # "
		       "glagent-AAAAbbbbCCCCddddEEEE\n",
		&reading);

	assert_null(reading.spec);
	assert_int_equal(findings_count(&reading.findings, SEVERITY_ERROR), 2);
	const struct source *source = sources_get(&reading.sources, 1);
	assert_int_equal(str_find(source->text, token), source->text.len);
	for (size_t i = 0; i < reading.findings.len; i++) {
		struct str message = reading.findings.items[i]->message;
		assert_int_equal(str_find(message, token), message.len);
	}
}

static void
the_program_s_own_names_are_no_tokens(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(
		&arena, "  # written by glagent-gen\n  agents: [{name: a, namespace: glagent-production}]\n");
	assert_int_equal(spec->len, 1);
}

static void
files_are_not_read_where_there_is_no_directory(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(messages(&arena, "  agents: [{name: a, kas: {caCertFile: ca.pem}}]\n"),
		"\"ca.pem\" cannot be read here\n");
}

static void
depth_by_aliases_is_bounded(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf text = { .arena = &arena };
	buf_add(&text, STR("  agents: [{name: a}]\n  defaults:\n    values:\n      a0: &a0 [x]\n"));
	for (int i = 1; i < 300; i++) {
		buf_addf(&text, "      a%d: &a%d [*a%d]\n", i, i, i - 1);
	}
	assert_string_equal(messages(&arena, text.data),
		"the spec is too large once aliases and defaults are written out\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agents_that_share_a_token_are_refused),
		cmocka_unit_test(a_value_that_a_field_decides_is_refused_unless_both_agree),
		cmocka_unit_test(values_that_would_sweep_ours_away_are_refused),
		cmocka_unit_test(a_token_that_comes_by_a_merge_key_is_found),
		cmocka_unit_test(what_no_name_can_mend_is_told_at_once),
		cmocka_unit_test(a_token_is_in_nothing_that_can_be_printed),
		cmocka_unit_test(the_program_s_own_names_are_no_tokens),
		cmocka_unit_test(files_are_not_read_where_there_is_no_directory),
		cmocka_unit_test(depth_by_aliases_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
