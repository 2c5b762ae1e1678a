#include "flux/parts.h"

bool
flux_is_steered(const struct object *object)
{
	static const struct str fields[] = { STR_INIT("path"), STR_INIT("sourceRef"), STR_INIT("kubeConfig"),
		STR_INIT("url"), STR_INIT("ref"), STR_INIT("ignore"), STR_INIT("include"),
		STR_INIT("sparseCheckout"), STR_INIT("recurseSubmodules") };
	const struct ynode *written = ynode_get(object->written, STR("spec"));
	const struct ynode *applied = ynode_get(object->node, STR("spec"));
	for (size_t i = 0; i < countof(fields); i++) {
		if (!ynode_equal(ynode_get(written, fields[i]), ynode_get(applied, fields[i]))) {
			return true;
		}
	}
	return object->may_steer_differ;
}
