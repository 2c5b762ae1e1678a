#include "kpt/fields.h"
#include "kpt_functions.h"
#include "yscalar.h"

static bool
is_old_version(struct str version)
{
	return str_eq(version, STR("kpt.dev/v1alpha1")) || str_eq(version, STR("kpt.dev/v1alpha2"));
}

/* Fields of v1alpha1 that no v1 will have. */
static bool
is_gone(struct str name)
{
	return str_eq(name, STR("packageMetadata")) || str_eq(name, STR("openAPI"))
		|| str_eq(name, STR("dependencies"));
}

static void
report_unknown(struct lint *lint, const struct kpt_package *package, const struct kptfile_problem *problem)
{
	struct finding *finding =
		lint_report(lint, problem->at, "kpt knows no field \"%.*s\" here", STR_ARG(problem->name));
	lint_object(lint, finding, package->root, problem->at);
	if (problem->suggestion.len == 0) {
		if (!is_gone(problem->name)) {
			finding->severity = SEVERITY_WARNING;
		}
		lint_help(lint, finding, "remove it: kpt up to 1.0.0-beta.67 refuses the file");
		return;
	}
	lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion));
	if (!ynode_get(problem->map, problem->suggestion)) {
		lint_fix(lint, finding,
			edit_scalar(lint_arena(lint), package->file->source.text, problem->at,
				problem->suggestion));
	}
}

static void
report_problem(struct lint *lint, const struct kpt_package *package, const struct kptfile_problem *problem)
{
	struct finding *finding;
	switch (problem->kind) {
	case KPTFILE_UNKNOWN:
		report_unknown(lint, package, problem);
		return;
	case KPTFILE_WRONG_TYPE:
		finding = lint_report(lint, problem->at, "\"%.*s\" must be %s, and this is a %s",
			STR_ARG(problem->name), problem->expected,
			ytype_name(ynode_type(problem->at, YDIALECT_YAML_V3)));
		lint_help(lint, finding, "write %s", problem->expected);
		break;
	case KPTFILE_TWICE:
		finding = lint_report(lint, problem->at, "\"%.*s\" stands here for the second time",
			STR_ARG(problem->name));
		lint_help(lint, finding, "remove one of the two");
		break;
	}
	lint_object(lint, finding, package->root, problem->at);
}

/* The first function, or kpt itself where there is none, looks at every object that it gets, and the Kptfile
 * is one unless selectors leave it out. */
static bool
is_looked_at(const struct kpt_package *package)
{
	const struct ynode *first = kpt_functions(package, "mutators");
	first = first ? first : kpt_functions(package, "validators");
	return !ynode_get(first, STR("selectors")) && !ynode_get(first, STR("exclude"));
}

static void
check_fields(struct lint *lint, const struct kpt_package *package)
{
	struct kptfile_problems problems;
	kptfile_check(lint_arena(lint), package->root, &problems);
	for (size_t i = 0; i < problems.len; i++) {
		report_problem(lint, package, &problems.items[i]);
	}
	if (problems.len == 0 && is_looked_at(package)
		&& kpt_text(ynode_get(package->root, STR("metadata")), "name").len == 0) {
		const struct ynode *at = ynode_key(package->root, STR("metadata"));
		struct finding *finding = lint_report(
			lint, at ? at : package->root, "the Kptfile has no metadata.name, which kpt demands");
		lint_help(lint, finding, "add the name of the package");
	}
	if (problems.len == 0) {
		kpt_functions_check(lint, package);
	}
}

/* Which reader the file is for. */
static void
check_type(struct lint *lint, const struct kpt_package *package)
{
	const struct ynode *at = ynode_get(package->root, STR("apiVersion"));
	struct str version = kpt_text(package->root, "apiVersion"), kind = kpt_text(package->root, "kind");
	if (is_old_version(version) && str_eq(kind, STR("Kptfile"))) {
		return; /* KP003 */
	}
	struct finding *finding = str_eq(version, STR("kpt.dev/v1"))
		? lint_report(lint,
			ynode_get(package->root, STR("kind")) ? ynode_get(package->root, STR("kind"))
							      : package->root,
			"the kind of a Kptfile is \"Kptfile\", and this is \"%.*s\"", STR_ARG(kind))
		: lint_report(lint, at ? at : package->root,
			"the apiVersion of a Kptfile is \"kpt.dev/v1\", and this is \"%.*s\"",
			STR_ARG(version));
	lint_help(lint, finding, "begin the file with \"apiVersion: kpt.dev/v1\" and \"kind: Kptfile\"");
}

static void
check_package(struct lint *lint, const struct kpt_package *package)
{
	const struct file *file = package->file;
	if (file->syntax) {
		if (file->syntax->kind != YSYNTAX_LIMIT) {
			lint_report_at(lint, file, file->syntax->span, "kpt cannot read the Kptfile: %.*s",
				STR_ARG(file->syntax->problem));
		}
	} else if (!package->root || !ynode_is(package->root, YNODE_MAPPING)) {
		struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
			"the Kptfile is no mapping, and kpt cannot read it");
		lint_help(lint, finding,
			"begin the file with \"apiVersion: kpt.dev/v1\" and \"kind: Kptfile\"");
	} else if (package->is_v1) {
		check_fields(lint, package);
	} else {
		check_type(lint, package);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct kpt_packages packages;
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	for (size_t i = 0; i < packages.len; i++) {
		check_package(lint, &packages.items[i]);
	}
}

const struct rule rule_KP001 = {
	.code = "KP001",
	.name = "kptfile-invalid",
	.summary = "The Kptfile is one that kpt cannot read, or whose pipeline it refuses.",
	.rationale =
		"kpt reads the file strictly. A field that it does not know, one of another type, a key that "
		"stands twice or another `apiVersion` ends every command on the package: `Kptfile at … can't "
		"be read`. A field of which it cannot be told what was meant is a warning, since a later kpt "
		"may know it.\n\nThe functions of the pipeline must each name an `image` or an `exec`, take "
		"their configuration from one place, and find it in the package as one object with "
		"`apiVersion`, `kind` and a name; else `kpt fn render` says `Kptfile is invalid`. To verify: "
		"`kpt fn render DIRECTORY`. Older versions of the file are KP003.",
	.advice = "Correct the field, or remove it.",
	.reference = "https://kpt.dev/reference/schema/kptfile/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_repository = check,
};
