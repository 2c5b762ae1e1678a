#include "applied_finding.h"
#include "base64.h"
#include "install_finding.h"
#include "secret_shape.h"

#define TOKEN_PREFIX STR("glagent-")

/* The token as the chart's Pods get it. */
struct token {
	const struct ynode *node;
	struct str bytes; /* without the one line end that the agent itself takes off */
};

static const struct applied *
secret_of(const struct install *install)
{
	struct value name = install_value(install, STR("config.secretName"));
	enum value_state token = install_value(install, STR("config.token")).state;
	if (name.state != VALUE_SET || (token != VALUE_ABSENT && token != VALUE_EMPTY) || install->is_patched
		|| !install->applied || !install->applied->cluster || install->namespace.len == 0) {
		return NULL;
	}
	const struct applied *secret = cluster_find(
		install->applied->cluster, STR(""), STR("Secret"), install->namespace, name.text);
	bool is_plain =
		secret && !secret->object->may_differ && !ynode_get(secret->object->node, STR("sops"));
	return is_plain ? secret : NULL;
}

/* False when there is none, or it is not known; what is no base64 is taken as it is written. */
static bool
read_token(struct arena *arena, const struct ynode *secret, struct token *ret_token)
{
	const struct ynode *text = ynode_follow(ynode_at(secret, "stringData", "token", NULL));
	const struct ynode *node = text ? text : ynode_follow(ynode_at(secret, "data", "token", NULL));
	struct str bytes = ynode_str(node);
	if (!node || node->kind != YNODE_SCALAR || node->source == 0 || bytes.len == 0
		|| (!text && !base64_decode(arena, bytes, &bytes))) {
		return false;
	}
	bytes = str_ends(bytes, STR("\n")) ? str_first(bytes, bytes.len - 1) : bytes;
	*ret_token = (struct token){ node, bytes };
	return true;
}

static bool
is_encoded_again(struct arena *arena, struct str bytes)
{
	struct str decoded;
	return base64_decode(arena, str_trim(bytes), &decoded) && str_starts(decoded, TOKEN_PREFIX);
}

/* What the agent gets; NULL: nothing is wrong. */
static const char *
fault_of(struct arena *arena, struct str bytes)
{
	if (str_trim(bytes).len == 0) {
		return "nothing but blanks for its token";
	}
	if (is_encoded_again(arena, bytes)) {
		return "its token in base64 once too often";
	}
	if (text_is_placeholder(bytes)) {
		return NULL;
	}
	if (str_has_char(bytes, '\r')) {
		return "its token with a carriage return";
	}
	/* Blanks around it may get lost on the way to GitLab. */
	return str_has_char(bytes, '\n') ? "its token with a line end in it" : NULL;
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct applied *secret = secret_of(install);
	struct token token;
	const char *fault = secret && read_token(lint_arena(lint), secret->object->node, &token)
		? fault_of(lint_arena(lint), token.bytes)
		: NULL;
	if (!fault) {
		return;
	}
	struct finding *finding =
		lint_report(lint, token.node, "the agent gets %s, and cannot connect", fault);
	lint_relate(lint, finding,
		install_place(install, install_value(install, STR("config.secretName")).node),
		"this agent reads the Secret");
	lint_help(lint, finding,
		"write the token alone: printf '%%s' \"$TOKEN\" | base64 -w0 gives what belongs under data");
	lint_applied(lint, finding, secret, token.node);
	lint_hide(lint, token.node);
}

const struct rule rule_SE009 = {
	.code = "SE009",
	.name = "token-bytes",
	.summary = "The Secret with the agent's token holds more than the token, or the token encoded twice.",
	.rationale =
		"The agent reads the key `token` of its Secret and takes one line end off. Everything else "
		"stays: a carriage return from Windows, a second line, base64 within base64. A line end in "
		"it is refused as a header before anybody looks at the token; the rest GitLab answers with "
		"*Unauthenticated*. `echo TOKEN | base64 | base64` and values of `data` that were copied to "
		"`stringData` end like that.\n\nSaid of Secrets in the open that the same cluster gets and "
		"an agent's `config.secretName` names. Encrypted ones and placeholders are left alone. "
		"The report does not show the value.\n\nTo verify: `kubectl get secret NAME -o "
		"jsonpath='{.data.token}' | base64 -d | od -c`.",
	.advice =
		"Write the token without anything around it. It stands here in the open as well: revoke it, "
		"and encrypt the next one.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/troubleshooting/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
