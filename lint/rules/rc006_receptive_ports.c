#include "install_finding.h"
#include "yscalar.h"

/* What the chart holds against one another, and its defaults. */
static const struct {
	struct str address, port, default_port;
} pairs[] = {
	{ STR_INIT("config.api.listenAddress"), STR_INIT("service.internalPort"), STR_INIT("8082") },
	{ STR_INIT("config.privateApi.listenAddress"), STR_INIT("service.privateApiPort"), STR_INIT("8081") },
};

/* As the template prints it; false where that is not known. */
static bool
print_value(struct arena *arena, struct value value, struct str otherwise, struct str *ret_text)
{
	bool is_scalar = value.node && value.node->kind == YNODE_SCALAR;
	enum ytype type = is_scalar ? ynode_type(value.node, YDIALECT_YAML_V3) : YTYPE_NULL;
	bool is_number = type == YTYPE_INT || type == YTYPE_FLOAT;
	double number = is_number ? yscalar_number(value.text) : 0;
	if (value.state == VALUE_ABSENT) {
		*ret_text = otherwise;
		return true;
	}
	*ret_text = is_number ? arena_printf(arena, "%.0f", number) : value.text;
	return value.state != VALUE_OPEN && is_scalar
		&& (!is_number || (number >= 0 && number <= UINT16_MAX));
}

static void
check_pair(struct lint *lint, const struct install *install, size_t i)
{
	struct arena *arena = lint_arena(lint);
	struct value address = install_value(install, pairs[i].address);
	struct value port = install_value(install, pairs[i].port);
	struct str default_address = arena_printf(arena, ":%.*s", STR_ARG(pairs[i].default_port));
	struct str listens, wanted;
	if (!print_value(arena, address, default_address, &listens)
		|| !print_value(arena, port, pairs[i].default_port, &wanted)) {
		return;
	}
	if (!str_has_char(listens, ':')) {
		(void)install_report(lint, install, address.node,
			arena_printf(arena,
				"the chart does not render: %.*s \"%.*s\" has no port behind a \":\"",
				STR_ARG(pairs[i].address), STR_ARG(listens)),
			arena_printf(arena, "write \"%.*s\"", STR_ARG(default_address)));
		return;
	}
	size_t start = listens.len;
	while (listens.ptr[start - 1] != ':') {
		start--;
	}
	struct str last = str_skip(listens, start);
	if (!str_eq(last, wanted)) {
		(void)install_report(lint, install, port.node ? port.node : address.node,
			arena_printf(arena,
				"the chart does not render: %.*s is \"%.*s\", and %.*s ends in \"%.*s\"",
				STR_ARG(pairs[i].port), STR_ARG(wanted), STR_ARG(pairs[i].address),
				STR_ARG(last)),
			arena_printf(arena, "give both the same port: %.*s follows nothing by itself",
				STR_ARG(port.node ? pairs[i].address : pairs[i].port)));
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	for (size_t i = 0; install_is_receptive(install) == ANSWER_YES && i < countof(pairs); i++) {
		check_pair(lint, install, i);
	}
}

const struct rule rule_RC006 = {
	.code = "RC006",
	.name = "receptive-ports-disagree",
	.summary =
		"The chart refuses to render: the agent listens on another port than its Service leads to.",
	.rationale =
		"For a receptive agent the chart compares `service.internalPort` (8082 unless set) with what "
		"stands behind the last `:` of `config.api.listenAddress` (`:8082`), and "
		"`service.privateApiPort` (8081) with `config.privateApi.listenAddress` (`:8081`), as texts. "
		"Where they differ, or where the address has no `:`, Helm ends with *The "
		"service.internalPort "
		"… must be equal to the port that is set in config.api.listenAddress* and nothing is "
		"installed.\n\nSilent where something unread may set one of them.",
	.advice = "Set both values of a pair, or neither.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/templates/_helpers.tpl",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
