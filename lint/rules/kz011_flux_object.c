#include "rule.h"

/* kustomize reads the first document only. A file that another kustomization lists as a resource is one. */
static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		const struct file *file = &repository->files->items[i];
		const struct ynode *root = file->docs ? file->docs->root : NULL;
		const struct ynode *at = ynode_get(root, STR("apiVersion"));
		struct str version = ynode_str(at);
		struct str group = str_first(version, str_find_char(version, '/'));
		if (!kustomization_is_name_of(file->source.path) || file->is_template
			|| !str_ends(group, STR(".toolkit.fluxcd.io"))
			|| map_get(repository->listed, file->source.path)) {
			continue;
		}
		struct finding *finding = lint_report(lint, at,
			"a Flux %.*s stands in a kustomization file, which must be of "
			"\"kustomize.config.k8s.io/v1beta1\"",
			STR_ARG(ynode_str(ynode_get(root, STR("kind")))));
		lint_help(lint, finding,
			"give the file another name, such as \"%.*s.yaml\", and list it in a "
			"kustomization.yaml",
			STR_ARG(ynode_str(ynode_at(root, "metadata", "name", NULL))));
		lint_object(lint, finding, root, at);
	}
}

const struct rule rule_KZ011 = {
	.code = "KZ011",
	.name = "flux-object-in-kustomization-file",
	.summary = "A kustomization file holds an object of Flux instead of a kustomization.",
	.rationale =
		"Two things are called Kustomization: the file that kustomize reads, and the object of Flux "
		"that says "
		"which path to apply. The object in a file that kustomize takes for its own ends every build "
		"of the "
		"directory: `invalid Kustomization: json: unknown field \"spec\"`, or at the path of a Flux "
		"Kustomization `apiVersion for Kustomization should be "
		"kustomize.config.k8s.io/v1beta1`.\n\nA warning "
		"where no Flux root is known to build the directory.",
	.advice = "Give the file any other name, and list that in the `kustomization.yaml` of its directory.",
	.reference = "https://fluxcd.io/flux/faq/#are-there-two-kustomization-types",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
