#include <setjmp.h>
#include <stdarg.h>

#include "spec.h"
#include "yemit.h"
#include "ypath.h"

#include <cmocka.h>

#define HEADER "apiVersion: glagent.dev/v1alpha1\nkind: AgentFleet\nspec:\n"

struct reading {
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
};

static void
read_text(struct arena *arena, const char *text, struct reading *reading)
{
	struct source *source = arena_new(arena, struct source);
	struct spec_input input = { source, -1, false };
	struct error error = { { 0 } };
	*source = (struct source){ STR("glagent.yaml"), str_from(text) };
	reading->findings.arena = arena;
	if (!spec_read(arena, &input, &reading->sources, &reading->findings, &reading->spec, &error)) {
		fail_msg("%s", error.text);
	}
	findings_finish(&reading->findings, &reading->sources);
}

/* The spec below HEADER, which must be good. */
static const struct spec *
good(struct arena *arena, const char *body)
{
	struct reading reading = { 0 };
	read_text(arena, arena_printf(arena, HEADER "%s", body).ptr, &reading);
	if (!reading.spec) {
		fail_msg("%.*s", STR_ARG(reading.findings.items[0]->message));
	}
	return reading.spec;
}

/* Messages of a bad spec, a line each. */
static const char *
messages(struct arena *arena, const char *body)
{
	struct reading reading = { 0 };
	struct buf out = { .arena = arena };
	read_text(arena, arena_printf(arena, HEADER "%s", body).ptr, &reading);
	assert_null(reading.spec);
	for (size_t i = 0; i < reading.findings.len; i++) {
		buf_addf(&out, "%.*s\n", STR_ARG(reading.findings.items[i]->message));
	}
	return out.data;
}

static const char *
at(struct arena *arena, const struct spec_agent *agent, const char *path)
{
	struct buf out = { .arena = arena };
	const struct ynode *node = ypath_dotted(agent->tree, str_from(path));
	if (!node) {
		return NULL;
	}
	yemit(&out, node);
	return arena_str(arena, str_trim(buf_str(&out))).ptr;
}

static void
an_agent_beats_the_defaults_which_beat_what_is_built_in(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {namespace: agents, features: {ocs: true, flux: true}}\n"
		"  agents:\n    - {name: a, features: {flux: false}}\n    - {name: b, namespace: own}\n");

	assert_int_equal(spec->len, 2);
	assert_string_equal(spec->agents[0].view.namespace, "agents");
	assert_true(spec->agents[0].view.features.ocs);
	assert_false(spec->agents[0].view.features.flux);
	assert_string_equal(spec->agents[1].view.namespace, "own");
	assert_int_equal(spec->agents[1].view.rbac.access, RBAC_DERIVED);
	assert_string_equal(spec->view.flux.namespace, "flux-system");
}

static void
who_installs_with_flux_or_says_so_has_the_flux_module_and_nobody_else(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {chart: {version: 2.9.1}}\n"
		"  agents:\n    - name: a\n    - {name: b, install: {method: flux}}\n"
		"    - {name: c, features: {flux: true}}\n"
		"    - {name: d, install: {method: flux}, features: {flux: false}}\n"
		"    - {name: e, install: {method: flux}, features: null}\n");
	static const bool expected[] = { false, true, true, false, true };

	assert_int_equal(spec->len, countof(expected));
	for (size_t i = 0; i < countof(expected); i++) {
		assert_int_equal(spec->agents[i].view.features.flux, expected[i]);
	}
}

static void
null_takes_a_default_back_and_the_built_in_one_holds_again(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {releaseName: x, proxy: {httpsProxy: \"http://p:1\"}, replicas: 3}\n"
		"  agents: [{name: a, releaseName: null, proxy: ~, replicas: null}]\n");

	assert_string_equal(spec->agents[0].view.release_name, "a");
	assert_null(spec->agents[0].view.proxy.https);
	assert_int_equal(spec->agents[0].view.replicas, 0);
	assert_null(ynode_get(spec->agents[0].tree, STR("proxy")));
}

static void
null_stays_where_it_means_something_to_others(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  agents:\n    - name: a\n      values: {podAnnotations: null, a: {b: ~}}\n"
		"      install: {helmRelease: {storageNamespace: null}}\n");

	assert_string_equal(at(&arena, &spec->agents[0], "values"), "podAnnotations: null\na:\n  b: ~");
	assert_string_equal(at(&arena, &spec->agents[0], "install.helmRelease"), "storageNamespace: null");
}

static void
lists_replace_and_maps_merge(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {kas: {headers: [\"A: b\", \"C: d\"]}, namespaceLabels: {a: b}}\n"
		"  agents: [{name: a, kas: {headers: [\"E: f\"]}, namespaceLabels: {c: d}}]\n");

	assert_int_equal(spec->agents[0].view.kas.headers.len, 1);
	assert_string_equal(spec->agents[0].view.kas.headers.items[0], "E: f");
	assert_string_equal(at(&arena, &spec->agents[0], "namespaceLabels"), "a: b\nc: d");
}

static void
names_are_filled_in_wherever_they_stand(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {namespace: \"{cluster}-{agent}\", values: {a: [\"{agent}\"], b: \"{other}\"}}\n"
		"  agents: [{name: \"1\", cluster: east}, {name: b}]\n");

	assert_string_equal(spec->agents[0].view.namespace, "east-1");
	assert_string_equal(spec->agents[0].view.release_name, "1");
	assert_string_equal(at(&arena, &spec->agents[0], "values.a"), "[\"1\"]");
	assert_string_equal(at(&arena, &spec->agents[0], "values.b"), "\"{other}\"");
	assert_string_equal(spec->agents[1].view.cluster, "b");
}

static void
a_value_keeps_the_place_where_it_is_written(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults:\n    image: {tag: v1}\n  agents:\n    - name: a\n      values: &v {x: y}\n"
		"    - {name: b, values: *v, features: {flux: false}}\n");
	const struct ynode *tag = ypath_dotted(spec->agents[0].tree, STR("image.tag"));
	const struct ynode *x = ypath_dotted(spec->agents[1].tree, STR("values.x"));

	assert_int_equal(tag->source, 1);
	assert_int_equal(tag->span.start, strlen(HEADER "  defaults:\n    image: {tag: "));
	assert_int_equal(x->kind, YNODE_SCALAR);
	assert_true(x->span.start > tag->span.start);
	assert_int_equal(ypath_dotted(spec->agents[0].tree, STR("rbac.access"))->source, 0);
}

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
words_that_readers_retype_are_spelled_once(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  agents: [{name: a, createNamespace: off, replicas: 0x10, releaseName: \"true\",\n"
		"    serviceAccount: {annotations: {a: \"yes\", b: 2001-01-01}}, values: {a: yes}}]\n");

	assert_false(spec->agents[0].view.create_namespace);
	assert_int_equal(spec->agents[0].view.replicas, 16);
	assert_string_equal(spec->agents[0].view.release_name, "true");
	assert_string_equal(
		at(&arena, &spec->agents[0], "serviceAccount.annotations"), "a: \"yes\"\nb: \"2001-01-01\"");
	assert_string_equal(at(&arena, &spec->agents[0], "values"), "a: yes");
}

static void
merge_keys_are_written_out(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  agents:\n    - &a {name: a, namespace: space, values: &v {e: 1, f: 2}}\n"
		"    - {<<: *a, name: b, features: {flux: false}, values: {<<: [{e: 3}, *v], z: {<<: *v, f: "
		"4}}}\n");

	assert_string_equal(spec->agents[1].view.name, "b");
	assert_string_equal(spec->agents[1].view.namespace, "space");
	assert_string_equal(at(&arena, &spec->agents[1], "values"), "z:\n  f: 4\n  e: 1\ne: 3\nf: 2");
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

struct kas_case {
	const char *url, *address;
	enum kas_origin origin;
};

static void
the_address_of_kas_follows_from_the_instance(void **state)
{
	(void)state;
	static const struct kas_case cases[] = {
		{ "https://gitlab.com", "wss://kas.gitlab.com", KAS_GITLAB_COM },
		{ "https://acme.gitlab-dedicated.com", "wss://kas.acme.gitlab-dedicated.com", KAS_DEDICATED },
		{ "https://git.example.com/", "wss://git.example.com/-/kubernetes-agent/", KAS_OMNIBUS },
		{ "https://git.example.com:8443", "wss://git.example.com:8443/-/kubernetes-agent/",
			KAS_OMNIBUS },
		{ "http://git.local", "ws://git.local/-/kubernetes-agent/", KAS_OMNIBUS },
	};
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		const struct spec *spec = good(&arena,
			arena_printf(&arena, "  gitlab: {url: \"%s\"}\n  agents: [{name: a}]\n", cases[i].url)
				.ptr);
		assert_string_equal(arena_str(&arena, spec->agents[0].kas_address).ptr, cases[i].address);
		assert_int_equal(spec->agents[0].kas_origin, cases[i].origin);
	}
}

static void
a_stated_address_counts_and_a_receptive_agent_has_none(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {kas: {address: \"grpcs://kas.example.com\"}}\n"
		"  agents: [{name: a}, {name: b, receptive: {url: \"grpc://b:80\"}}]\n");

	assert_string_equal(arena_str(&arena, spec->agents[0].kas_address).ptr, "grpcs://kas.example.com");
	assert_int_equal(spec->agents[0].kas_origin, KAS_STATED);
	assert_int_equal(spec->agents[1].kas_address.len, 0);
	assert_int_equal(spec->agents[1].kas_origin, KAS_UNKNOWN);
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

static void
a_default_meant_for_others_is_no_contradiction(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {rbac: {access: namespaced, role: edit, namespaces: [x]}}\n"
		"  agents: [{name: a}, {name: b, rbac: {access: view}}]\n");
	assert_int_equal(spec->agents[0].view.rbac.access, RBAC_NAMESPACED);
	assert_int_equal(spec->agents[1].view.rbac.access, RBAC_VIEW);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agent_beats_the_defaults_which_beat_what_is_built_in),
		cmocka_unit_test(who_installs_with_flux_or_says_so_has_the_flux_module_and_nobody_else),
		cmocka_unit_test(null_takes_a_default_back_and_the_built_in_one_holds_again),
		cmocka_unit_test(null_stays_where_it_means_something_to_others),
		cmocka_unit_test(lists_replace_and_maps_merge),
		cmocka_unit_test(names_are_filled_in_wherever_they_stand),
		cmocka_unit_test(a_value_keeps_the_place_where_it_is_written),
		cmocka_unit_test(agents_that_share_a_token_are_refused),
		cmocka_unit_test(a_value_that_a_field_decides_is_refused_unless_both_agree),
		cmocka_unit_test(values_that_would_sweep_ours_away_are_refused),
		cmocka_unit_test(words_that_readers_retype_are_spelled_once),
		cmocka_unit_test(merge_keys_are_written_out),
		cmocka_unit_test(a_token_that_comes_by_a_merge_key_is_found),
		cmocka_unit_test(what_no_name_can_mend_is_told_at_once),
		cmocka_unit_test(the_address_of_kas_follows_from_the_instance),
		cmocka_unit_test(a_stated_address_counts_and_a_receptive_agent_has_none),
		cmocka_unit_test(a_token_is_in_nothing_that_can_be_printed),
		cmocka_unit_test(the_program_s_own_names_are_no_tokens),
		cmocka_unit_test(files_are_not_read_where_there_is_no_directory),
		cmocka_unit_test(depth_by_aliases_is_bounded),
		cmocka_unit_test(a_default_meant_for_others_is_no_contradiction),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
