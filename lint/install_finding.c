#include "install_finding.h"

#include "applied_finding.h"

static const struct ynode *
first_written(const struct ynode *node)
{
	if (!node || node->source != 0 || node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return node && node->source != 0 ? node : NULL;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		const struct ynode *written = first_written(child);
		if (written) {
			return written;
		}
	}
	return NULL;
}

const struct ynode *
install_place(const struct install *install, const struct ynode *node)
{
	const struct ynode *written = first_written(node);
	return written ? written : install->at;
}

void
lint_install(
	struct lint *lint, struct finding *finding, const struct install *install, const struct ynode *place)
{
	if (install->applied) {
		lint_applied(lint, finding, install->applied, place);
	} else if (install->application) {
		lint_object(lint, finding, install->application->root, place);
	}
}

struct str
install_text(const struct lint *lint, const struct ynode *node)
{
	return lint_repository(lint)->files->items[node->source - 1].source.text;
}

void
install_fix_scalar(struct lint *lint, struct finding *finding, const struct install *install,
	const struct ynode *scalar, struct str text)
{
	if (install->applied && applied_is_as_written(install->applied, scalar)) {
		lint_fix(lint, finding,
			edit_scalar(lint_arena(lint), install_text(lint, scalar), scalar, text));
	}
}

bool
install_is_admin_by_default(const struct install *install)
{
	return install_flag(install, STR("rbac.useExistingRole"), false) == ANSWER_NO && !install->is_patched
		&& install_flag(install, STR("rbac.create"), true) == ANSWER_YES;
}
