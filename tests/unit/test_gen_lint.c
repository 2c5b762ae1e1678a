/*
 * What the generator renders for Flux, seen by the linter: every golden spec
 * whose agents Flux installs, rendered into a repository whose clusters were
 * bootstrapped as the spec says, has no finding; the same files in other
 * places have the finding of that mistake.
 */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

#include "choose.h"
#include "engine.h"
#include "fs.h"
#include "fs_open.h"
#include "report_text.h"

#include <cmocka.h>

struct repository_draft {
	struct arena arena;
	char path[sizeof("/tmp/glagent-XXXXXX")];
	int fd;
	const struct spec *spec;
	const char *root_path; /* of every Flux; NULL: as the spec says */
	const char *move_to;   /* the directory before the rendered paths; NULL: none */
};

static void
put(struct repository_draft *draft, struct str path, struct str text)
{
	struct error error;
	if (!fs_write(draft->fd, path, text, &error)) {
		fail_msg("%s", error.text);
	}
}

static void
open_draft(struct repository_draft *draft, const char *name)
{
	struct source *source = arena_new(&draft->arena, struct source);
	struct sources *sources = arena_new(&draft->arena, struct sources);
	struct findings findings = { .arena = &draft->arena };
	struct error error = { { 0 } };
	const char *folder = arena_printf(&draft->arena, TESTDATA "/gen/%s", name).ptr;
	int CLEANUP(fd_close) directory = open(folder, O_RDONLY | O_DIRECTORY);

	memcpy(draft->path, "/tmp/glagent-XXXXXX", sizeof(draft->path));
	assert_non_null(mkdtemp(draft->path));
	draft->fd = open(draft->path, O_RDONLY | O_DIRECTORY);
	assert_true(draft->fd >= 0);
	if (fs_read(&draft->arena, directory, STR("glagent.yaml"), &source->text, &error) != FS_READ_OK) {
		fail_msg("%s", error.text);
	}
	source->path = STR("glagent.yaml");
	struct spec_input input = { source, directory, false };
	assert_true(spec_read(&draft->arena, &input, sources, &findings, &draft->spec, &error));
	assert_non_null(draft->spec);
}

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static void
close_draft(struct repository_draft *draft)
{
	(void)close(draft->fd);
	(void)nftw(draft->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_release(&draft->arena);
}

/* False: no agent of the spec has the output. */
static bool
render(struct repository_draft *draft, const char *name)
{
	struct request request = { .output = output_get(str_from(name)), .directory = "." };
	struct plan_agents agents;
	struct plan plan;
	struct error error = { { 0 } };
	if (!choose_agents(&draft->arena, draft->spec, &request, &agents, &error)) {
		return false;
	}
	assert_true(
		plan_render(&draft->arena, draft->spec, request.output, &agents, true, NULL, &plan, &error));
	for (size_t i = 0; i < plan.len; i++) {
		bool is_moved = draft->move_to && str_starts(plan.items[i].path, STR("clusters/"));
		put(draft,
			arena_printf(&draft->arena, "%s%.*s", is_moved ? draft->move_to : "",
				STR_ARG(plan.items[i].path)),
			plan.items[i].data);
	}
	return true;
}

/* What `flux bootstrap --path PATH` leaves in a repository. */
static void
bootstrap(struct repository_draft *draft, const struct spec_agent *agent)
{
	struct arena *arena = &draft->arena;
	struct str path,
		name = spec_fill(arena, str_from(draft->spec->view.flux.kustomization), &agent->view);
	struct str stated =
		draft->root_path ? str_from(draft->root_path) : str_from(draft->spec->view.flux.path);
	struct str space = str_cut(&name, '/');
	assert_true(path_join(arena, STR(""), spec_fill(arena, stated, &agent->view), &path));
	struct str directory =
		arena_printf(arena, "%.*s%s%.*s", STR_ARG(path), path.len ? "/" : "", STR_ARG(space));
	put(draft, arena_printf(arena, "%.*s/gotk-sync.yaml", STR_ARG(directory)),
		arena_printf(arena,
			"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"
			"metadata: {name: %.*s, namespace: %.*s}\n"
			"spec: {interval: 1m0s, ref: {branch: main}, url: "
			"\"https://gitlab.example.com/a/b.git\"}\n"
			"---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
			"metadata: {name: %.*s, namespace: %.*s}\n"
			"spec:\n  interval: 10m0s\n  path: ./%.*s\n  prune: true\n"
			"  sourceRef: {kind: GitRepository, name: %.*s}\n",
			STR_ARG(name), STR_ARG(space), STR_ARG(name), STR_ARG(space), STR_ARG(path),
			STR_ARG(name)));
	put(draft, arena_printf(arena, "%.*s/kustomization.yaml", STR_ARG(directory)),
		STR("resources: [gotk-sync.yaml]\n"));
}

/* The files of the user that install.resources lists. */
static void
add_own_files(struct repository_draft *draft, const struct spec_agent *agent)
{
	struct arena *arena = &draft->arena;
	for (size_t i = 0; i < agent->view.install.resources.len; i++) {
		struct str path = STR(""), own = str_from(agent->view.install.resources.items[i]);
		struct str directory = spec_path(arena, draft->spec, STR("{manifestPath}"), agent);
		assert_true(path_join(arena, directory, own, &path));
		bool is_file = str_ends(path, STR(".yaml"));
		put(draft, is_file ? path : arena_printf(arena, "%.*s/kustomization.yaml", STR_ARG(path)),
			is_file ? arena_printf(arena,
				"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s-%zu, namespace: x}\n",
				agent->view.name, i)
				: STR("resources: []\n"));
	}
}

/* The findings as text, after filling the draft. */
static struct str
lint(struct repository_draft *draft)
{
	struct lint_options options = { .jobs = 2 };
	struct buf out = { .arena = &draft->arena };
	struct lint_run run;
	struct error error;
	assert_true(lint_run(&run, draft->fd, &options, &error));
	assert_int_equal(run.failures.len, 0);
	report_concise(&out, &run.findings, &run.sources);
	lint_run_release(&run);
	return out.len ? buf_str(&out) : STR("");
}

/* The source that the spec says others make; here they do it in the same repository. */
static void
add_given_source(struct repository_draft *draft)
{
	const char *name = draft->spec->view.flux.source.name;
	if (!draft->spec->view.flux.source.create) {
		put(draft, STR("given-source.yaml"),
			arena_printf(&draft->arena,
				"apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\n"
				"metadata: {name: %s, namespace: flux-system}\n"
				"spec: {interval: 1h, url: \"https://charts.gitlab.io\"}\n",
				name));
	}
}

static bool
fill(struct repository_draft *draft)
{
	if (!render(draft, "repo")) {
		return false;
	}
	add_given_source(draft);
	for (size_t i = 0; i < draft->spec->len; i++) {
		const struct spec_agent *agent = &draft->spec->agents[i];
		if (agent->view.install.method == INSTALL_FLUX) {
			bootstrap(draft, agent);
			add_own_files(draft, agent);
		}
	}
	return true;
}

static bool
is_case(struct str path, const char **ret_name, struct arena *arena)
{
	bool is_spec = str_ends(path, STR("/glagent.yaml")) && !path_is_below(path, STR("errors"))
		&& str_find(path, STR("/expected/")) == path.len;
	*ret_name = arena_str(arena, path_parent(path)).ptr;
	return is_spec;
}

static void
what_is_rendered_where_the_spec_says_has_no_finding(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	int CLEANUP(fd_close) root = open(TESTDATA "/gen", O_RDONLY | O_DIRECTORY);
	struct fs_entries entries = { 0 };
	struct error error;
	size_t cases = 0;
	assert_true(fs_walk(&arena, root, &entries, &error));
	for (size_t i = 0; i < entries.len; i++) {
		struct repository_draft draft = { 0 };
		const char *name;
		if (!is_case(entries.items[i].path, &name, &arena)) {
			continue;
		}
		open_draft(&draft, name);
		if (fill(&draft)) {
			struct str findings = lint(&draft);
			cases++;
			if (findings.len) {
				print_error("%s:\n%.*s", name, STR_ARG(findings));
			}
			assert_int_equal(findings.len, 0);
		}
		close_draft(&draft);
	}
	assert_true(cases >= 6);
}

/* Renders the fleet with the draft's mistake in it, and requires a finding of that rule at that file. */
static void
check_mistake(struct repository_draft *draft, const char *code, const char *file, struct str extra)
{
	open_draft(draft, "flux-fleet");
	assert_true(fill(draft));
	if (extra.len) {
		put(draft, str_from(file), extra);
	}
	struct str findings = lint(draft);
	bool is_found = str_find(findings, str_from(code)) < findings.len
		&& str_find(findings, str_from(file)) < findings.len;
	if (!is_found) {
		print_error("no %s of %s in:\n%.*s", code, file, STR_ARG(findings));
	}
	assert_true(is_found);
	close_draft(draft);
}

static void
manifests_outside_every_flux_path_are_unreachable(void **state)
{
	(void)state;
	struct repository_draft draft = { .move_to = "moved/" };
	check_mistake(
		&draft, "[FX003]", "moved/clusters/staging/gitlab-agent/staging/helmrelease.yaml", STR(""));
}

static void
flux_at_the_root_stops_at_the_configuration_of_an_agent(void **state)
{
	(void)state;
	struct repository_draft draft = { .root_path = "." };
	check_mistake(&draft, "[FX004]", ".gitlab/agents/", STR(""));
}

static void
a_directory_that_a_kustomization_does_not_list_is_unreachable(void **state)
{
	(void)state;
	struct repository_draft draft = { 0 };
	open_draft(&draft, "flux-fleet");
	assert_true(fill(&draft));
	put(&draft, STR("clusters/staging/gitlab-agent/kustomization.yaml"),
		STR("resources: [helmrepository.yaml]\n"));
	struct str findings = lint(&draft);
	assert_true(str_find(findings, STR("[FX003]")) < findings.len);
	assert_true(str_find(findings, STR("staging/helmrelease.yaml")) < findings.len);
	close_draft(&draft);
}

static void
values_beside_what_flux_walks_are_no_manifest(void **state)
{
	(void)state;
	struct repository_draft draft = { 0 };
	check_mistake(&draft, "[FX004]", "clusters/staging/values.yaml", STR("replicas: 2\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_rendered_where_the_spec_says_has_no_finding),
		cmocka_unit_test(manifests_outside_every_flux_path_are_unreachable),
		cmocka_unit_test(flux_at_the_root_stops_at_the_configuration_of_an_agent),
		cmocka_unit_test(a_directory_that_a_kustomization_does_not_list_is_unreachable),
		cmocka_unit_test(values_beside_what_flux_walks_are_no_manifest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
