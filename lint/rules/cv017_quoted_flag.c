#include "install_finding.h"
#include "yscalar.h"

static const struct str flags[] = { STR_INIT("rbac.create"), STR_INIT("serviceAccount.create"),
	STR_INIT("serviceMonitor.enabled"), STR_INIT("config.observability.enabled"),
	STR_INIT("config.observability.tls.enabled"), STR_INIT("config.observability.tls.secret.create"),
	STR_INIT("config.operational_container_scanning.enabled"), STR_INIT("config.receptive.enabled") };

/* A text that says no and that a template takes for yes. */
static bool
means_no(struct value value)
{
	static const struct str words[] = { STR_INIT("false"), STR_INIT("no"), STR_INIT("off"),
		STR_INIT("0") };
	bool is_text = value.state == VALUE_SET && ynode_type(value.node, YDIALECT_YAML_V3) == YTYPE_STRING;
	for (size_t i = 0; is_text && i < countof(words); i++) {
		if (str_eq_nocase(value.text, words[i])) {
			return true;
		}
	}
	return false;
}

static void
check(struct lint *lint, const struct install *install)
{
	for (size_t i = 0; i < countof(flags); i++) {
		struct value value = install_value(install, flags[i]);
		if (!means_no(value)) {
			continue;
		}
		const struct ynode *place = install_place(install, value.node);
		struct finding *finding = lint_report(lint, place,
			"%.*s is the text \"%.*s\" here, which the chart takes for true", STR_ARG(flags[i]),
			STR_ARG(value.text));
		lint_help(lint, finding, "write false, without quotes%s",
			install->script ? ", and --set instead of --set-string" : "");
		const struct ynode *key = install_own_key(install, flags[i]);
		if (key) {
			lint_fix(lint, finding,
				edit_word(
					lint_arena(lint), install_text(lint, key), key->next, STR("false")));
		}
		lint_install(lint, finding, install, place);
	}
}

const struct rule rule_CV017 = {
	.code = "CV017",
	.name = "quoted-boolean-number",
	.summary = "A value that says no as a text is taken for yes.",
	.rationale = "The chart asks `if .Values.rbac.create`, and a text that is not empty is true: "
		     "`\"false\"` binds "
		     "cluster-admin just as `true` does. In a HelmRelease `no` and `off` are texts, too: "
		     "kustomize "
		     "and Flux read YAML 1.2, and a values file that said so does not do so there.\n\nTexts "
		     "that say "
		     "yes, and numbers in quotes, come out right, and are left alone.",
	.advice = "Write `false`. It is written where the HelmRelease itself says the value; in commands and "
		  "in files "
		  "of values it is yours to write.",
	.reference = "https://helm.sh/docs/chart_template_guide/control_structures/#ifelse",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
