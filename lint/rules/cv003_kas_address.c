#include "install_finding.h"
#include "names.h"
#include "yscalar.h"

#define OMNIBUS_PATH STR("/-/kubernetes-agent")

struct address {
	struct lint *lint;
	const struct install *install;
	struct value value;
	struct str scheme, host, path; /* empty where there is none */
};

static struct finding *
report(const struct address *a, enum severity severity, struct str message, struct str help)
{
	const struct ynode *place = install_place(a->install, a->value.node);
	struct finding *finding = lint_report(a->lint, place, "%.*s", STR_ARG(message));
	finding->severity = severity;
	lint_help(a->lint, finding, "%.*s", STR_ARG(help));
	lint_install(a->lint, finding, a->install, place);
	return finding;
}

static void
mend(const struct address *a, struct finding *finding, struct str text)
{
	install_fix_scalar(a->lint, finding, a->install, a->value.node, text);
}

static bool
is_one_of(struct str scheme, const char *const *names)
{
	for (; *names; names++) {
		if (str_eq_nocase(scheme, str_from(*names))) {
			return true;
		}
	}
	return false;
}

/* No web server of GitLab's redirects there. */
static bool
has_own_host(const struct address *a)
{
	return str_starts(a->host, STR("kas."));
}

/* Of an address that is right but for its scheme, the right one; else empty. */
static struct str
with_scheme(const struct address *a)
{
	struct arena *arena = lint_arena(a->lint);
	bool is_tls = str_eq_nocase(a->scheme, STR("https"));
	bool is_omnibus = str_eq(a->path, STR("/-/kubernetes-agent/"));
	bool is_own_host = has_own_host(a) && (a->path.len == 0 || str_eq(a->path, STR("/")));
	struct str rest = str_skip(a->value.text, a->scheme.len);
	return is_omnibus || is_own_host ? arena_printf(arena, "%s%.*s", is_tls ? "wss" : "ws", STR_ARG(rest))
					 : STR("");
}

static void
report_scheme(const struct address *a)
{
	struct arena *arena = lint_arena(a->lint);
	bool is_web = is_one_of(a->scheme, (const char *const[]){ "http", "https", NULL });
	struct str right = is_web ? with_scheme(a) : STR("");
	struct str message = a->scheme.len
		? arena_printf(arena, "the agent dials no \"%.*s://\" address, and stops", STR_ARG(a->scheme))
		: STR("the agent's server has no scheme in its address, and the agent stops");
	struct str help = right.len ? arena_printf(arena, "write %.*s", STR_ARG(right))
		: a->scheme.len     ? STR("ws, wss, grpc and grpcs are the schemes it knows")
				    : STR("write wss:// before it, or grpcs:// where KAS is served so");
	struct finding *finding = report(a, SEVERITY_ERROR, message, help);
	if (right.len) {
		mend(a, finding, right);
	}
}

static void
check_path(const struct address *a)
{
	struct arena *arena = lint_arena(a->lint);
	bool is_web_socket = is_one_of(a->scheme, (const char *const[]){ "ws", "wss", NULL });
	if (str_find(a->path, STR("/k8s-proxy")) < a->path.len) {
		(void)report(a, SEVERITY_WARNING,
			STR("this is the address of KAS's proxy for the Kubernetes API, not the one for "
			    "agents"),
			STR("leave out k8s-proxy"));
	} else if (is_web_socket && str_eq(a->path, OMNIBUS_PATH) && !has_own_host(a)) {
		struct str right = arena_printf(arena, "%.*s/", STR_ARG(a->value.text));
		struct finding *finding = report(a, SEVERITY_WARNING,
			STR("GitLab redirects this address to the one with a slash at its end, and the agent "
			    "follows no redirect"),
			arena_printf(arena, "write %.*s", STR_ARG(right)));
		mend(a, finding, right);
	}
}

/* "KAS_ADDRESS": somebody is to fill it in. */
static bool
is_name_of_variable(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') && text.ptr[i] != '_') {
			return false;
		}
	}
	return text.len > 0;
}

static void
split(struct address *a)
{
	struct str text = a->value.text;
	size_t mark = str_find(text, STR("://"));
	a->scheme = mark < text.len ? str_first(text, mark) : STR("");
	struct str rest = mark < text.len ? str_skip(text, mark + 3) : text;
	size_t slash = str_find_char(rest, '/');
	a->host = str_first(rest, slash);
	a->path = str_skip(rest, slash);
}

/* A null of a command takes the chart's default away; in an object it may be gone before Helm sees it. */
static bool
is_empty(const struct address *a)
{
	return a->value.state == VALUE_EMPTY
		&& (a->install->script || ynode_type(a->value.node, YDIALECT_YAML_V3) == YTYPE_STRING);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct address a = { lint, install, install_value(install, STR("config.kasAddress")),
		.scheme = STR("") };
	if (install_flag(install, STR("config.receptive.enabled"), false) == ANSWER_YES || !a.value.node
		|| a.value.node->kind != YNODE_SCALAR) {
		return;
	}
	if (is_empty(&a)) {
		(void)report(&a, SEVERITY_ERROR, STR("the agent gets an empty address, and stops"),
			STR("write the address of the agent server, or drop the value"));
	} else if (a.value.state == VALUE_SET) {
		split(&a);
		if (is_one_of(a.scheme, (const char *const[]){ "ws", "wss", "grpc", "grpcs", NULL })) {
			check_path(&a);
		} else if (!is_name_of_variable(a.value.text)) {
			report_scheme(&a);
		}
	}
}

const struct rule rule_CV003 = {
	.code = "CV003",
	.name = "kas-address-invalid",
	.summary = "The agent cannot reach its server at `config.kasAddress`.",
	.rationale =
		"agentk dials `ws`, `wss`, `grpc` and `grpcs` and ends with *unsupported scheme in GitLab "
		"Kubernetes Agent Server address* for all else: the address of GitLab itself, copied from "
		"the "
		"browser, is the usual cause.\n\nTwo more are warnings. A self-managed GitLab serves agents "
		"at "
		"`/-/kubernetes-agent/`; without the last slash it answers with a redirect, which agentk "
		"does "
		"not follow. And `…/k8s-proxy/` is where users reach the Kubernetes API.\n\nSilent for a "
		"receptive agent, of which the chart drops the address, and for an address that holds a "
		"variable.",
	.advice = "GitLab.com: `wss://kas.gitlab.com`. Self-managed: `wss://HOST/-/kubernetes-agent/`, or "
		  "`wss://kas.HOST` where KAS has a host of its own, as with GitLab's Helm chart.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#install-the-agent-in-the-cluster",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_install = check,
};
