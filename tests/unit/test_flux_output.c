/*
 * What Flux installs agents from: each defect of what `glab cluster agent
 * bootstrap` commits is named by the test that shows it avoided
 * (gitlab-org/cli, internal/commands/cluster/agent/bootstrap), and so is what
 * keeps the agents of a fleet apart.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "choose.h"
#include "postbuild.h"
#include "yaml.h"
#include "ypath.h"

#include <cmocka.h>

#include "spec_text.h"

#define FLUX "chart: {version: 2.9.1}, install: {method: flux}"

/* The files of an output for all agents. */
static struct plan
plan_of(struct arena *arena, const struct spec *spec, const char *output)
{
	struct request request = { .output = output_get(str_from(output)), .directory = "." };
	struct plan_agents agents;
	struct plan plan = { 0 };
	struct error error = { { 0 } };
	if (!choose_agents(arena, spec, &request, &agents, &error)
		|| !plan_render(arena, spec, request.output, &agents, true, NULL, &plan, &error)) {
		fail_msg("%s", error.text);
	}
	return plan;
}

/* The text of a planned file; empty when it is not planned. */
static struct str
text_of(const struct plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->len; i++) {
		if (str_eq(plan->items[i].path, str_from(path))) {
			return plan->items[i].data;
		}
	}
	return STR("");
}

static const struct ynode *
tree_of(struct arena *arena, const struct plan *plan, const char *path)
{
	struct str text = text_of(plan, path);
	if (text.len == 0) {
		fail_msg("%s is not planned", path);
	}
	return yaml_parse(arena, text, YTREE_VALUES)->root;
}

static struct str
at(const struct ynode *root, const char *path)
{
	return ynode_str(ypath_dotted(root, str_from(path)));
}

static bool
has(struct str text, const char *part)
{
	return str_find(text, str_from(part)) < text.len;
}

/* glab: --gitlab-agent-token-secret-name names the Secret that is made, the release goes on naming another.
 */
static void
the_release_names_the_secret_that_the_commands_make(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec =
		good(&arena, "  agents: [{name: a, " FLUX ", token: {secretName: my-own}}]\n");
	struct plan flux = plan_of(&arena, spec, "flux"), commands = plan_of(&arena, spec, "commands");
	const struct ynode *release = tree_of(&arena, &flux, "clusters/a/gitlab-agent/a/helmrelease.yaml");
	assert_true(str_eq(at(release, "spec.values.config.secretName"), STR("my-own")));
	assert_true(has(text_of(&commands, "a/commands.sh"), "create secret generic my-own "));
}

/* glab: an existing config.yaml loses all but access_as.agent and the projects of user_access. */
static void
the_configuration_is_rendered_whole_and_for_the_default_branch(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  agents:\n    - name: a\n      chart: {version: 2.9.1}\n      install: {method: flux}\n"
		"      features: {ocs: true}\n      rbac: {access: cluster-admin}\n      config:\n"
		"        ci_access: {groups: [{id: g, access_as: {ci_job: {}}}]}\n"
		"        user_access: {access_as: {user: {}}, groups: [{id: g}]}\n"
		"        container_scanning: {cadence: 0 3 * * *, vulnerability_report: {namespaces: [x]}}\n"
		"        # kept\n        observability: {logging: {level: debug}}\n");
	struct plan config = plan_of(&arena, spec, "config");
	struct str text = text_of(&config, ".gitlab/agents/a/config.yaml");
	const struct ynode *tree = tree_of(&arena, &config, ".gitlab/agents/a/config.yaml");
	assert_non_null(ypath_dotted(tree, STR("user_access.access_as.user")));
	assert_non_null(ypath_dotted(tree, STR("ci_access.groups")));
	assert_non_null(ypath_dotted(tree, STR("container_scanning.cadence")));
	assert_true(str_eq(at(tree, "observability.logging.level"), STR("debug")));
	assert_true(has(text, "# kept"));
	/* glab: it goes to --manifest-branch, where the agent server does not look. */
	assert_true(has(text, "on the default branch"));
}

/* glab: flux_resource_path names the API v2beta1, which Flux 2.7 removed. */
static void
the_environment_names_the_release_by_an_api_that_is_served(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  gitlab: {project: a/b}\n  flux: {namespace: gitops}\n"
		"  agents: [{name: a, " FLUX ", environment: {name: e}}]\n");
	struct plan commands = plan_of(&arena, spec, "commands"), flux = plan_of(&arena, spec, "flux");
	struct str script = text_of(&commands, "a/commands.sh");
	const struct ynode *release = tree_of(&arena, &flux, "clusters/a/gitlab-agent/a/helmrelease.yaml");
	assert_true(
		has(script, "flux_resource_path=helm.toolkit.fluxcd.io/v2/namespaces/gitops/helmreleases/a"));
	assert_false(has(script, "beta"));
	assert_true(str_eq(at(release, "apiVersion"), STR("helm.toolkit.fluxcd.io/v2")));
	assert_true(str_eq(at(release, "metadata.namespace"), STR("gitops")));
}

/* glab: the release has no chart version, so it follows every new one. */
static void
the_chart_is_pinned(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena, "  agents: [{name: a, " FLUX "}]\n");
	struct plan flux = plan_of(&arena, spec, "flux");
	const struct ynode *release = tree_of(&arena, &flux, "clusters/a/gitlab-agent/a/helmrelease.yaml");
	assert_true(str_eq(at(release, "spec.chart.spec.version"), STR("2.9.1")));
	assert_true(has(str_from(messages(&arena, "  agents: [{name: a, install: {method: flux}}]\n")),
		"without a chart.version"));
}

/* glab: with two tokens it revokes one of them, which may be the one in use, and restarts nothing. */
static void
no_token_is_revoked_unasked_and_new_ones_reach_the_pods(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena, "  gitlab: {project: a/b}\n  agents: [{name: a, " FLUX "}]\n");
	struct plan commands = plan_of(&arena, spec, "commands");
	struct str script = text_of(&commands, "a/commands.sh");
	while (script.ptr) {
		struct str line = str_cut(&script, '\n');
		assert_true(str_starts(line, STR("#")) || !has(line, "DELETE"));
	}
	script = text_of(&commands, "a/commands.sh");
	assert_true(has(script, "# kubectl rollout restart deployment"));
	assert_true(str_find(script, STR("rollout restart")) < str_find(script, STR("/tokens/OLD_TOKEN_ID")));
}

/* glab: --manifest-path is the repository's root when it is not given. */
static void
manifests_have_a_directory_of_their_own_with_a_kustomization(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena, "  agents: [{name: a, " FLUX "}]\n");
	struct plan flux = plan_of(&arena, spec, "flux");
	assert_true(text_of(&flux, "clusters/a/gitlab-agent/kustomization.yaml").len > 0);
	assert_true(text_of(&flux, "clusters/a/gitlab-agent/a/kustomization.yaml").len > 0);
	assert_true(has(str_from(messages(&arena,
				"  flux: {path: ., manifestPath: ., sourcePath: x}\n"
				"  agents: [{name: a, " FLUX "}]\n")),
		"flux.manifestPath is flux.path itself"));
}

/* glab: the namespace is made by kubectl, and is nowhere in Git. */
static void
the_namespace_is_in_git_and_survives_the_removal_of_its_file(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena, "  agents: [{name: a, " FLUX ", namespaceLabels: {b: c}}]\n");
	struct plan flux = plan_of(&arena, spec, "flux");
	const struct ynode *space = tree_of(&arena, &flux, "clusters/a/gitlab-agent/a/namespace.yaml");
	const struct ynode *release = tree_of(&arena, &flux, "clusters/a/gitlab-agent/a/helmrelease.yaml");
	const struct ynode *notes = ypath_dotted(space, STR("metadata.annotations"));
	assert_true(str_eq(at(space, "metadata.name"), STR("gitlab-agent-a")));
	assert_true(str_eq(at(space, "metadata.labels.b"), STR("c")));
	assert_true(str_eq(
		ynode_str(ynode_get(notes, STR("kustomize.toolkit.fluxcd.io/prune"))), STR("disabled")));
	assert_null(ypath_dotted(release, STR("spec.install.createNamespace")));
}

/* glab: the Kustomization in its last commands is a constant, whatever --flux-source-name says. */
static void
the_kustomization_of_the_spec_is_reconciled(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  flux: {kustomization: \"gitops/{cluster}\"}\n  agents: [{name: a, cluster: x1, " FLUX
		"}]\n");
	struct plan commands = plan_of(&arena, spec, "commands");
	assert_true(has(text_of(&commands, "a/commands.sh"),
		"flux reconcile kustomization x1 --namespace gitops --with-source"));
}

/* glab's bootstrap would write its own release and its own config.yaml over ours. */
static void
no_command_overwrites_what_is_rendered(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  gitlab: {project: a/b}\n  agents: [{name: a, " FLUX ", environment: {name: e}}]\n");
	struct plan commands = plan_of(&arena, spec, "commands");
	struct str script = text_of(&commands, "a/commands.sh");
	assert_false(has(script, "bootstrap"));
	assert_false(has(script, "helm upgrade"));
	assert_false(has(script, "kubectl apply"));
	assert_true(has(script, "git commit"));
}

static void
agents_that_share_a_cluster_share_its_source_and_a_namespace_once(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena,
		"  defaults: {" FLUX ", namespace: agents, token: {secretName: \"{agent}-token\"}}\n"
		"  agents: [{name: a, cluster: x}, {name: b, cluster: x, features: {flux: false}}, {name: "
		"c}]\n");
	struct plan flux = plan_of(&arena, spec, "flux");
	assert_true(text_of(&flux, "clusters/x/gitlab-agent/helmrepository.yaml").len > 0);
	assert_true(text_of(&flux, "clusters/c/gitlab-agent/helmrepository.yaml").len > 0);
	assert_true(text_of(&flux, "clusters/x/gitlab-agent/a/namespace.yaml").len > 0);
	assert_int_equal(text_of(&flux, "clusters/x/gitlab-agent/b/namespace.yaml").len, 0);
	const struct ynode *list = ypath_dotted(
		tree_of(&arena, &flux, "clusters/x/gitlab-agent/kustomization.yaml"), STR("resources"));
	assert_true(list && list->len == 3);
}

static void
what_lists_files_is_written_after_them(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct spec *spec = good(&arena, "  agents: [{name: a, " FLUX "}, {name: b, " FLUX "}]\n");
	struct plan flux = plan_of(&arena, spec, "flux");
	size_t lists = 0;
	for (size_t i = 0; i < flux.len; i++) {
		bool is_list = has(flux.items[i].path, "kustomization.yaml");
		lists += is_list;
		assert_true(is_list == (lists > 0));
		assert_true(is_list == flux.items[i].is_not_applied);
	}
	assert_int_equal(lists, 4);
	const struct plan_file *last = flux.items && flux.len ? &flux.items[flux.len - 1] : NULL;
	assert_true(last && has(last->path, "gitlab-agent/kustomization.yaml"));
}

static void
a_namespace_that_exists_is_not_made(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	static const char *const spaces[] = { "default", "kube-system", "flux-system" };
	for (size_t i = 0; i < countof(spaces); i++) {
		const struct spec *spec = good(&arena,
			arena_printf(&arena, "  agents: [{name: a, " FLUX ", namespace: %s}]\n", spaces[i])
				.ptr);
		struct plan flux = plan_of(&arena, spec, "flux");
		assert_int_equal(text_of(&flux, "clusters/a/gitlab-agent/a/namespace.yaml").len, 0);
	}
}

static void
dollars_survive_the_substitution_of_variables(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	/* What envsubst makes of the right side is the left one. */
	static const char *const pairs[][2] = { { "", "" }, { "a", "a" }, { "$", "$" }, { "a$b", "a$b" },
		{ "$(A)", "$(A)" }, { "${A}", "$${A}" }, { "$$", "$$$$" }, { "$${A}", "$$$${A}" },
		{ "a$$$b${", "a$$$$$$b$${" }, { "}${", "}$${" } };
	for (size_t i = 0; i < countof(pairs); i++) {
		struct str escaped = postbuild_escape(&arena, str_from(pairs[i][0]));
		assert_true(str_eq(escaped, str_from(pairs[i][1])));
	}
}

static void
flux_at_the_root_is_warned_of_the_agents_configuration(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	static const char body[] = HEADER
		"  gitlab: {project: a/b}\n  flux: {%spath: ., manifestPath: agent, sourcePath: agent}\n"
		"  agents: [{name: a, " FLUX ", config: {observability: {logging: {level: warn}}}}]\n";
	static const char *const projects[] = { "", "project: a/c, " };
	for (size_t i = 0; i < countof(projects); i++) {
		struct reading reading = { 0 };
		read_text(&arena, arena_printf(&arena, body, projects[i]).ptr, &reading);
		assert_non_null(reading.spec);
		assert_int_equal(reading.findings.len, i == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_release_names_the_secret_that_the_commands_make),
		cmocka_unit_test(the_configuration_is_rendered_whole_and_for_the_default_branch),
		cmocka_unit_test(the_environment_names_the_release_by_an_api_that_is_served),
		cmocka_unit_test(the_chart_is_pinned),
		cmocka_unit_test(no_token_is_revoked_unasked_and_new_ones_reach_the_pods),
		cmocka_unit_test(manifests_have_a_directory_of_their_own_with_a_kustomization),
		cmocka_unit_test(the_namespace_is_in_git_and_survives_the_removal_of_its_file),
		cmocka_unit_test(the_kustomization_of_the_spec_is_reconciled),
		cmocka_unit_test(no_command_overwrites_what_is_rendered),
		cmocka_unit_test(agents_that_share_a_cluster_share_its_source_and_a_namespace_once),
		cmocka_unit_test(what_lists_files_is_written_after_them),
		cmocka_unit_test(a_namespace_that_exists_is_not_made),
		cmocka_unit_test(dollars_survive_the_substitution_of_variables),
		cmocka_unit_test(flux_at_the_root_is_warned_of_the_agents_configuration),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
