#include "flux_objects.h"
#include "left_out.h"
#include "path.h"

/* The entry of a kustomization file that a build ends at; NULL when it ends at something else. */
static const struct entry *
entry_at(const struct repository *repository, const struct build *build)
{
	const struct kustomization *k =
		map_get(&repository->kustomizations->by_directory, path_parent(build->file->source.path));
	for (size_t i = 0; k && k->file == build->file && build->at && i < k->entries.len; i++) {
		if (k->entries.items[i].node->span.start == build->at->span.start) {
			return &k->entries.items[i];
		}
	}
	return NULL;
}

/* The file that the entry needs, when it is in the repository. */
static const struct file *
needed_file(const struct repository *repository, const struct entry *entry)
{
	if (entry->location.result == LOAD_DIRECTORY) {
		return files_first_of(repository->files, entry->location.path, kustomization_names);
	}
	return entry->location.result == LOAD_FILE ? files_get(repository->files, entry->location.path)
						   : NULL;
}

/* What to write behind the pattern so that the file comes back: its directory, when that is left out as a
 * whole.
 */
static void
advise(struct lint *lint, struct finding *finding, const struct ignore *ignore,
	const struct ignore_pattern *pattern, struct str path)
{
	const struct ignore_pattern *above = ignore_match(ignore, path_parent(path), true);
	bool is_directory = above && !above->includes;
	struct str name = is_directory ? path_parent(path) : path;
	size_t domain = pattern->domain.len;
	lint_help(lint, finding,
		"let it in again with \"!/%.*s%s\" behind that pattern, or take the entry out",
		STR_ARG(str_skip(name, domain > 0 ? domain + 1 : 0)), is_directory ? "/" : "");
}

static void
report(struct lint *lint, const struct flux_root *root, const struct ynode *at, const struct ignore *ignore,
	const struct file *file)
{
	struct str path = file->source.path;
	const struct ignore_pattern *pattern = ignore_match(ignore, path, false);
	struct finding *finding = lint_report(
		lint, at, "\"%.*s\" is left out of what Flux reads, so the build ends here", STR_ARG(path));
	if (pattern && (pattern->file || left_out_spec(root))) {
		left_out_relate(lint, finding, root, pattern, "this pattern leaves it out");
		advise(lint, finding, ignore, pattern, path);
	} else {
		lint_help(lint, finding,
			"Flux's default patterns leave such files out: give it another name, or take the "
			"entry out");
	}
}

static void
check_kustomization(
	struct lint *lint, const struct flux_root *root, const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	if (build->result != BUILD_FAILS || build->fault != FAULT_MISSING || !build->file
		|| flux_is_suspended(kustomization)) {
		return;
	}
	const struct repository *repository = lint_repository(lint);
	const struct entry *entry = entry_at(repository, build);
	const struct file *file = entry ? needed_file(repository, entry) : NULL;
	struct ignore ignore;
	left_out_patterns(lint_arena(lint), repository, root, &ignore);
	if (file && ignore_excludes(&ignore, file->source.path)) {
		report(lint, root, entry->node, &ignore, file);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_followed(lint, repository, check_kustomization);
}

const struct rule rule_FX036 = {
	.code = "FX036",
	.name = "entry-left-out",
	.summary = "A kustomization lists a file that `.sourceignore` keeps from Flux.",
	.rationale =
		"Flux packs the repository without what `.sourceignore`, `spec.ignore` of the source, or its "
		"default patterns leave out, and builds what it has packed. An entry that leads to a file "
		"left "
		"out ends the build with *no such file or directory*, and nothing of the Kustomization is "
		"applied. `kubectl kustomize` and `flux build kustomization` take the file from the disk and "
		"do "
		"not show it.\n\nSaid only of Kustomizations that a known root of this repository applies.",
	.advice = "Let the file in with a pattern that begins with `!`, behind the one that leaves it out, "
		  "or take "
		  "the entry out of the kustomization file.",
	.reference = "https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
