#include "left_out.h"

const struct ynode *
left_out_spec(const struct flux_root *root)
{
	return root->source ? ynode_at(root->source->root, "spec", "ignore", NULL) : NULL;
}

void
left_out_patterns(struct arena *arena, const struct repository *repository, const struct flux_root *root,
	struct ignore *ret_ignore)
{
	ignore_collect(arena, repository->files, ynode_str(left_out_spec(root)), ret_ignore);
}

bool
left_out_by_default(struct arena *arena, const struct ignore *ignore, const struct file *file)
{
	const struct files none = { 0 };
	struct ignore defaults;
	if (ignore->first_custom == ignore->len) {
		return false;
	}
	ignore_collect(arena, &none, STR(""), &defaults);
	return ignore_excludes(&defaults, file->source.path);
}

void
left_out_relate(struct lint *lint, struct finding *finding, const struct flux_root *root,
	const struct ignore_pattern *pattern, const char *what)
{
	if (pattern->file) {
		lint_relate_at(lint, finding, pattern->file, pattern->span, "%s", what);
	} else {
		lint_relate(lint, finding, left_out_spec(root), "%s", what);
	}
}
