#include "kpt/fields.h"
#include "kpt/packages.h"
#include "rule.h"

static bool
is_kptfile(const struct kpt_package *package, const char *version)
{
	return str_eq(kpt_text(package->root, "kind"), STR("Kptfile"))
		&& str_eq(kpt_text(package->root, "apiVersion"), str_from(version));
}

/* Where all fields are those of v1, the version is all that is to be changed. */
static void
mend(struct lint *lint, struct finding *finding, const struct kpt_package *package, const struct ynode *at)
{
	struct kptfile_problems problems;
	kptfile_check(lint_arena(lint), package->root, &problems);
	if (problems.len > 0) {
		lint_help(lint, finding,
			"run kpt fn eval DIRECTORY --include-meta-resources --image "
			"ghcr.io/kptdev/krm-functions-catalog/fix:latest");
		return;
	}
	lint_help(lint, finding, "write kpt.dev/v1, which has all of its fields");
	lint_fix(lint, finding,
		edit_scalar(lint_arena(lint), package->file->source.text, at, STR("kpt.dev/v1")));
}

static const struct file *
krmfile_of(const struct files *files, const struct kpt_package *package)
{
	static const struct str names[] = { STR_INIT("Krmfile"), { NULL, 0 } };
	return files_first_of(files, package->directory, names);
}

static void
check_package(struct lint *lint, const struct files *files, const struct kpt_package *package)
{
	const struct ynode *at = ynode_get(package->root, STR("apiVersion"));
	const struct file *krmfile = krmfile_of(files, package);
	if (is_kptfile(package, "kpt.dev/v1alpha1") || is_kptfile(package, "kpt.dev/v1alpha2")) {
		struct finding *finding = lint_report(lint, at,
			"kpt 1.0 and later do not read a Kptfile of \"%.*s\"", STR_ARG(ynode_str(at)));
		if (krmfile) {
			lint_relate_file(lint, finding, krmfile, "nor this file, with the setters");
		}
		mend(lint, finding, package, at);
		lint_object(lint, finding, package->root, at);
	} else if (krmfile && package->is_v1) {
		struct finding *finding = lint_report_at(lint, krmfile, (struct span){ 0, 0 },
			"kpt 1.0 and later do not read a Krmfile: its setters set nothing");
		lint_relate(lint, finding, at, "this package is for kpt 1.0 and later");
		lint_help(lint, finding,
			"give the values to the function apply-setters in the Kptfile, and remove the file");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct kpt_packages packages;
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	for (size_t i = 0; i < packages.len; i++) {
		check_package(lint, repository->files, &packages.items[i]);
	}
}

const struct rule rule_KP003 = {
	.code = "KP003",
	.name = "kpt-deprecated-schema",
	.summary = "A kpt package is of a form that kpt 1.0 does not read.",
	.rationale = "Packages made with kpt 0.x have a Kptfile of `kpt.dev/v1alpha1`, those made with early "
		     "builds "
		     "of 1.0 one of `v1alpha2`. kpt 1.0 ends with `has an old version of the Kptfile schema` "
		     "whatever it is asked to do with them. The first form of GitLab's own package for the "
		     "agent is "
		     "one: its setters stand in a `Krmfile`, and are set by `kustomize cfg set`. To verify: "
		     "`kpt fn "
		     "render DIRECTORY`.",
	.advice = "Migrate the package as kpt's guide says: setters become the values of the function "
		  "`apply-setters`. A file of `v1alpha2` may need no more than another `apiVersion`.",
	.reference = "https://kpt.dev/installation/migration/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_repository = check,
};
