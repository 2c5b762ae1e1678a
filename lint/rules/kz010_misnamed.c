#include "path.h"
#include "rule.h"

/* Case apart one of kustomize's names, but none of them; "kustomization" is no YAML name and often a
 * directory's or a tool's. */
static bool
is_near_name(struct str base)
{
	bool near = false;
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		if (str_eq(base, *name)) {
			return false;
		}
		near = near || str_eq_nocase(base, *name);
	}
	return near || str_eq_nocase(base, STR("Kustomization.yml"));
}

/* Fields that a kustomization file has and a Kubernetes object does not. */
static bool
has_fields(const struct ynode *root)
{
	static const struct str fields[] = { STR_INIT("resources"), STR_INIT("components"), STR_INIT("bases"),
		STR_INIT("patches"), STR_INIT("configMapGenerator"), STR_INIT("secretGenerator"),
		STR_INIT("generators"), STR_INIT("helmCharts") };
	for (size_t i = 0; i < countof(fields); i++) {
		if (ynode_is(ynode_get(root, fields[i]), YNODE_SEQUENCE)) {
			return true;
		}
	}
	return false;
}

/* What is no YAML by its name was not parsed: ".YAML" says enough. */
static bool
is_kustomization(const struct file *file)
{
	const struct ydoc *doc = file->docs;
	if (!file->is_yaml) {
		return path_extension(file->source.path).len > 0;
	}
	if (!doc || !ynode_is(doc->root, YNODE_MAPPING)) {
		return false;
	}
	struct str version = ynode_str(ynode_get(doc->root, STR("apiVersion")));
	return str_starts(version, STR("kustomize.config.k8s.io/"))
		|| (version.len == 0 && has_fields(doc->root));
}

static void
check_file(struct lint *lint, const struct repository *repository, const struct file *file)
{
	struct str base = path_base(file->source.path), directory = path_parent(file->source.path);
	if (file->kind != FS_REGULAR || !is_near_name(base) || !is_kustomization(file) || file->is_template
		|| files_in_chart(repository->files, file->source.path)
		|| files_first_of(repository->files, directory, kustomization_names)) {
		return;
	}
	struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
		"no tool takes \"%.*s\" for a kustomization file: names are compared letter by letter",
		STR_ARG(base));
	if (!flux_reaches(repository->flux, file)) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_help(lint, finding, "rename it to \"kustomization.yaml\"");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		check_file(lint, repository, &repository->files->items[i]);
	}
}

const struct rule rule_KZ010 = {
	.code = "KZ010",
	.name = "kustomization-misnamed",
	.summary = "The name of a kustomization file is spelled in a way that kustomize does not know.",
	.rationale = "kustomize and Flux know exactly `kustomization.yaml`, `kustomization.yml` and "
		     "`Kustomization`. A file "
		     "`Kustomization.yaml` governs nothing: kustomize ends with `unable to find one of …`; "
		     "Flux walks the "
		     "directory as if it had none, takes the file for a manifest, and fails with `missing "
		     "metadata.name`.\n\n"
		     "A warning where no Flux root is known to reach the file.",
	.advice = "Rename the file to `kustomization.yaml`. On a file system that ignores case: `git mv "
		  "--force`.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
