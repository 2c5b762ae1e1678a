#include "path.h"
#include "rule.h"

static const struct file *
next_in(const struct files *files, const struct file *file, const struct str *after)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	for (const struct str *name = after; name->len > 0; name++) {
		struct str path;
		const struct file *other = path_join(&scratch, path_parent(file->source.path), *name, &path)
			? files_get(files, path)
			: NULL;
		if (other && other->kind == FS_REGULAR) {
			return other;
		}
	}
	return NULL;
}

/* At each file after the first one of its directory, in kustomize's order of names. */
static void
check_file(struct lint *lint, const struct files *files, const struct file *file)
{
	struct str base = path_base(file->source.path);
	const struct str *name = kustomization_names;
	while (name->len > 0 && !str_eq(base, *name)) {
		name++;
	}
	const struct file *first = next_in(files, file, kustomization_names);
	if (name->len == 0 || file->kind != FS_REGULAR || !first || first == file) {
		return;
	}
	struct str directory = path_parent(file->source.path);
	struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
		"\"%.*s\" has both \"%.*s\" and \"%.*s\", and kustomize refuses such a directory",
		STR_ARG(directory.len > 0 ? directory : STR(".")), STR_ARG(path_base(first->source.path)),
		STR_ARG(base));
	lint_relate_file(lint, finding, first, "the other kustomization file");
	lint_help(lint, finding, "keep one of them, best \"kustomization.yaml\"");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		check_file(lint, repository->files, &repository->files->items[i]);
	}
}

const struct rule rule_KZ007 = {
	.code = "KZ007",
	.name = "two-kustomization-files",
	.summary = "A directory holds more than one kustomization file.",
	.rationale =
		"kustomize knows a kustomization file as `kustomization.yaml`, `kustomization.yml` or "
		"`Kustomization`. When a directory has two of them, every build that includes it ends with "
		"`Found multiple kustomization files`; so does Flux.\n\nA warning where no Flux root is "
		"known to "
		"build the directory.",
	.advice = "Merge them into one `kustomization.yaml` and delete the other.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
