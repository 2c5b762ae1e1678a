/* What is imported renders to the same effective values, and reinstalls nothing. */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

#include "choose.h"
#include "fs.h"
#include "import.h"
#include "init.h"
#include "join.h"
#include "reinstall.h"
#include "yaml.h"
#include "yemit.h"

#include <cmocka.h>

#define HEAD                                                                                                 \
	"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"                                         \
	"metadata: {name: gitlab-agent, namespace: flux-system}\nspec:\n  interval: 1m0s\n"                  \
	"  chart: {spec: {chart: gitlab-agent, version: 2.9.1, sourceRef: {kind: HelmRepository, name: "     \
	"gitlab}}}\n"
#define GLAB                                                                                                 \
	HEAD "  releaseName: gitlab-agent\n  targetNamespace: gitlab-agent\n"                                \
	     "  storageNamespace: gitlab-agent\n  install: {createNamespace: true}\n"                        \
	     "  values:\n    config: {kasAddress: 'wss://kas.gitlab.com', secretName: gitlab-agent-token}\n"

struct place {
	struct arena arena;
	char path[sizeof("/tmp/glagent-import-XXXXXX")];
	struct str spec; /* the text that init --from makes */
};

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

/* Imports a directory with that file, by way of a file that init writes. */
static void
import_text_of(struct place *place, const char *text)
{
	struct error error = { { 0 } };
	struct source written;
	memcpy(place->path, "/tmp/glagent-import-XXXXXX", sizeof(place->path));
	assert_non_null(mkdtemp(place->path));
	int fd = open(place->path, O_RDONLY | O_DIRECTORY);
	assert_true(fs_write(fd, STR("clusters/prod/release.yaml"), str_from(text), &error));
	struct str spec = arena_printf(&place->arena, "%s/glagent.yaml", place->path);
	if (!init_write(&place->arena, spec.ptr, place->path, &error)) {
		fail_msg("%s", error.text);
	}
	assert_true(fs_read_named(&place->arena, spec.ptr, &written, &error));
	place->spec = written.text;
	assert_int_equal(close(fd), 0);
	assert_int_equal(nftw(place->path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static struct str
values_of(struct arena *arena, struct str release)
{
	struct buf out = { .arena = arena };
	const struct ynode *root = yaml_parse(arena, release, YTREE_VALUES)->root;
	const struct ynode *values = ynode_at(root, "spec", "values", NULL);
	yemit(&out, values ? values : ynode_collection(arena, YNODE_MAPPING));
	return buf_str(&out);
}

/* The HelmRelease that the imported spec makes. */
static struct str
rendered(struct place *place)
{
	struct arena *arena = &place->arena;
	struct source *source = arena_new(arena, struct source);
	struct sources *sources = arena_new(arena, struct sources);
	struct findings findings = { .arena = arena };
	struct request request = { .output = output_get(STR("flux")), .directory = "." };
	const struct spec *spec = NULL;
	struct plan_agents agents;
	struct plan plan;
	struct error error = { { 0 } };
	*source = (struct source){ STR("glagent.yaml"), place->spec };
	struct spec_input input = { source, -1, false };
	assert_true(spec_read(arena, &input, sources, &findings, &spec, &error));
	if (!spec) {
		fail_msg("%s\n%.*s", place->spec.ptr, STR_ARG(findings.items[0]->message));
	}
	assert_true(choose_agents(arena, spec, &request, &agents, &error));
	assert_true(plan_render(arena, spec, request.output, &agents, true, NULL, &plan, &error));
	for (size_t i = 0; i < plan.len; i++) {
		if (str_ends(plan.items[i].path, STR("helmrelease.yaml"))) {
			return plan.items[i].data;
		}
	}
	fail_msg("no HelmRelease");
	return STR("");
}

static void
assert_same(const char *release)
{
	struct place place = { .spec = STR("") };
	struct joined joined;
	const char *why = "";
	import_text_of(&place, release);
	struct str ours = rendered(&place);
	assert_string_equal(reinstall_reason(&place.arena, str_from(release), ours).ptr, "");
	struct str values = values_of(&place.arena, ours);
	assert_true(
		join_texts(&place.arena, values, values_of(&place.arena, str_from(release)), &joined, &why));
	if (joined.conflict.len > 0 || !str_eq(joined.text, values)) {
		fail_msg("%.*s\n%s\nbut\n%s", STR_ARG(joined.conflict), values.ptr, release);
	}
	arena_release(&place.arena);
}

static void
a_release_of_glab_is_taken_over(void **state)
{
	(void)state;
	assert_same(GLAB);
}

static void
values_of_all_kinds_stay_what_they_are(void **state)
{
	(void)state;
	assert_same(HEAD "  values: {config: {secretName: a}}\n");
	assert_same(HEAD
		"  targetNamespace: agents\n  releaseName: gitlab-agent\n"
		"  values:\n    replicas: 3\n    image: {tag: v17.6.1, pullPolicy: Always}\n"
		"    serviceAccount: {create: false, name: own}\n    rbac: {create: false}\n"
		"    config:\n      kasAddress: wss://gitlab.example.com/-/kubernetes-agent/\n"
		"      secretName: a\n      operational_container_scanning: {enabled: false}\n"
		"      kasHeaders: ['A: b']\n    podLabels: {a: 'yes'}\n    resources: {limits: {cpu: 1}}\n");
	assert_same(HEAD "  values:\n    rbac: {useExistingRole: shop}\n    config: {secretName: a}\n"
			 "    serviceAccount: {annotations: {a: b}}\n");
	assert_same(HEAD "  valuesFrom: [{kind: Secret, name: a, valuesKey: t, targetPath: config.token}]\n"
			 "  values: {config: {kasAddress: 'wss://kas.gitlab.com'}}\n");
	assert_same(
		HEAD "  values: {config: {kasAddress: 'wss://kas.gitlab.com', secretName: a}}\n"
		     "  valuesFrom: [{kind: ConfigMap, name: a}]\n  upgrade: {remediation: {retries: 5}}\n"
		     "  install: {remediation: {retries: 5}}\n");
}

static void
a_token_is_dropped(void **state)
{
	(void)state;
	struct place place = { .spec = STR("") };
	import_text_of(&place, HEAD "  values: {config: {token: otter-badger-weasel}}\n");
	assert_int_equal(str_find(place.spec, STR("otter")), place.spec.len);
	arena_release(&place.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_release_of_glab_is_taken_over),
		cmocka_unit_test(values_of_all_kinds_stay_what_they_are),
		cmocka_unit_test(a_token_is_dropped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
