#include "flux_objects.h"
#include "left_out.h"
#include "path.h"
#include "schema_words.h"
#include "substituted.h"
#include "vec.h"

/* The directory that `missing` is likely meant to be: spelled almost the same, with the same parent. */
static struct str
nearest_directory(struct arena *arena, const struct files *files, struct str missing)
{
	struct names names = { 0 };
	struct str parent = path_parent(missing);
	for (const struct map_entry *entry = files->directories.first; entry; entry = entry->next) {
		if (str_eq_nocase(entry->key, missing)) {
			return entry->key;
		}
		if (entry->key.len > 0 && str_eq(path_parent(entry->key), parent)) {
			vec_push(arena, &names, path_base(entry->key));
		}
	}
	struct str base = words_nearest(&names, path_base(missing));
	return base.len == 0 || parent.len == 0
		? base
		: arena_printf(arena, "%.*s/%.*s", STR_ARG(parent), STR_ARG(base));
}

static void
advise(struct lint *lint, struct finding *finding, struct str path)
{
	const struct files *files = lint_repository(lint)->files;
	struct str near = nearest_directory(lint_arena(lint), files, path);
	if (files_get(files, path)) {
		lint_help(lint, finding, "it is a file: give the path of its directory");
	} else if (str_find_char(path, '\\') < path.len) {
		lint_help(lint, finding, "separate directories by \"/\"");
	} else if (near.len > 0) {
		lint_help(lint, finding, "did you mean \"./%.*s\"?", STR_ARG(near));
	} else {
		lint_help(lint, finding,
			"correct spec.path: it counts from the root of the repository; to take a path out of "
			"use, remove "
			"the Kustomization one commit before its directory");
	}
}

/* The directory is there, but not in what Flux gets. */
static struct finding *
report_left_out(
	struct lint *lint, const struct flux_root *root, const struct flux_kustomization *kustomization)
{
	struct arena *arena = lint_arena(lint);
	struct str path = kustomization->path;
	struct ignore ignore;
	left_out_patterns(arena, lint_repository(lint), root, &ignore);
	const struct ignore_pattern *pattern = ignore_match(&ignore, path, true);
	struct finding *finding = lint_report(lint, kustomization->path_node,
		"\"%.*s\" is left out of what Flux reads: \"kustomization path not found\"", STR_ARG(path));
	if (pattern) {
		size_t domain = pattern->domain.len;
		left_out_relate(lint, finding, root, pattern, "this pattern leaves it out");
		lint_help(lint, finding, "let it in again with \"!/%.*s/\" behind that pattern",
			STR_ARG(str_skip(path, domain > 0 ? domain + 1 : 0)));
	}
	return finding;
}

static struct finding *
report_missing(struct lint *lint, const struct flux_kustomization *kustomization)
{
	struct finding *finding = lint_report(lint, kustomization->path_node,
		"Flux finds no directory \"%.*s\" in this repository: \"kustomization path not found\"",
		STR_ARG(kustomization->path));
	advise(lint, finding, kustomization->path);
	return finding;
}

static void
check_kustomization(
	struct lint *lint, const struct flux_root *root, const struct flux_kustomization *kustomization)
{
	const struct files *files = lint_repository(lint)->files;
	if (kustomization->build->fault != FAULT_PATH || !kustomization->path_node
		|| !flux_is_known(kustomization)) {
		return;
	}
	struct finding *finding = files_directory(files, kustomization->path)
		? report_left_out(lint, root, kustomization)
		: report_missing(lint, kustomization);
	if (flux_is_suspended(kustomization)) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_object(lint, finding, kustomization->resource->root, kustomization->path_node);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_followed(lint, repository, check_kustomization);
}

const struct rule rule_FX001 = {
	.code = "FX001",
	.name = "kustomization-path-missing",
	.summary = "The `spec.path` of a Flux Kustomization does not exist in this repository.",
	.rationale =
		"`spec.path` counts from the root of the source, whatever directory the Kustomization lies "
		"in, and is case-sensitive. Where it leads nowhere, the Kustomization stays at "
		"*kustomization "
		"path not found: stat …: no such file or directory*: it applies nothing and removes nothing, "
		"so what it applied before stays as it was.\n\nSaid only of Kustomizations that a known "
		"root of this repository applies and whose source is the repository itself: a path in an "
		"OCIRepository, a Bucket, an ExternalArtifact or another repository is not ours to judge, "
		"nor "
		"is one with a variable that is not known.\n\nA directory that is in the repository may be "
		"missing in "
		"what Flux "
		"reads: patterns in `.sourceignore` or in `spec.ignore` of the source leave it out, often an "
		"allow-list (`/*`, then `!/clusters/`) that was not extended. `flux build kustomization` "
		"does not "
		"show it.",
	.advice = "Correct the path. When a directory and the Kustomization for it are to go, remove the "
		  "Kustomization first and let Flux prune; both in one commit leave its objects behind.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#path",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
