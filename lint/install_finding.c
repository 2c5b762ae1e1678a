#include "install_finding.h"

#include "applied_finding.h"
#include "chart_values.h"
#include "versions.h"
#include "ypath.h"

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
	} else if (install->deployment) {
		lint_object(lint, finding, install->deployment->root, place);
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

/* The mapping that holds `path` among the values of the HelmRelease's own file; NULL where an alias leads to
 * it, or could lead to it from elsewhere. */
static const struct ynode *
own_group(const struct install *install, struct str path)
{
	struct str rest = path, name = str_cut(&rest, '.');
	const struct ynode *map =
		install->applied ? ynode_at(install->applied->object->written, "spec", "values", NULL) : NULL;
	while (map && map->kind == YNODE_MAPPING && !ynode_extra(map)) {
		if (!rest.ptr) {
			return map;
		}
		const struct ynode *key = ynode_key(map, name);
		map = key ? key->next : NULL;
		name = str_cut(&rest, '.');
	}
	return NULL;
}

const struct ynode *
install_own_key(const struct install *install, struct str path)
{
	const struct ynode *group = own_group(install, path);
	const struct ynode *key = group ? ynode_key(group, chart_key_name(path)) : NULL;
	const struct ynode *effective = install_value(install, path).node;
	bool is_plain = key && !ynode_extra(key) && !ynode_extra(key->next) && key->next->kind != YNODE_ALIAS
		&& applied_is_as_written(install->applied, key);
	if (!is_plain || !ynode_equal(key->next, effective)) {
		return NULL;
	}
	const struct ynode *place = first_written(effective);
	bool is_there = place && place->source == key->source && place->span.start >= key->next->span.start
		&& place->span.end <= key->next->span.end;
	return is_there ? key : NULL;
}

void
install_fix_remove(struct lint *lint, struct finding *finding, const struct install *install, struct str path)
{
	const struct ynode *key = install_own_key(install, path);
	if (key) {
		lint_fix(lint, finding,
			edit_remove_entry(lint_arena(lint), install_text(lint, key), own_group(install, path),
				chart_key_name(path)));
	}
}

struct finding *
install_report(struct lint *lint, const struct install *install, const struct ynode *node, struct str message,
	struct str help)
{
	const struct ynode *place = install_place(install, node);
	struct finding *finding = lint_report(lint, place, "%.*s", STR_ARG(message));
	lint_help(lint, finding, "%.*s", STR_ARG(help));
	lint_install(lint, finding, install, place);
	return finding;
}

bool
install_is_older(const struct install *install, unsigned major, unsigned minor, unsigned patch)
{
	return install->version.len > 0 && !chart_at_least(install->version, major, minor, patch);
}

enum answer
install_is_receptive(const struct install *install)
{
	return install_is_older(install, 2, 7, 0)
		? ANSWER_NO
		: install_flag(install, STR("config.receptive.enabled"), false);
}

const struct cluster *
install_cluster(const struct install *install)
{
	return install->applied && !applied_spec(install->applied, "kubeConfig") ? install->applied->cluster
										 : NULL;
}

bool
install_lacks(const struct install *install, struct str path)
{
	enum value_state state = install_value(install, path).state;
	return state == VALUE_ABSENT || state == VALUE_EMPTY;
}
