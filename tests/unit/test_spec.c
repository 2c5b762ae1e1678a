#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "yemit.h"
#include "ypath.h"

#include <cmocka.h>

#include "spec_text.h"

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

static void
words_that_readers_retype_are_spelled_once(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  agents: [{name: a, createNamespace: off, replicas: 0x10, releaseName: \"true\",\n"
		"    serviceAccount: {annotations: {a: \"yes\", b: 2001-01-01}}, values: {a: yes, b: "
		"2001-01-01, c: 0o17}}]\n");

	assert_false(spec->agents[0].view.create_namespace);
	assert_int_equal(spec->agents[0].view.replicas, 16);
	assert_string_equal(spec->agents[0].view.release_name, "true");
	assert_string_equal(
		at(&arena, &spec->agents[0], "serviceAccount.annotations"), "a: \"yes\"\nb: \"2001-01-01\"");
	assert_string_equal(at(&arena, &spec->agents[0], "values"), "a: true\nb: \"2001-01-01\"\nc: 15");
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
		cmocka_unit_test(merge_keys_are_written_out),
		cmocka_unit_test(the_address_of_kas_follows_from_the_instance),
		cmocka_unit_test(a_stated_address_counts_and_a_receptive_agent_has_none),
		cmocka_unit_test(a_default_meant_for_others_is_no_contradiction),
		cmocka_unit_test(words_that_readers_retype_are_spelled_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
