/* Objects against schemas of CustomResourceDefinitions; the API server's own packages are asked in
 * tests/conformance/crd. */
#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "crd/check.h"
#include "crd/definitions.h"
#include "crd/flux_objects.h"
#include "yaml.h"

#include <cmocka.h>

/* "PATH: message" of each problem, and "open: why". */
static struct str
verdict(struct arena *arena, const char *schema, const char *object)
{
	struct crd_patterns CLEANUP(crd_patterns_release) patterns = { .arena = arena };
	struct crd_problems problems;
	struct buf out = { .arena = arena };
	crd_check(arena, &patterns, yaml_parse(arena, str_from(schema), YTREE_VALUES)->root,
		yaml_parse(arena, str_from(object), YTREE_VALUES)->root, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		buf_addf(&out, "%s%.*s: %.*s", i > 0 ? "; " : "", STR_ARG(problems.items[i].path),
			STR_ARG(problems.items[i].message));
	}
	if (problems.why_open) {
		buf_addf(&out, "%sopen: %s", out.len > 0 ? "; " : "", problems.why_open);
	}
	return out.len > 0 ? buf_str(&out) : STR("holds");
}

/* What is said of `spec: VALUE` when SCHEMA describes spec. */
static void
assert_spec(const char *schema, const char *value, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str whole = arena_printf(&arena, "{type: object, properties: {spec: %s}}", schema);
	struct str object =
		arena_printf(&arena, "{apiVersion: a/v1, kind: A, metadata: {name: a}, spec: %s}", value);
	assert_string_equal(verdict(&arena, whole.ptr, object.ptr).ptr, expected);
}

/* In single quotes. */
static struct str
quoted(struct arena *arena, const char *text)
{
	struct buf out = { .arena = arena };
	buf_add_char(&out, '\'');
	for (; *text; text++) {
		buf_add_repeat(&out, *text, *text == '\'' ? 2 : 1);
	}
	buf_add_char(&out, '\'');
	return buf_str(&out);
}

/* What a rule says of `spec: VALUE`. */
static void
assert_rule(const char *rule, const char *value, const char *expected)
{
	static const char *const properties =
		"text: {type: string}, number: {type: integer}, flag: {type: boolean}, "
		"byDefault: {type: string, default: x}, list: {type: array, items: {type: string}}, "
		"objects: {type: array, items: {type: object, properties: {name: {type: string}}}}, "
		"map: {type: object, additionalProperties: {type: integer}}, "
		"when: {type: string, format: date-time}";
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str schema = arena_printf(&arena,
		"{type: object, properties: {%s}, x-kubernetes-validations: [{message: broken, rule: %s}]}",
		properties, quoted(&arena, rule).ptr);
	assert_spec(schema.ptr, value, expected);
}

static void
types_are_those_of_json(void **state)
{
	(void)state;
	assert_spec("{type: string}", "text", "holds");
	assert_spec("{type: string}", "yes", "holds");
	assert_spec("{type: string}", "true", "spec: expected a string, found a boolean");
	assert_spec("{type: string}", "1", "spec: expected a string, found an integer");
	assert_spec("{type: integer}", "0x10", "holds");
	assert_spec("{type: integer}", "1.0", "holds");
	assert_spec("{type: integer}", "1.5", "spec: expected an integer, found a number");
	assert_spec("{type: integer}", "'1'", "spec: expected an integer, found a string");
	assert_spec("{type: number}", "1", "holds");
	assert_spec("{type: boolean}", "yes", "spec: expected a boolean, found a string");
	assert_spec("{type: array}", "{}", "spec: expected a list, found a mapping");
	assert_spec("{type: object}", "[]", "spec: expected a mapping, found a list");
	assert_spec("{x-kubernetes-int-or-string: true}", "'50%'", "holds");
	assert_spec("{x-kubernetes-int-or-string: true}", "true",
		"spec: expected an integer or a string, found a boolean");
}

static void
nulls_are_dropped_before_anything_is_judged(void **state)
{
	(void)state;
	const char *const schema =
		"{type: object, required: [a, b], properties: {a: {type: string}, "
		"b: {type: string, default: x, enum: [x]}, c: {type: string, nullable: true, enum: [x]}}}";
	assert_spec(schema, "{a: null}", "spec.a: is missing");
	assert_spec(schema, "{a: y, b: null}", "holds");
	assert_spec(schema, "{a: y, c: null}", "spec.c: null is not \"x\"");
	assert_spec(
		"{type: array, items: {type: string}}", "[null]", "spec[0]: expected a string, found null");
	assert_spec("{type: array, items: {type: string, nullable: true}}", "[null]", "holds");
}

static void
fields_must_be_declared_unless_the_schema_keeps_others(void **state)
{
	(void)state;
	assert_spec("{type: object, properties: {a: {type: string}}}", "{b: 1}", "spec.b: is no field");
	assert_spec("{type: object}", "{b: 1}", "holds");
	assert_spec("{type: object, additionalProperties: {type: string}}", "{b: c}", "holds");
	assert_spec("{type: object, additionalProperties: {type: string}}", "{b: 1}",
		"spec.b: expected a string, found an integer");
	/* A server-side apply keeps what stands below such a field, though it is pruned. */
	assert_spec(
		"{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: object, "
		"properties: {b: {type: string}}}}}",
		"{x: 1, a: {y: 1}}", "holds");
	assert_spec("{type: array, items: {type: object, properties: {a: {type: string}}}}",
		"[{a: b}, {c: d}]", "spec[1].c: is no field");
}

static void
lists_of_keys_have_each_key_once(void **state)
{
	(void)state;
	const char *const map =
		"{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port, protocol], "
		"items: {type: object, properties: {port: {type: integer}, "
		"protocol: {type: string, default: TCP}}}}";
	assert_spec(map, "[{port: 80}, {port: 80, protocol: UDP}]", "holds");
	assert_spec(map, "[{port: 80}, {port: 0x50, protocol: TCP}]", "spec[1]: is in the list twice");
	assert_spec(map, "[{port: 80}, {port: 80, protocol: '${protocol}'}]", "open: a variable");
	assert_spec("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, b, a]",
		"spec[2]: is in the list twice");
	assert_spec("{type: array, items: {type: string}}", "[a, a]", "holds");
}

static void
lengths_count_code_points(void **state)
{
	(void)state;
	assert_spec("{type: string, maxLength: 3}", "äöü", "holds");
	assert_spec(
		"{type: string, maxLength: 3}", "äöüß", "spec: must have at most 3 characters, and has 4");
	assert_spec("{type: object, additionalProperties: {type: string}, minProperties: 1}", "{a: null}",
		"spec: must have at least 1 key, and has 0");
	assert_spec("{type: integer, minimum: 1, exclusiveMinimum: true}", "1", "spec: 1 is not more than 1");
}

static void
patterns_that_go_reads_otherwise_are_left_open(void **state)
{
	(void)state;
	assert_spec("{type: string, pattern: '^a+$'}", "aa", "holds");
	assert_spec("{type: string, pattern: 'b'}", "abc", "holds");
	assert_spec("{type: string, pattern: '^[*+]+$'}", "'*+'", "holds");
	assert_spec("{type: string, pattern: '^a++$'}", "aa", "open: a pattern that Go reads otherwise");
	assert_spec("{type: string, pattern: '^(?i)a$'}", "A", "open: a pattern that Go reads otherwise");
	assert_spec(
		"{type: string, pattern: '^[[:alpha:]]$'}", "a", "open: a pattern that Go reads otherwise");
	assert_spec("{type: string, pattern: '^\\pL$'}", "a", "open: a pattern that Go reads otherwise");
	assert_spec("{type: string, pattern: '^a$'}", "\"a\\n\"", "open: a pattern that Go reads otherwise");
}

static void
formats_are_those_that_the_server_looks_at(void **state)
{
	(void)state;
	assert_spec("{type: string, format: byte}", "YWJj", "holds");
	assert_spec("{type: string, format: byte}", "YW", "spec: expected base64");
	assert_spec("{type: string, format: date-time}", "'2024-02-01T10:00:00Z'", "holds");
	assert_spec("{type: string, format: date-time}", "'2024-02-30T10:00:00Z'", "open: a format");
	assert_spec("{type: string, format: date-time}", "'2024-02-01'",
		"spec: expected a time, 2006-01-02T15:04:05Z");
	assert_spec("{type: string, format: hostname}", "'not one'", "open: a format");
	assert_spec("{type: string, format: unheard-of}", "any", "open: a format");
	assert_spec("{type: integer, format: int32}", "5000000000", "holds"); /* servers differ */
}

static void
forms_are_chosen_by_what_is_there(void **state)
{
	(void)state;
	const char *const one = "{type: object, properties: {a: {type: string}, b: {type: string}}, "
				"oneOf: [{required: [a]}, {required: [b]}]}";
	assert_spec(one, "{a: x}", "holds");
	assert_spec(one, "{a: x, b: y}", "spec: needs exactly one of a or b, and has several");
	assert_spec(one, "{}", "spec: needs exactly one of a or b, and has none");
	assert_spec("{type: object, properties: {a: {type: string}}, not: {required: [a]}}", "{a: x}",
		"spec: has a form that it must not have");
	assert_spec(
		"{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}", "1", "holds");
	assert_spec(
		"{type: object, properties: {a: {type: string}}, anyOf: [{properties: {a: {pattern: '^x'}}}, "
		"{properties: {a: {pattern: '^y'}}}]}",
		"{a: '${a}'}", "open: a variable");
}

static void
what_is_filled_in_later_is_left_open(void **state)
{
	(void)state;
	assert_spec("{type: integer}", "'${replicas}'", "open: a variable");
	assert_spec("{type: integer}", "'{{ .Values.replicas }}'", "open: a variable");
	assert_spec("{type: integer}", "'ENC[AES256_GCM,data:aa,type:int]'", "open: a variable");
	assert_spec("{type: object, required: [a], properties: {a: {type: string}}}", "{'${key}': x}",
		"open: a key that is a merge or a variable");
	assert_spec("{type: object, required: [a], properties: {a: {type: string}}}", "{<<: {a: b}}",
		"open: a key that is a merge or a variable");
	assert_spec(
		"{type: string, maxLength: 10}", "2024-01-01", "open: a time that kustomize writes in full");
}

static void
aliases_are_followed(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	(void)state;
	assert_string_equal(
		verdict(&arena,
			"{type: object, properties: {spec: {type: array, items: {type: object, properties: "
			"{a: {type: integer}}}}}}",
			"{kind: A, metadata: &m {name: a}, spec: [&i {a: x}, *i]}")
			.ptr,
		"spec[0].a: expected an integer, found a string; spec[1].a: expected an integer, found a "
		"string");
}

static void
metadata_has_the_fields_of_every_object(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *const schema = "{type: object, properties: {spec: {type: object}}}";
	(void)state;
	assert_string_equal(verdict(&arena, schema, "{metadata: {name: a, lables: {}}}").ptr,
		"metadata.lables: is no field");
	assert_string_equal(
		verdict(&arena, schema, "{metadata: {creationTimestamp: null}, sops: {}, status: {}}").ptr,
		"holds");
	assert_string_equal(verdict(&arena, schema, "{sepc: {}}").ptr, "sepc: is no field");
}

static void
rules_of_the_simple_kinds_are_evaluated(void **state)
{
	(void)state;
	assert_rule("has(self.text)", "{text: a}", "holds");
	assert_rule("has(self.text)", "{}", "spec: broken");
	assert_rule("has(self.byDefault) && self.byDefault == 'x'", "{}", "holds");
	assert_rule(
		"self.text.startsWith('a') ? self.number > 1 : !self.flag", "{text: ab, number: 2}", "holds");
	assert_rule("self.text.startsWith('a') ? self.number > 1 : !self.flag", "{text: b, flag: true}",
		"spec: broken");
	assert_rule("self.text in ['a', 'b']", "{text: c}", "spec: broken");
	assert_rule("size(self.list) <= 1 && self.list.size() >= 0", "{list: [a, b]}", "spec: broken");
	assert_rule("self.text.size() == 2", "{text: äö}", "holds");
	assert_rule("self.objects.all(x, self.objects.exists_one(y, y.name == x.name))",
		"{objects: [{name: a}, {name: b}, {name: a}]}", "spec: broken");
	assert_rule("[has(self.text), has(self.number)].filter(x, x).size() == 1", "{text: a}", "holds");
	assert_rule("(has(self.text) ? 1 : 0) + (has(self.number) ? 1 : 0) <= 1", "{text: a, number: 1}",
		"spec: broken");
	assert_rule("!('a' in self.map) || self.map['a'] != 1", "{map: {a: 1}}", "spec: broken");
	assert_rule("self.map.all(key, key.matches(r\"^[a-z]+$\"))", "{map: {a: 1, B: 2}}", "spec: broken");
	assert_rule("-self.number < 0 || false", "{number: 1}", "holds");
}

static void
logic_passes_on_what_is_open_and_what_fails(void **state)
{
	const char *const rule = "a rule that is not of the simple kinds";
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str open = arena_printf(&arena, "open: %s", rule);
	(void)state;
	assert_rule("duration(self.text) > duration('1s')", "{text: a}", open.ptr);
	assert_rule("self.flag || duration(self.text) > duration('1s')", "{text: a, flag: true}", "holds");
	assert_rule("duration(self.text) > duration('1s') && self.flag", "{text: a, flag: false}",
		"spec: broken");
	assert_rule(
		"self.flag || self.text == 'a'", "{flag: true}", "holds"); /* an error beside what decides */
	assert_rule("self.text == 'a'", "{}",
		"spec: the rule \"self.text == 'a'\" needs text, which is not there");
	assert_rule("self == oldSelf", "{text: a}", "holds");
	assert_rule("self.text == 'a' ||", "{text: a}", open.ptr);
	assert_rule("self.when == 'a'", "{when: '2024-02-01T10:00:00Z'}", open.ptr);
	assert_rule("self.text == 'a'", "{text: '${text}'}", "open: a variable");
	assert_rule("has(self.text)", "{text: '${text}'}", "open: a variable");
}

static void
two_definitions_of_a_kind_say_nothing(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct crd_definitions definitions = { 0 };
	const struct ynode *root = yaml_parse(&arena,
		STR("{spec: {group: g, names: {kind: K}, versions: [{name: v1, "
		    "served: true}, {name: v2, served: false}, {name: v3, served: "
		    "true}]}}"),
		YTREE_VALUES)
					   ->root;
	struct resource first = { .group = STR("apiextensions.k8s.io"),
		.version = STR("v1"),
		.kind = STR("CustomResourceDefinition") };
	struct resource second = first, old = first;
	(void)state;
	old.version = STR("v1beta1");
	crd_definitions_add(&arena, &definitions, &old, root, false);
	assert_null(crd_definitions_get(&definitions, STR("g"), STR("K")));
	crd_definitions_add(&arena, &definitions, &first, root, false);
	crd_definitions_add(&arena, &definitions, &first, root, false);
	const struct crd_definition *found = crd_definitions_get(&definitions, STR("g"), STR("K"));
	assert_non_null(found);
	assert_false(found->is_open);
	assert_string_equal(crd_definition_served(&arena, found).ptr, "v1, v3");
	assert_false(crd_version_is_served(crd_definition_version(found, STR("v2"))));
	assert_null(crd_definition_version(found, STR("v4")));
	crd_definitions_add(&arena, &definitions, &second, root, false);
	assert_true(found->is_open);
}

static void
our_schema_knows_when_fields_came(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct crd_definitions own;
	struct identity release = {
		.group = STR("helm.toolkit.fluxcd.io"), .version = STR("v2"), .kind = STR("HelmRelease")
	};
	(void)state;
	flux_objects_load(&arena, &own);
	assert_true(str_eq(flux_objects_since(&own, &release, STR("spec.commonMetadata")), STR("2.7")));
	assert_true(
		str_eq(flux_objects_since(&own, &release, STR("spec.dependsOn[3].readyExpr")), STR("2.7")));
	assert_int_equal(flux_objects_since(&own, &release, STR("spec.chart")).len, 0);
	assert_int_equal(flux_objects_since(&own, &release, STR("spec.nothing.at.all")).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_those_of_json),
		cmocka_unit_test(nulls_are_dropped_before_anything_is_judged),
		cmocka_unit_test(fields_must_be_declared_unless_the_schema_keeps_others),
		cmocka_unit_test(lists_of_keys_have_each_key_once),
		cmocka_unit_test(lengths_count_code_points),
		cmocka_unit_test(patterns_that_go_reads_otherwise_are_left_open),
		cmocka_unit_test(formats_are_those_that_the_server_looks_at),
		cmocka_unit_test(forms_are_chosen_by_what_is_there),
		cmocka_unit_test(what_is_filled_in_later_is_left_open),
		cmocka_unit_test(aliases_are_followed),
		cmocka_unit_test(metadata_has_the_fields_of_every_object),
		cmocka_unit_test(rules_of_the_simple_kinds_are_evaluated),
		cmocka_unit_test(logic_passes_on_what_is_open_and_what_fails),
		cmocka_unit_test(two_definitions_of_a_kind_say_nothing),
		cmocka_unit_test(our_schema_knows_when_fields_came),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
