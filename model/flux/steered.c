#include "flux/parts.h"

static bool
is_same(const struct ynode *a, const struct ynode *b)
{
	a = ynode_follow(a);
	b = ynode_follow(b);
	if (!a || !b || a->kind != b->kind || a->len != b->len) {
		return a == b;
	}
	if (a->kind == YNODE_SCALAR) {
		return str_eq(ynode_str(a), ynode_str(b));
	}
	const struct ynode *other = b->first;
	for (const struct ynode *child = a->first; child; child = child->next, other = other->next) {
		if (!is_same(child, other)) {
			return false;
		}
	}
	return true;
}

bool
flux_is_steered(const struct object *object)
{
	static const struct str fields[] = { STR_INIT("path"), STR_INIT("sourceRef"), STR_INIT("kubeConfig"),
		STR_INIT("url"), STR_INIT("ref"), STR_INIT("ignore"), STR_INIT("include"),
		STR_INIT("sparseCheckout"), STR_INIT("recurseSubmodules") };
	const struct ynode *written = ynode_get(object->written, STR("spec"));
	const struct ynode *applied = ynode_get(object->node, STR("spec"));
	for (size_t i = 0; i < countof(fields); i++) {
		if (!is_same(ynode_get(written, fields[i]), ynode_get(applied, fields[i]))) {
			return true;
		}
	}
	return object->may_steer_differ;
}
