#include "flux_objects.h"
#include "kustomize/decode.h"
#include "left_out.h"
#include "path.h"

enum { FURTHER_MAX = 3 }; /* offenders behind the first one that are shown */

enum offender {
	OFFENDER_AGENT,
	OFFENDER_VALUES,
	OFFENDER_CHART,
	OFFENDER_CI,
	OFFENDER_KUSTOMIZATION,
	OFFENDER_OTHER,
};

static bool
is_one_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(name, names[i])) {
			return true;
		}
	}
	return false;
}

static enum offender
kind_of(const struct files *files, const struct file *file)
{
	static const struct str ci[] = {
		STR_INIT(".gitlab-ci.yml"),
		STR_INIT(".gitlab-ci.yaml"),
		STR_INIT(".travis.yml"),
		STR_INIT("azure-pipelines.yml"),
		STR_INIT(".pre-commit-config.yaml"),
		STR_INIT(".woodpecker.yml"),
		STR_INIT(".drone.yml"),
	};
	struct str path = file->source.path, base = path_base(path);
	if (str_starts(path, STR(".gitlab/agents/"))) {
		return OFFENDER_AGENT;
	}
	if (str_eq_nocase(base, STR("kustomization.yaml")) || str_eq_nocase(base, STR("kustomization.yml"))) {
		return OFFENDER_KUSTOMIZATION;
	}
	if (str_eq(base, STR("Chart.yaml")) || files_in_chart(files, path)) {
		return OFFENDER_CHART;
	}
	if (str_starts(path, STR(".github/")) || str_starts(path, STR(".gitlab/"))
		|| is_one_of(base, ci, countof(ci))) {
		return OFFENDER_CI;
	}
	return str_find(base, STR("values")) < base.len ? OFFENDER_VALUES : OFFENDER_OTHER;
}

/* Never a lone ignore pattern: it cancels the default ones, and the next file fails. */
static void
advise_at_root(struct lint *lint, struct finding *finding)
{
	lint_help(lint, finding,
		"point spec.path at a sub-directory (flux bootstrap --path), or add a kustomization.yaml to "
		"the root "
		"that lists what to apply, flux-system too; an ignore pattern must come with the defaults "
		"that it "
		"cancels (.gitlab-ci.yml, .github/ and others)");
}

/* What leaves a cluster's own manifests out takes Flux away from the cluster. */
static void
warn_of_flux_system(
	struct lint *lint, struct finding *finding, const struct flux_kustomization *kustomization)
{
	struct str path = kustomization->path;
	if (!kustomization->parent) {
		lint_help(lint, finding, "%.*s; one in \"%.*s\" must list flux-system, too",
			STR_ARG(finding->help), STR_ARG(shown_path(path)));
	}
}

/* How to keep the file and Flux's path apart. */
static void
advise_apart(struct lint *lint, struct finding *finding, struct str path, enum offender offender)
{
	if (offender == OFFENDER_VALUES) {
		lint_help(lint, finding,
			"keep Helm values in spec.values of the HelmRelease, or add a kustomization.yaml "
			"beside the file "
			"that lists the manifests and makes a ConfigMap of the values");
	} else if (offender == OFFENDER_CHART) {
		lint_help(lint, finding,
			"move the chart to a directory that no Flux Kustomization applies, or add a "
			"kustomization.yaml to "
			"\"%.*s\" that lists what to apply",
			STR_ARG(shown_path(path)));
	} else {
		lint_help(lint, finding,
			"move the file out of \"%.*s\", or add a kustomization.yaml that lists what to "
			"apply, there or in "
			"the file's own directory",
			STR_ARG(path));
	}
}

static void
advise(struct lint *lint, struct finding *finding, const struct flux_kustomization *kustomization,
	enum offender offender)
{
	struct str path = kustomization->path;
	if (offender == OFFENDER_KUSTOMIZATION) {
		lint_help(lint, finding,
			"rename the file to \"kustomization.yaml\": Flux and kustomize know no other "
			"spelling");
		return;
	}
	if (path.len == 0 && offender != OFFENDER_VALUES && offender != OFFENDER_CHART) {
		advise_at_root(lint, finding);
		return;
	}
	advise_apart(lint, finding, path, offender);
	warn_of_flux_system(lint, finding, kustomization);
}

static void
relate(struct lint *lint, struct finding *finding, const struct build *build)
{
	if (build->at) {
		lint_relate(lint, finding, build->at, "Flux stops here: %.*s", STR_ARG(build->why));
	} else {
		lint_relate_at(lint, finding, build->file, build->span, "Flux stops here: %.*s",
			STR_ARG(build->why));
	}
}

/* Does Flux's walk come to the file, with no kustomization file on the way? */
static bool
is_walked(const struct files *files, struct str base, struct str path)
{
	for (struct str above = path_parent(path); above.len > base.len; above = path_parent(above)) {
		if (files_first_of(files, above, kustomization_names)) {
			return false;
		}
	}
	return true;
}

/* Flux names the first file only; once that is out of the way, it stops at the next. */
static void
relate_further(struct lint *lint, struct finding *finding, const struct build *build)
{
	const struct files *files = lint_repository(lint)->files;
	size_t count = 0;
	for (size_t i = 0; i < build->files.len && count < FURTHER_MAX; i++) {
		struct arena CLEANUP(arena_release) scratch = { 0 };
		struct decoded decoded;
		const struct file *file = build->files.items[i];
		if (file == build->file || !is_walked(files, build->directory, file->source.path)) {
			continue;
		}
		decode_file(&scratch, file, &decoded);
		if (decoded.verdict == DECODE_REFUSED) {
			struct str why = str_first(decoded.why, str_find(decoded.why, STR(" in object {{")));
			lint_relate_file(lint, finding, file, "then here: %.*s", STR_ARG(why));
			count++;
		}
	}
}

static void
report(struct lint *lint, const struct repository *repository, const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	const struct ynode *root = kustomization->resource->root;
	const struct ynode *at =
		kustomization->path_node ? kustomization->path_node : ynode_key(root, STR("spec"));
	struct str path = build->file->source.path;
	struct finding *finding = lint_report(lint, at ? at : root,
		"\"%.*s\" lies in this Flux path and is no Kubernetes manifest: Flux fails with \"failed to "
		"decode "
		"Kubernetes YAML from …/%.*s: %.*s\"",
		STR_ARG(path), STR_ARG(path), STR_ARG(build->why));
	if (flux_is_suspended(kustomization)) {
		finding->severity = SEVERITY_WARNING;
	}
	relate(lint, finding, build);
	relate_further(lint, finding, build);
	advise(lint, finding, kustomization, kind_of(repository->files, build->file));
	lint_object(lint, finding, root, at ? at : root);
}

/* FX024 tells of those that a default pattern would leave out. */
static bool
is_wanted(const struct repository *repository, const struct flux_root *root, const struct build *build)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ignore ignore;
	if (!build->is_refused) {
		return false;
	}
	left_out_patterns(&scratch, repository, root, &ignore);
	return !left_out_by_default(&scratch, &ignore, build->file);
}

static void
check_kustomization(
	struct lint *lint, const struct flux_root *root, const struct flux_kustomization *kustomization)
{
	const struct repository *repository = lint_repository(lint);
	if (is_wanted(repository, root, kustomization->build)) {
		report(lint, repository, kustomization);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_followed(lint, repository, check_kustomization);
}

const struct rule rule_FX004 = {
	.code = "FX004",
	.name = "non-manifest-in-flux-path",
	.summary = "A path that Flux applies without a kustomization file holds YAML that is no Kubernetes "
		   "manifest.",
	.rationale =
		"Where `spec.path` has no kustomization file, Flux makes one: it walks all directories "
		"below, hidden "
		"ones too, and decodes every `.yaml` and `.yml` file. The first that is no Kubernetes object "
		"stops the "
		"whole Kustomization with `BuildFailed`: nothing is applied, nothing pruned, whatever else "
		"the commit "
		"holds. With `spec.path: ./` that file is often `.gitlab/agents/NAME/config.yaml`, which "
		"GitLab needs "
		"and Flux cannot read; `glab cluster agent bootstrap` then ends with *failed to reconcile "
		"the GitLab "
		"Agent*.\n\nEmpty files, files with nothing but comments, directories with a kustomization "
		"file of their "
		"own, and what the source leaves out (`.gitlab-ci.yml`, `.github/` and some more, unless "
		"there are "
		"ignore patterns of your own) do no harm. To see it on a cluster: `flux get kustomizations`.",
	.advice = "In this order:\n\n"
		  "1. point Flux at a sub-directory that holds manifests only (`flux bootstrap … --path "
		  "clusters/NAME`);\n"
		  "2. add a `kustomization.yaml` to the path that lists what to apply; at a cluster's root "
		  "it must list "
		  "`flux-system` too, or Flux removes itself;\n"
		  "3. leave the file out with `.sourceignore` or `spec.ignore` of the GitRepository, and "
		  "repeat there the "
		  "default patterns that you rely on: a single pattern of your own cancels them, and the "
		  "next file "
		  "fails.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#generating-a-kustomizationyaml-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
