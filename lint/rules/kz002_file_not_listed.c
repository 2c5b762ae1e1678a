#include "kustomize/decode.h"
#include "kustomize_faults.h"
#include "lost_agents.h"
#include "path.h"

/* Does a comment of the text name it? */
static bool
is_commented_out(struct str text, struct str name)
{
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');
		struct str comment = str_skip(line, str_find_char(line, '#'));
		if (str_find(comment, name) < comment.len) {
			return true;
		}
	}
	return false;
}

/* Every document is an object, and none is a kustomization or one that stays local. */
static bool
is_manifest(struct arena *scratch, const struct file *file)
{
	struct decoded decoded;
	decode_file(scratch, file, &decoded);
	for (size_t i = 0; i < decoded.objects.len; i++) {
		struct str version = ynode_str(ynode_get(decoded.objects.items[i], STR("apiVersion")));
		if (version.len == 0 || str_starts(version, STR("kustomize.config.k8s.io/"))
			|| object_is_local(decoded.objects.items[i])) {
			return false;
		}
	}
	return decoded.verdict == DECODE_OK && decoded.objects.len > 0;
}

static bool
is_lost(const struct repository *repository, const struct kustomization *k, const struct file *file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str path = file->source.path;
	return file->kind == FS_REGULAR && file->is_yaml && !file->is_template
		&& !kustomization_is_name_of(path) && !map_get(repository->listed, path)
		&& !flux_reaches(repository->flux, file)
		&& !is_commented_out(k->file->source.text, path_base(path)) && is_manifest(&scratch, file);
}

static bool
is_same_object(const struct resource *a, const struct resource *b)
{
	return str_eq(a->kind, b->kind) && str_eq(a->name, b->name) && str_eq(a->group, b->group);
}

/* Does another file have one of its objects, or a patch of it? Listing both may end the build. */
static bool
has_double(const struct resources *resources, const struct file *file)
{
	for (size_t i = 0; i < resources->len; i++) {
		const struct resource *own = &resources->items[i];
		for (size_t j = 0; own->file == file && j < resources->len; j++) {
			const struct resource *other = &resources->items[j];
			if (other->file != file && is_same_object(own, other)) {
				return true;
			}
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct repository *repository, const struct kustomization *k,
	const struct file *file)
{
	struct str name = path_base(file->source.path);
	const struct ynode *list = kustomization_field(k->root, STR("resources"));
	struct finding *finding = lint_report_at(lint, k->file, (struct span){ 0, 0 },
		"\"%.*s\" is not listed, so nothing applies it", STR_ARG(name));
	lint_help(lint, finding, "add it to resources, or remove it");
	lint_relate_file(lint, finding, file, "this file");
	if (!has_double(repository->resources, file)) {
		lint_fix(lint, finding, edit_append_item(lint_arena(lint), k->file->source.text, list, name));
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	struct lost_agents lost; /* FX003 tells of these */
	lost_agents_collect(lint_arena(lint), repository, &lost);
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *k = &all->items[i];
		const struct directory *home = files_directory(repository->files, k->directory);
		bool lists = kustomization_items(k->root, STR("resources")) && k->build->result == BUILD_OK;
		for (size_t j = home->first; lists && j < home->last; j++) {
			const struct file *file = &repository->files->items[j];
			if (str_eq(path_parent(file->source.path), k->directory)
				&& is_lost(repository, k, file) && !lost_agents_hold(&lost, file)) {
				report(lint, repository, k, file);
			}
		}
	}
}

const struct rule rule_KZ002 = {
	.code = "KZ002",
	.name = "file-not-listed",
	.summary = "A manifest lies beside a kustomization file that does not list it.",
	.rationale =
		"Where there is a kustomization file, only what it lists is applied: a file beside it that "
		"nobody names is not, and nothing says so. That is often a file that was added without a "
		"line in the list.\n\nSilent where a comment of the kustomization file names the file, for "
		"it was taken out on purpose. There is no fix where another file has the same object, for a "
		"build "
		"that meets it twice ends.",
	.advice = "Add the file to `resources`, or remove it.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_UNSAFE,
	.check_repository = check,
};
