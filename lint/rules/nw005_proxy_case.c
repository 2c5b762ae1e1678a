#include "extra_env.h"

static void
check_pair(struct lint *lint, const struct install *install, const struct str *names)
{
	struct env_variable upper = extra_env_find(install, names[0]),
			    lower = extra_env_find(install, names[1]);
	if (!upper.text.len || !lower.text.len || str_eq(upper.text, lower.text)) {
		return;
	}
	struct finding *finding = install_report(lint, install, lower.value,
		arena_printf(lint_arena(lint), "%.*s and %.*s differ, and the agent takes %.*s",
			STR_ARG(names[1]), STR_ARG(names[0]), STR_ARG(names[0])),
		arena_printf(lint_arena(lint), "give both the same value, or drop %.*s", STR_ARG(names[1])));
	const struct ynode *other = install_place(install, upper.value);
	lint_relate(lint, finding, other, "%.*s is set here", STR_ARG(names[0]));
	install_fix_scalar(lint, finding, install, lower.value, upper.text);
}

static void
check(struct lint *lint, const struct install *install)
{
	for (size_t i = 0; i < PROXY_COUNT && extra_env_is_known(install) && !install->is_patched; i++) {
		check_pair(lint, install, proxy_names[i]);
	}
}

const struct rule rule_NW005 = {
	.code = "NW005",
	.name = "conflicting-proxy-case",
	.summary = "A proxy variable is set in capitals and in small letters, to different values.",
	.rationale =
		"Go, and so agentk, takes `HTTPS_PROXY` and looks at `https_proxy` only when the former is "
		"unset "
		"or empty; likewise for `HTTP_PROXY` and `NO_PROXY`. Other programs do it the other way "
		"round, so "
		"one of the two values was surely meant for both.\n\nSilent where one of them comes from a "
		"Secret "
		"or holds a variable. The fix gives the second one the value that the agent uses already.",
	.advice = "Keep the one in capitals, or make both equal.",
	.reference = "https://pkg.go.dev/golang.org/x/net/http/httpproxy#FromEnvironment",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
