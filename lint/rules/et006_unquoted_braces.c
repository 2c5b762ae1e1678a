#include "edit.h"
#include "environment_templates.h"

struct line {
	struct str text;
	size_t start, indent;
};

/* Where the value begins that a line gives behind "KEY: " or "- "; the length of the line without one, as of
 * a line that is all action: {{ if … }}, {{ end }}. */
static size_t
value_at(struct str line)
{
	size_t at = 0;
	while (at < line.len && line.ptr[at] == ' ') {
		at++;
	}
	while (str_starts(str_skip(line, at), STR("- "))) {
		at += 2;
	}
	struct str rest = str_skip(line, at);
	if (str_starts(rest, STR("{{"))) {
		return at >= 2 && str_starts(str_skip(line, at - 2), STR("- ")) ? at : line.len;
	}
	size_t colon = str_find(rest, STR(": "));
	for (size_t i = 0; i < colon && i < rest.len; i++) {
		if (str_has_char(STR("\"'#{}[]"), rest.ptr[i])) {
			return line.len;
		}
	}
	at += colon < rest.len ? colon + 2 : rest.len;
	while (at < line.len && line.ptr[at] == ' ') {
		at++;
	}
	return at;
}

/* Without the comment behind it. */
static struct str
without_comment(struct str value)
{
	return str_trim(str_first(value, str_find(value, STR(" #"))));
}

static bool
begins_block(struct str line)
{
	struct str text = str_trim(line);
	static const struct str ends[] = { STR_INIT(": |"), STR_INIT(": >"), STR_INIT(": |-"),
		STR_INIT(": >-"), STR_INIT(": |+"), STR_INIT(": >+") };
	for (size_t i = 0; i < countof(ends); i++) {
		if (str_ends(text, ends[i])) {
			return true;
		}
	}
	return false;
}

static void
check_line(struct lint *lint, const struct file *file, const struct line *line)
{
	size_t at = value_at(line->text);
	struct str value = without_comment(str_skip(line->text, at));
	bool is_mapping_key = str_ends(value, STR(":")) || str_find(value, STR("}}: ")) < value.len;
	if (!str_starts(value, STR("{{")) || is_mapping_key) {
		return;
	}
	struct span span = { (uint32_t)(line->start + at), (uint32_t)(line->start + at + value.len) };
	struct finding *finding =
		lint_report_at(lint, file, span, "YAML takes braces without quotes for a mapping");
	lint_help(lint, finding, "put the value in quotes");
	if (!str_has_char(value, '\'')) {
		struct edit *edit = arena_new(lint_arena(lint), struct edit);
		*edit = (struct edit){ file->id, span,
			arena_printf(lint_arena(lint), "'%.*s'", STR_ARG(value)), NULL };
		lint_fix(lint, finding, edit);
	}
}

static size_t
indent_of(struct str line)
{
	size_t indent = 0;
	while (indent < line.len && line.ptr[indent] == ' ') {
		indent++;
	}
	return indent;
}

static void
check_template(struct lint *lint, const struct file *file)
{
	if (environment_template_tree(file)) {
		return; /* it is YAML as it stands, and no braces are bare */
	}
	struct str text = file->source.text, rest = text;
	bool in_block = false;
	size_t block_indent = 0, start = 0;
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');
		size_t indent = indent_of(line);
		in_block = in_block && (indent > block_indent || str_trim(line).len == 0);
		if (!in_block) {
			check_line(lint, file, &(struct line){ line, start, indent });
			in_block = begins_block(line);
			block_indent = indent;
		}
		start += line.len + 1;
	}
}

static void
check(struct lint *lint, const struct agent *agent)
{
	each_environment_template(lint, agent, check_template);
}

const struct rule rule_ET006 = {
	.code = "ET006",
	.name = "template-unquoted-braces",
	.summary = "A value of an environment template begins with `{{` outside of quotes.",
	.rationale =
		"To YAML `{{` begins a mapping within a mapping, so `name: {{ .environment.slug }}` is no "
		"text, and with anything behind it no YAML at all. GitLab's own template and the examples "
		"of its documentation have such values in quotes; a page that had them bare was "
		"corrected. In quotes the template is YAML before and after it is filled in, for GitLab, "
		"editors and formatters alike.\n\nTo verify: any YAML parser refuses the file, or shows a "
		"mapping where a name should be.",
	.advice = "Put the whole value in single quotes: `'{{ .environment.slug }}-{{ .project.id }}'`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#example-environment-template",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_agent = check,
};
