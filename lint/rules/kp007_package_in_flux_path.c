#include "path.h"
#include "rule.h"

/* The object that a Flux build takes from `file`, where nobody asked for it by name; NULL for none. */
static const struct applied *
find_walked(const struct clusters *clusters, const struct file *file)
{
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			const struct applied *applied = &cluster->objects.items[j];
			if (applied->object->resource->file == file && !applied->by->build->kustomization
				&& !applied->object->may_differ) {
				return applied;
			}
		}
	}
	return NULL;
}

static void
check_step(struct lint *lint, const struct file *kptfile, const struct ynode *step)
{
	const struct repository *repository = lint_repository(lint);
	const struct ynode *at = ynode_get(step, STR("configPath"));
	struct str path;
	if (!at || !path_join(lint_arena(lint), path_parent(kptfile->source.path), ynode_str(at), &path)) {
		return;
	}
	const struct file *file = files_get(repository->files, path);
	const struct applied *applied = file ? find_walked(repository->clusters, file) : NULL;
	if (!applied) {
		return;
	}
	const struct identity *id = &applied->object->id;
	struct finding *finding = lint_report(lint, applied->object->written,
		"Flux applies this %.*s to the cluster: it only configures a kpt function",
		STR_ARG(id->kind));
	lint_relate(lint, finding, at, "kpt reads it here");
	lint_help(lint, finding,
		"annotate it with config.kubernetes.io/local-config: \"true\", or add a kustomization.yaml "
		"that "
		"lists the manifests of the package");
	lint_object(lint, finding, applied->object->resource->root, applied->object->written);
}

static void
check_steps(struct lint *lint, const struct file *kptfile, const struct ynode *list)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		check_step(lint, kptfile, item);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		const struct file *file = &repository->files->items[i];
		if (str_eq(path_base(file->source.path), STR("Kptfile")) && file->docs) {
			const struct ynode *pipeline = ynode_get(file->docs->root, STR("pipeline"));
			check_steps(lint, file, ynode_get(pipeline, STR("mutators")));
			check_steps(lint, file, ynode_get(pipeline, STR("validators")));
		}
	}
}

const struct rule rule_KP007 = {
	.code = "KP007",
	.name = "kpt-package-in-flux-path",
	.summary = "Flux applies the configuration of a kpt function to the cluster.",
	.rationale = "Where a directory has no kustomization file, Flux applies every manifest that it "
		     "finds, the ConfigMap "
		     "of a kpt package's setters too. `Kptfile` and `.krmignore` mean nothing to it. What is "
		     "annotated "
		     "with `config.kubernetes.io/local-config` is left out of every build.",
	.advice = "Annotate what only kpt reads with `config.kubernetes.io/local-config: \"true\"`, or add a "
		  "`kustomization.yaml` to the package that lists its manifests.",
	.reference = "https://kpt.dev/book/04-using-functions/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
