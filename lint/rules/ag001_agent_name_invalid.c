#include "buf.h"
#include "names.h"
#include "rule.h"
#include "utf8.h"

static bool
is_allowed(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static char
mended(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : is_allowed(c) ? c : '-';
}

/* The nearest name that GitLab takes; empty when nothing is left of it. */
static struct str
suggest(struct arena *arena, struct str name)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < name.len && out.len < LABEL_BYTES_MAX; i++) {
		char c = mended(name.ptr[i]);
		bool repeats = c == '-' && (out.len == 0 || out.data[out.len - 1] == '-');
		if (!repeats) {
			buf_add_char(&out, c);
		}
	}
	struct str text = buf_str(&out);
	return str_ends(text, STR("-")) ? str_first(text, text.len - 1) : text;
}

/* Directories of templates (cookiecutter, copier), and those whose names say that they are no agent's. */
static bool
is_no_name(struct str name)
{
	static const char placeholders[] = "{}<>[]()%$@";
	for (size_t i = 0; i < sizeof(placeholders) - 1; i++) {
		if (str_has_char(name, placeholders[i])) {
			return true;
		}
	}
	return name.ptr[0] == '.' || name.ptr[0] == '_';
}

/* What is wrong with it, in words. */
static struct str
describe(struct arena *arena, struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!is_allowed(name.ptr[i])) {
			struct str character = str_skip(name, i), rest = character;
			(void)utf8_next(&rest);
			character = str_first(character, character.len - rest.len);
			return arena_printf(arena,
				"has \"%.*s\" in it, where only a-z, 0-9 and \"-\" are allowed",
				STR_ARG(character));
		}
	}
	if (name.len > LABEL_BYTES_MAX) {
		return arena_printf(
			arena, "has %zu characters, where at most %d are allowed", name.len, LABEL_BYTES_MAX);
	}
	return arena_printf(arena, "%s with \"-\", where a letter or digit is expected",
		name.ptr[0] == '-' ? "begins" : "ends");
}

static void
check(struct lint *lint, const struct agent *agent)
{
	if (!agent->config || name_is_label(agent->name) || is_no_name(agent->name)) {
		return;
	}
	struct finding *finding = lint_report_at(lint, agent->any, (struct span){ 0, 0 },
		"no agent can be called \"%.*s\": the name %.*s", STR_ARG(agent->name),
		STR_ARG(describe(lint_arena(lint), agent->name)));
	struct str better = suggest(lint_arena(lint), agent->name);
	if (better.len) {
		lint_help(lint, finding,
			"rename the directory to the name that the agent is registered under, \"%.*s\" "
			"perhaps",
			STR_ARG(better));
	}
}

const struct rule rule_AG001 = {
	.code = "AG001",
	.name = "agent-name-invalid",
	.summary = "A directory below `.gitlab/agents` has a name that no agent can have.",
	.rationale = "The directory is named after the agent, and GitLab registers agents under RFC 1123 "
		     "labels only: 1 to "
		     "63 of `a-z`, `0-9` and `-`, with a letter or digit at either end. So no agent can ever "
		     "read this "
		     "configuration; one that is registered under a similar name runs without any.",
	.advice = "Rename the directory to exactly the name that the agent is registered under (Operate > "
		  "Kubernetes "
		  "clusters in the project).",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_agent = check,
};
