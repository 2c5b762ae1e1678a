#include "chart.h"
#include "install_finding.h"

#define TLS "config.observability.tls"

/* Name of the Secret that the chart makes for the metrics' TLS; empty: none, or not known. */
static struct str
secret_name(const struct lint *lint, const struct install *install)
{
	struct value name = install_value(install, STR(TLS ".secret.name"));
	bool is_made = install_flag(install, STR(TLS ".enabled"), false) == ANSWER_YES
		&& install_flag(install, STR(TLS ".secret.create"), false) == ANSWER_YES;
	if (!is_made || install->is_patched || name.state == VALUE_OPEN || install->release.len == 0) {
		return STR("");
	}
	if (name.state == VALUE_SET) {
		return name.text;
	}
	if (name.state == VALUE_EMPTY) {
		return arena_printf(lint_arena(lint), "%.*s-observability",
			STR_ARG(chart_fullname(lint_arena(lint), install->release, install->values)));
	}
	return install_is_older(install, 2, 6, 2) ? STR("") : STR("gitlab-agent-observability");
}

/* In one namespace of one cluster, and not the same release. */
static bool
is_beside(const struct install *one, const struct install *other)
{
	const struct cluster *cluster = install_cluster(one);
	return cluster && cluster == install_cluster(other) && one->namespace.len
		&& str_eq(one->namespace, other->namespace) && !str_eq(one->release, other->release)
		&& !applied_is_suspended(one->applied) && !applied_is_suspended(other->applied);
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct installs *installs = lint_repository(lint)->installs;
	struct str name = secret_name(lint, install);
	for (const struct install *other = installs->items.items; name.len && other != install; other++) {
		if (!is_beside(install, other) || !str_eq(secret_name(lint, other), name)) {
			continue;
		}
		struct value said = install_value(install, STR(TLS ".secret.name"));
		struct value create = install_value(install, STR(TLS ".secret.create"));
		struct finding *finding =
			install_report(lint, install, said.state == VALUE_SET ? said.node : create.node,
				arena_printf(lint_arena(lint),
					"two agents in namespace \"%.*s\" make the Secret \"%.*s\"",
					STR_ARG(install->namespace), STR_ARG(name)),
				STR("give each its own in " TLS ".secret.name"));
		lint_relate(lint, finding, install_place(other, NULL), "the other one is installed here");
		return;
	}
}

const struct rule rule_CV025 = {
	.code = "CV025",
	.name = "observability-secret-collision",
	.summary = "Two agents in one namespace are to make the same Secret for the TLS of their metrics.",
	.rationale = "The chart calls this Secret `gitlab-agent-observability` whatever the release is "
		     "called, so a second "
		     "agent in the namespace collides with the first: Helm ends with *Secret "
		     "\"gitlab-agent-observability\" "
		     "… exists and cannot be imported into the current release*.\n\nSaid of releases that "
		     "one cluster gets "
		     "by Flux, with `tls.enabled` and `tls.secret.create` on. Charts up to 1.11.1 named the "
		     "Secret after "
		     "the release; what those before 2.6.2 do is not known, and nothing is said of them.",
	.advice = "Set `config.observability.tls.secret.name` of one of them, or install it into another "
		  "namespace.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/values.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
