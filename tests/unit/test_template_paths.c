/* Every path in the templates leads somewhere: a typo must not pass for an absent value. */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>

#include "context.h"
#include "embedded.h"
#include "fs_open.h"
#include "kpt.h"
#include "map.h"
#include "outputs.h"
#include "template.h"
#include "template_text.h"
#include "yaml.h"

#include <cmocka.h>

/* Each agent says what another leaves out, so that together they fill every hole. */
static const char body[] =
	"  gitlab: {url: \"https://git.example.com\", project: a/b}\n"
	"  agents:\n"
	"    - name: a\n"
	"      replicas: 1\n"
	"      chart: {version: 2.9.1}\n"
	"      image: {repository: r/a, tag: v1}\n"
	"      kas: {headers: [\"A: b\"], caCertFile: ca.pem}\n"
	"      proxy: {httpsProxy: \"http://p:1\"}\n"
	"      serviceAccount: {name: a, annotations: {a: b}}\n"
	"      values: {extraEnv: [{name: A, value: b}, {name: B, valueFrom: {fieldRef: {fieldPath: a}}}]}\n"
	"      config: {observability: {logging: {level: warn}}}\n"
	"    - {name: b, features: {ocs: true, flux: false}, rbac: {access: existing, role: r}}\n"
	"    - {name: c, rbac: {access: cluster-admin}, chart: {version: 1.11.1}, kas: {caCertFile: "
	"ca.pem}}\n"
	"    - {name: d, rbac: {access: none}, receptive: {url: \"grpcs://d:443\", jwtPublicKey: k}}\n";

/* The same of packages. */
static const char package_body[] = "  defaults: {chart: {version: 2.6.2}, namespaceLabels: {a: b}}\n"
				   "  agents:\n"
				   "    - name: a\n"
				   "      kas: {headers: [\"A: b\"], caCertFile: ca.pem}\n"
				   "      features: {ocs: true}\n"
				   "      rbac: {access: existing, role: r}\n"
				   "      serviceAccount: {annotations: {a: b}}\n"
				   "      values:\n"
				   "        config: {observability: {tls: {enabled: true}}}\n"
				   "        resources: {limits: {cpu: 1, memory: 1Gi}}\n"
				   "        imagePullSecrets: [{name: a}]\n"
				   "        priorityClassName: a\n"
				   "        runtimeClassName: a\n"
				   "        initContainers: [{name: a}]\n"
				   "        nodeSelector: {a: b}\n"
				   "        affinity: {a: b}\n"
				   "        tolerations: [{key: a}]\n"
				   "        hostAliases: [{ip: a}]\n";

struct hunt {
	struct arena *arena;
	const struct scope *scope;
	struct map *found; /* paths that led somewhere */
	struct map *named; /* paths of the template */
};

/* Items of the lists that templates go through stand in for !each. */
static const char *const lists[] = { "proxy.env", "env" };

static bool
leads_somewhere(const struct hunt *hunt, struct str path)
{
	if (scope_get(hunt->scope, path)) {
		return true;
	}
	for (size_t i = 0; i < countof(lists); i++) {
		const struct ynode *list = scope_get(hunt->scope, str_from(lists[i]));
		for (const struct ynode *item = list ? list->first : NULL; item; item = item->next) {
			struct scope inner = { ynode_follow(item), hunt->scope };
			if (scope_get(&inner, path)) {
				return true;
			}
		}
	}
	return false;
}

static void
visit(const struct ynode *at, struct str path, void *context)
{
	struct hunt *hunt = context;
	static char yes;
	(void)at;
	map_put(hunt->arena, hunt->named, path, &yes);
	if (leads_somewhere(hunt, path)) {
		map_put(hunt->arena, hunt->found, path, &yes);
	}
}

static const struct spec *
whole_spec(struct arena *arena, const char *text)
{
	struct source *source = arena_new(arena, struct source);
	int CLEANUP(fd_close) directory = open(TESTDATA "/gen/self-managed-ca/certs", O_RDONLY | O_DIRECTORY);
	struct spec_input input = { source, directory, false };
	struct sources *sources = arena_new(arena, struct sources);
	struct findings findings = { .arena = arena };
	const struct spec *spec = NULL;
	struct error error = { { 0 } };

	*source = (struct source){ STR("glagent.yaml"),
		arena_printf(arena, "apiVersion: glagent.dev/v1alpha1\nkind: AgentFleet\nspec:\n%s", text) };
	assert_true(spec_read(arena, &input, sources, &findings, &spec, &error));
	if (!spec) {
		fail_msg("%.*s", STR_ARG(findings.items[0]->message));
	}
	return spec;
}

/* `derive` as an output has it; NULL: nothing. */
static void
check_template(struct arena *arena, const char *name, const char *text,
	const struct ynode *(*derive)(
		struct arena *arena, const struct spec *spec, const struct spec_agent *agent))
{
	struct map found = { 0 }, named = { 0 };
	struct str file = arena_printf(arena, "templates/%s.yaml", name);
	const struct ydoc *template = yaml_parse(arena, embedded_get(file), YTREE_COMMENTS);

	const struct spec *spec = whole_spec(arena, text);
	for (size_t i = 0; i < spec->len; i++) {
		struct scope fleet = { spec->tree, NULL }, tree = { spec->agents[i].tree, &fleet };
		struct scope derived = { context_derive(arena, spec, &spec->agents[i]), &tree };
		struct scope own = { derive ? derive(arena, spec, &spec->agents[i]) : NULL, &derived };
		struct hunt hunt = { arena, &own, &found, &named };
		template_each_path(template, visit, &hunt);
	}
	assert_true(named.len > 0);
	for (const struct map_entry *entry = named.first; entry; entry = entry->next) {
		if (!map_get(&found, entry->key)) {
			fail_msg("%s: nothing is ever at \"%.*s\"", file.ptr, STR_ARG(entry->key));
		}
	}
}

static void
values_names_nothing_that_is_never_there(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	check_template(&arena, "values", body, NULL);
}

static void
config_names_nothing_that_is_never_there(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	check_template(&arena, "config", body, NULL);
}

static void
packages_name_nothing_that_is_never_there(void **state)
{
	(void)state;
	static const char *const names[] = { "kpt/kptfile", "kpt/setters", "kpt/namespace",
		"kpt/serviceaccount", "kpt/clusterrolebinding", "kpt-2.6.2/ocs", "kpt-2.6.2/configmap",
		"kpt-2.6.2/deployment", "kpt-2.6.2/servicemonitor" };
	struct arena CLEANUP(arena_release) arena = { 0 };
	for (size_t i = 0; i < countof(names); i++) {
		check_template(&arena, names[i], package_body, kpt_derive);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_names_nothing_that_is_never_there),
		cmocka_unit_test(config_names_nothing_that_is_never_there),
		cmocka_unit_test(packages_name_nothing_that_is_never_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
