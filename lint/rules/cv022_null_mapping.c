#include "chart_values.h"
#include "install_finding.h"
#include "versions.h"
#include "ypath.h"
#include "yscalar.h"

/* Mappings that templates look into, as helm 4.1 said of each chart whose templates are known (1.0.0
 * to 1.11.1, 2.6.2), and the first of these that does. */
static const struct {
	struct str path, since;
	bool may_be_null;
} mappings[] = {
	{ STR_INIT("rbac"), STR_INIT(""), false },
	{ STR_INIT("image"), STR_INIT(""), false },
	{ STR_INIT("serviceAccount"), STR_INIT(""), false },
	{ STR_INIT("config"), STR_INIT(""), false },
	{ STR_INIT("resources"), STR_INIT("2.6.2"), false },
	{ STR_INIT("serviceMonitor"), STR_INIT("2.6.2"), true },
	{ STR_INIT("config.observability"), STR_INIT("1.6.0"), true },
	{ STR_INIT("config.observability.tls"), STR_INIT("1.6.0"), true },
	{ STR_INIT("config.operational_container_scanning"), STR_INIT("2.6.2"), true },
};

static bool
is_looked_into(const struct install *install, struct str since)
{
	struct version first, version;
	return !version_parse(since, &first) || !version_parse(install->version, &version)
		|| version_compare(version, first) >= 0;
}

/* A null has no text of its own: its key has. */
static const struct ynode *
place_of(const struct install *install, struct str path, const struct ynode *value)
{
	struct str name = chart_key_name(path);
	struct str group = str_first(path, path.len - name.len - (name.len < path.len ? 1 : 0));
	const struct ynode *key =
		ynode_key(group.len ? ypath_dotted(install->values, group) : install->values, name);
	return key && key->source ? key : value;
}

static void
check_mapping(struct lint *lint, const struct install *install, size_t i)
{
	struct value value = install_value(install, mappings[i].path);
	bool is_null = value.node && ynode_type(value.node, YDIALECT_YAML_V3) == YTYPE_NULL;
	if (!value.node || value.node->kind == YNODE_MAPPING || (is_null && mappings[i].may_be_null)
		|| !is_looked_into(install, mappings[i].since)) {
		return;
	}
	struct arena *arena = lint_arena(lint);
	enum ytype type = ynode_type(value.node, YDIALECT_YAML_V3);
	const char *kind = type == YTYPE_SEQUENCE ? "a list"
		: type == YTYPE_STRING            ? "a text"
						  : "a switch or number";
	struct finding *finding =
		install_report(lint, install, place_of(install, mappings[i].path, value.node),
			arena_printf(arena, "the chart does not render: %.*s is %s, and no mapping",
				STR_ARG(mappings[i].path), is_null ? "null" : kind),
			is_null ? arena_printf(arena, "drop %.*s: a null takes the chart's own values away",
				STR_ARG(mappings[i].path))
				: arena_printf(arena, "drop %.*s, or write what belongs below it",
					STR_ARG(mappings[i].path)));
	if (!install->is_official || !chart_keys_are_known(install->version)) {
		finding->severity = SEVERITY_WARNING;
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	for (size_t i = 0; i < countof(mappings); i++) {
		check_mapping(lint, install, i);
	}
}

const struct rule rule_CV022 = {
	.code = "CV022",
	.name = "null-mapping",
	.summary = "A group of the chart's values is null, or no mapping, and the chart does not render.",
	.rationale = "`resources:` with nothing behind it, because all below it was commented out, is null, "
		     "and null in "
		     "values tells Helm to take the chart's own default away. The templates look into it all "
		     "the same: "
		     "*nil pointer evaluating interface {}.limits*, and nothing is installed. A text, a "
		     "switch or a list "
		     "there ends with *can't evaluate field …*: `operational_container_scanning: false` for "
		     "`{enabled: "
		     "false}`.\n\nWhich values are concerned was asked of Helm with the charts 1.0.0 to "
		     "1.11.1 and 2.6.2. "
		     "An error for these, from GitLab's own repository; a warning where the version is "
		     "another or not "
		     "known. To verify: `helm template gitlab-agent gitlab/gitlab-agent -f values.yaml`.",
	.advice = "Drop the key, or write `{}` behind it.",
	.reference = "https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
