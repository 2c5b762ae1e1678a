#include "base64.h"
#include "plain_secret.h"
#include "rule.h"
#include "token.h"

static struct span
span_in(const struct file *file, struct str part)
{
	uint32_t start = (uint32_t)(part.ptr - file->source.text.ptr);
	return (struct span){ start, start + (uint32_t)part.len };
}

static void
advise(struct lint *lint, struct finding *finding)
{
	lint_help(lint, finding,
		"revoke the token, since Git keeps it for ever, and put a new one into a Secret that is not "
		"in Git, or "
		"encrypted with SOPS");
}

/* The prefixed shape is a token wherever it stands. */
static void
check_text(struct lint *lint, const struct file *file)
{
	struct str text = file->source.text, token;
	for (size_t from = 0; token_next(text, from, &token);
		from = (size_t)(token.ptr - text.ptr) + token.len) {
		advise(lint,
			lint_report_at(lint, file, span_in(file, token),
				"an agent's token is committed: glagent-…(%zu characters)",
				token.len - STR("glagent-").len));
	}
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
		|| c == '_';
}

/* The word behind `=`, `:` or the key `value` that may stand between a name and its value, in shell, YAML and
 * Terraform. */
static struct str
value_behind(struct str text, size_t at)
{
	const struct str key = STR("value");
	struct str rest = str_skip(text, at);
	while (rest.len > 0 && !is_word_byte(rest.ptr[0])) {
		if (!str_has_char(STR(" \t\r\n\"'=:,"), rest.ptr[0])) {
			return STR("");
		}
		rest = str_skip(rest, 1);
		if (str_starts(rest, key) && rest.len > key.len && !is_word_byte(rest.ptr[key.len])) {
			rest = str_skip(rest, key.len);
		}
	}
	size_t len = 0;
	while (len < rest.len && is_word_byte(rest.ptr[len])) {
		len++;
	}
	return str_first(rest, len);
}

/* An old token right behind a name that takes one: `--set config.token=…`, `AGENTK_TOKEN=…`. */
static void
check_names(struct lint *lint, const struct file *file)
{
	static const struct str names[] = { STR_INIT("config.token"), STR_INIT("AGENTK_TOKEN") };
	struct str text = file->source.text;
	for (size_t i = 0; i < countof(names); i++) {
		for (size_t at = str_find(text, names[i]); at < text.len;) {
			at += names[i].len;
			struct str value = value_behind(text, at);
			if (token_is_old(value)) {
				advise(lint,
					lint_report_at(lint, file, span_in(file, value),
						"an agent's token is committed, as the value of %.*s",
						STR_ARG(names[i])));
			}
			at += str_find(str_skip(text, at), names[i]);
		}
	}
}

static void
report_value(struct lint *lint, const struct ynode *root, const struct ynode *value, const char *where)
{
	struct finding *finding = lint_report(lint, value, "an agent's token is committed, %s", where);
	lint_object(lint, finding, root, value);
	advise(lint, finding);
}

/* The chart's value config.token, in values of any depth. */
static void
check_values(struct lint *lint, const struct ynode *root, const struct ynode *node)
{
	if (node->kind == YNODE_SEQUENCE) {
		for (const struct ynode *item = node->first; item; item = item->next) {
			check_values(lint, root, item);
		}
	}
	if (node->kind != YNODE_MAPPING) {
		return; /* what an alias names is seen at its anchor */
	}
	const struct ynode *token = ynode_get(ynode_get(node, STR("config")), STR("token"));
	if (token && token_is_old(ynode_str(token))) {
		report_value(lint, root, token, "as the chart's value config.token");
	}
	for (const struct ynode *key = node->first; key; key = key->next->next) {
		check_values(lint, root, key->next);
	}
}

static bool
holds_token(struct str text)
{
	struct str token;
	return token_next(text, 0, &token);
}

static void
check_secret(struct lint *lint, const struct ynode *root)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode *data = ynode_get(root, STR("data"));
	for (const struct ynode *key = ynode_is(data, YNODE_MAPPING) ? data->first : NULL; key;
		key = key->next->next) {
		struct str bytes;
		bool decoded = base64_decode(&scratch, ynode_str(key->next), &bytes);
		bool is_token = str_eq(ynode_str(key), STR("token"));
		if (decoded && (holds_token(bytes) || (is_token && token_is_old(str_trim(bytes))))) {
			report_value(lint, root, ynode_follow(key->next),
				"in a Secret that is not encrypted (base64 hides nothing)");
		}
	}
	const struct ynode *token = ynode_get(ynode_get(root, STR("stringData")), STR("token"));
	if (token && token_is_old(str_trim(ynode_str(token)))) {
		report_value(lint, root, token, "in a Secret that is not encrypted");
	}
}

static void
check(struct lint *lint, const struct file *file)
{
	check_text(lint, file);
	check_names(lint, file);
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		check_values(lint, doc->root, doc->root);
		each_secret(lint, doc->root, check_secret);
	}
}

const struct rule rule_SE001 = {
	.code = "SE001",
	.name = "agent-token-committed",
	.summary = "An agent's access token is committed.",
	.rationale = "Whoever can read the repository, or any clone or fork of it, can connect to the agent "
		     "server in the "
		     "agent's name: see its configuration, receive the requests meant for the cluster, and "
		     "answer them. "
		     "Git keeps the token after it is removed from the file.\n\n"
		     "The shape `glagent-` with 50 or more random characters is a token in any file, whether "
		     "documentation, a "
		     "script or YAML. Tokens from before that prefix are found where one is expected: at the "
		     "chart's "
		     "`config.token`, in a Secret's `token`, behind `--set config.token=` and "
		     "`AGENTK_TOKEN`. The token itself "
		     "is never printed.",
	.advice = "1. Create a second token for the agent and put it into the cluster: `kubectl create "
		  "secret generic "
		  "gitlab-agent-token --from-file=token=/dev/stdin`, an external secret store, or a Secret "
		  "encrypted with "
		  "SOPS.\n"
		  "2. Refer to it with `config.secretName`.\n"
		  "3. Revoke the old token in GitLab.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/work_with_agent/#reset-the-agent-token",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_source = check,
};
