#include <setjmp.h>
#include <stdarg.h>

#include "kpt.h"
#include "kpt_values.h"
#include "ypath.h"

#include <cmocka.h>

#include "spec_text.h"

/* The one agent of a spec whose fields beside name and chart are `more`, in flow style. */
#define AGENT(more) "  agents: [{name: a, chart: {version: 2.6.2}" more "}]\n"
#define VALUES(values) AGENT(", values: {" values "}")

static struct str
refusal(struct arena *arena, const char *body)
{
	const struct spec *spec = good(arena, body);
	return arena_str(arena, kpt_refuse(arena, spec, &spec->agents[0]));
}

static const struct ynode *
derived(struct arena *arena, const char *body)
{
	const struct spec *spec = good(arena, body);
	assert_string_equal(arena_str(arena, kpt_refuse(arena, spec, &spec->agents[0])).ptr, "");
	return kpt_derive(arena, spec, &spec->agents[0]);
}

static void
expect(const struct ynode *scope, const char *path, const char *text)
{
	struct str actual = ynode_str(ypath_dotted(scope, str_from(path)));
	if (!str_eq(actual, str_from(text))) {
		fail_msg("%s is \"%.*s\", not \"%s\"", path, STR_ARG(actual), text);
	}
}

static void
charts_whose_objects_are_not_known_are_refused(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(refusal(&arena, "  agents: [{name: a, chart: {version: 2.9.1}}]\n").ptr,
		"chart.version of agent \"a\" is 2.9.1, whose objects are not known here: those of 1.11.1 "
		"and 2.6.2 are");
	assert_string_equal(refusal(&arena, "  agents: [{name: a}]\n").ptr,
		"agent \"a\" states no chart.version: a package is made of a chart, and known here are the "
		"objects of 1.11.1 and 2.6.2");
	assert_string_equal(refusal(&arena, AGENT("")).ptr, "");
}

/* Problems of values, each with the spec that has it. */
static const struct {
	const char *body, *problem;
} bad_values[] = {
	{ VALUES("image: {tag: 1.10}"), "image.tag is not a string, as the chart takes it" },
	{ VALUES("resources: null"), "resources is not a mapping, as the chart takes it" },
	{ VALUES("maxSurge: \"3\""),
		"maxSurge: the chart writes \"3\" without quotes, and that is another value then" },
	{ VALUES("extraArgs: [--a, \"--b: c\"]"),
		"extraArgs: the chart writes \"--b: c\" without quotes, and that is another value "
		"then" },
	{ AGENT(", rbac: {access: existing, role: \"true\"}"),
		"rbac.useExistingRole: the chart writes \"true\" without quotes, and that is another "
		"value then" },
	{ AGENT(", releaseName: \"123\""),
		"releaseName: the chart writes \"123\" without quotes, and that is another value "
		"then" },
	{ AGENT(", namespace: \"on\""),
		"namespace: the chart writes \"on\" without quotes, and that is another value then" },
	{ VALUES("fullnameOverride: \"1e3\""),
		"the full name: the chart writes \"1e3\" without quotes, and that is another value "
		"then" },
	{ VALUES("image: {repository: \"${a}\"}"),
		"the image has \"${\", which setters take for one of theirs" },
	{ VALUES("podLabels: {app.kubernetes.io/name: a}"),
		"podLabels has the label app.kubernetes.io/name, which the pods have already" },
	{ VALUES("additionalLabels: {a: b}, podLabels: {a: c}"),
		"podLabels has the label a, which the pods have already" },
	{ VALUES("config: {observability: {tls: {enabled: true, secret: {create: true}}}}"),
		"config.observability.tls.secret.create would put a private key into a file: make "
		"the "
		"Secret yourself and state its name" },
	{ VALUES("nodeSelector: {a: null}"),
		"nodeSelector.a is null and overrides nothing, which versions of Helm take "
		"differently" },
	{ VALUES("affinity: {a: \"x\\u007f\"}"),
		"affinity holds a control character, an integer of 2^53 or more or a text that ends "
		"in "
		"empty lines, none of which Helm carries" },
	{ VALUES("affinity: {a: [\"\\n\"]}"),
		"affinity holds a control character, an integer of 2^53 or more or a text that ends in "
		"empty lines, none of which Helm carries" },
	{ VALUES("affinity: {a: [\"x\\n\\n\"]}"),
		"affinity holds a control character, an integer of 2^53 or more or a text that ends in "
		"empty lines, none of which Helm carries" },
	{ VALUES("securityContext: {runAsUser: 9007199254740993}"),
		"securityContext holds a control character, an integer of 2^53 or more or a text "
		"that "
		"ends "
		"in empty lines, none of which Helm carries" },
};

static void
what_the_chart_would_render_otherwise_is_refused_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(bad_values); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct str expected =
			arena_printf(&arena, "values of agent \"a\": %s", bad_values[i].problem);
		assert_string_equal(refusal(&arena, bad_values[i].body).ptr, expected.ptr);
	}
}

static void
text_is_bare_when_it_is_the_same_without_quotes(void **state)
{
	(void)state;
	static const char *const good_texts[] = { "a", "v1.2", "a:b", "25%", "--a=b", "wss://a/-/b/", "-a",
		"12-a" };
	static const char *const bad_texts[] = { "", "1.10", "yes", "y", "~", "a: b", "a #b", "#a", " a",
		"a ", "[a]", "*a", "!a", "- a", "a:", "\"a\"", "a\nb", "0x1F", "12:30:00", "\ta" };
	struct arena CLEANUP(arena_release) arena = { 0 };
	for (size_t i = 0; i < countof(good_texts); i++) {
		assert_true(kpt_is_bare(&arena, str_from(good_texts[i])));
	}
	for (size_t i = 0; i < countof(bad_texts); i++) {
		bool is_time =
			strcmp(bad_texts[i], "12:30:00") == 0; /* a number to YAML 1.1, but not to Go */
		assert_int_equal(kpt_is_bare(&arena, str_from(bad_texts[i])), is_time);
	}
}

static void
names_are_cut_as_the_chart_cuts_them(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *scope = derived(&arena,
		VALUES("fullnameOverride: "
		       "a123456789b123456789c123456789d123456789e123456789f1234567-9g12-4"));
	expect(scope, "fullname", "a123456789b123456789c123456789d123456789e123456789f1234567-9g12");
	expect(scope, "deployment", "a123456789b123456789c123456789d123456789e123456789f1234567-9-v2");
	scope = derived(&arena, AGENT(""));
	expect(scope, "fullname", "a-gitlab-agent");
	expect(scope, "deployment", "a-gitlab-agent-v2");
	expect(scope, "account.name", "a-gitlab-agent");
}

static void
an_older_chart_has_names_and_values_of_its_own(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *scope = derived(&arena,
		"  agents: [{name: a, chart: {version: 1.11.1}, values: {podLabels: {b: c}, "
		"podAnnotations: {prometheus.io/port: \"1\"}, maxSurge: [\"not read\"]}}]\n");
	expect(scope, "deployment", "a-gitlab-agent");
	expect(scope, "setters.imageTag", "v15.9.0");
	expect(scope, "setters.replicas", "1");
	expect(scope, "selector.app", "gitlab-agent");
	assert_int_equal(ynode_get(scope, STR("selector"))->len, 2 * 2);
	assert_int_equal(ypath_dotted(scope, STR("pod.annotations"))->len, 2 * 3);
	assert_string_equal(
		refusal(&arena,
			"  agents: [{name: a, chart: {version: 1.11.1}, values: {podLabels: {app: b}}}]\n")
			.ptr,
		"values of agent \"a\": podLabels has the label app, which the pods have already");
}

static void
values_are_those_of_the_chart_under_those_of_the_agent(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *scope = derived(&arena,
		VALUES("podAnnotations: {prometheus.io/port: null, a: b}, resources: {limits: {cpu: 0, "
		       "memory: 1Gi}}, nodeSelector: {}, podLabels: {c: d}"));
	expect(scope, "chartValues.image.pullPolicy", "IfNotPresent");
	expect(scope, "setters.imageTag", "v17.3.1");
	expect(scope, "setters.replicas", "2");
	assert_int_equal(ypath_dotted(scope, STR("pod.annotations"))->len, 2 * 3);
	assert_int_equal(ypath_dotted(scope, STR("pod.labels"))->len, 2 * 5);
	assert_null(ypath_dotted(scope, STR("pod.limitsCpu")));
	assert_non_null(ypath_dotted(scope, STR("pod.limitsMemory")));
	assert_null(ypath_dotted(scope, STR("pod.nodeSelector")));
	scope = derived(&arena, VALUES("config: {observability: {enabled: false}}"));
	assert_int_equal(ypath_dotted(scope, STR("pod.annotations"))->len, 0);
}

static void
a_namespace_is_in_the_first_package_of_its_cluster(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {namespace: agents, token: {secretName: \"{agent}\"}}\n"
		"  agents:\n"
		"    - {name: a, cluster: east}\n"
		"    - {name: b, cluster: east}\n"
		"    - {name: c, cluster: west}\n"
		"    - {name: d, cluster: north, createNamespace: false}\n"
		"    - {name: e, cluster: north}\n"
		"    - {name: f, namespace: default}\n");
	static const bool expected[] = { true, false, true, false, true, false };
	for (size_t i = 0; i < countof(expected); i++) {
		assert_int_equal(kpt_has_namespace(spec, &spec->agents[i]), expected[i]);
	}
}

static void
roles_are_marked_where_they_name_the_namespace(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		AGENT(", namespace: ops, rbac: {access: namespaced, role: edit, namespaces: [ops, shop]}"));
	const struct ynode *scope = kpt_rbac_derive(&arena, spec, &spec->agents[0]);
	const struct ynode *own = ypath_pointer(scope, STR("/spaces/0"));
	const struct ynode *other = ypath_pointer(scope, STR("/spaces/1"));
	expect(scope, "accountSet", "kpt-set: ${namespace}");
	expect(scope, "objectSet", "kpt-set: ${namespace}:a-gitlab-agent:features");
	expect(own, "objectSet", "kpt-set: ${namespace}:a-gitlab-agent:edit");
	expect(own, "spaceSet", "kpt-set: ${namespace}");
	expect(other, "objectSet", "kpt-set: ${namespace}:a-gitlab-agent:edit");
	assert_null(ynode_get(other, STR("spaceSet")));
	const struct ynode *key = ynode_key(ynode_get(other, STR("subject")), STR("namespace"));
	assert_true(str_eq(ynode_extra(key)->beside, STR("# kpt-set: ${namespace}")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(charts_whose_objects_are_not_known_are_refused),
		cmocka_unit_test(what_the_chart_would_render_otherwise_is_refused_by_name),
		cmocka_unit_test(text_is_bare_when_it_is_the_same_without_quotes),
		cmocka_unit_test(names_are_cut_as_the_chart_cuts_them),
		cmocka_unit_test(an_older_chart_has_names_and_values_of_its_own),
		cmocka_unit_test(values_are_those_of_the_chart_under_those_of_the_agent),
		cmocka_unit_test(a_namespace_is_in_the_first_package_of_its_cluster),
		cmocka_unit_test(roles_are_marked_where_they_name_the_namespace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
