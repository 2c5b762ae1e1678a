#include "chart.h"

#include "names.h"
#include "ypath.h"
#include "yscalar.h"

/* `trunc 63 | trimSuffix "-"` */
static struct str
truncated(struct str name)
{
	struct str cut = str_first(name, LABEL_BYTES_MAX);
	return str_ends(cut, STR("-")) ? str_first(cut, cut.len - 1) : cut;
}

/* Sprig's `default`: what is absent, null or empty counts as not set. */
static struct str
value_or(const struct ynode *values, struct str path, struct str fallback)
{
	const struct ynode *value = ypath_dotted(values, path);
	struct str text = ynode_str(value);
	bool is_set = text.len && ynode_type(value, YDIALECT_SIGS_YAML) != YTYPE_NULL;
	return is_set ? text : fallback;
}

struct str
chart_name(const struct ynode *values)
{
	return truncated(value_or(values, STR("nameOverride"), STR("gitlab-agent")));
}

struct str
chart_fullname(struct arena *arena, struct str release, const struct ynode *values)
{
	struct str full = value_or(values, STR("fullnameOverride"), STR(""));
	struct str name = value_or(values, STR("nameOverride"), STR("gitlab-agent"));
	if (full.len) {
		return truncated(full);
	}
	if (str_find(release, name) < release.len) {
		return truncated(release);
	}
	return truncated(arena_printf(arena, "%.*s-%.*s", STR_ARG(release), STR_ARG(name)));
}

struct str
chart_service_account(struct arena *arena, struct str release, const struct ynode *values)
{
	struct str create = value_or(values, STR("serviceAccount.create"), STR("true"));
	struct str fallback = yscalar_bool(create) ? chart_fullname(arena, release, values) : STR("default");
	return value_or(values, STR("serviceAccount.name"), fallback);
}
