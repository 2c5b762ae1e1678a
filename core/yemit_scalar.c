#include "yemit_scalar.h"

#include "utf8.h"
#include "yscalar.h"

#define YAML_TAG "tag:yaml.org,2002:"

/* A character that some reader takes for a line break, drops, refuses or is led astray by: only an escape is
 * sure. */
static bool
needs_escape(uint32_t point)
{
	return (utf8_is_control(point) && point != '\n') || point == 0xfeff || (point & 0xfffe) == 0xfffe;
}

static bool
has_escapes(struct str text)
{
	while (text.len) {
		if (needs_escape(utf8_next(&text))) {
			return true;
		}
	}
	return false;
}

/* Indicators that end or change a plain scalar wherever they stand. */
static bool
has_indicator(struct str text, bool flow)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : ' ';
		if (c == '\n' || (c == ':' && (next == ' ' || flow)) || (c == ' ' && next == '#')) {
			return true;
		}
		if (flow && str_has_char(STR(",[]{}?"), c)) {
			return true;
		}
	}
	return false;
}

static bool
is_document_marker(struct str text)
{
	return str_starts(text, STR("---")) || str_starts(text, STR("..."));
}

static bool
is_plain_safe(struct str text, bool flow)
{
	return !yscalar_is_ambiguous(text) && !str_has_char(STR(" -?:,[]{}#&*!|>'\"%@`"), text.ptr[0])
		&& text.ptr[text.len - 1] != ' ' && !has_indicator(text, flow) && !has_escapes(text)
		&& !is_document_marker(text);
}

static bool
is_literal_safe(struct str text)
{
	return text.len > 1 && str_has_char(text, '\n') && !str_has_char(STR(" \t\n"), text.ptr[0])
		&& !has_escapes(text);
}

enum yform
yemit_form(const struct ynode *scalar, enum yplace place)
{
	struct str text = ynode_str(scalar);
	bool flow = place == YPLACE_FLOW;
	if (scalar->style == YSTYLE_MARKED) {
		return YFORM_DOUBLE;
	}
	/* What a reader retypes must stay as plain as it was: 12:30 within [ ], too, but not 1,000. */
	bool must_quote = flow && (str_has_char(text, ',') || str_ends(text, STR(":")));
	if (scalar->style == YSTYLE_PLAIN && yscalar_is_ambiguous(text) && !must_quote) {
		return YFORM_PLAIN;
	}
	if (is_plain_safe(text, flow)) {
		return YFORM_PLAIN;
	}
	return place == YPLACE_BLOCK && is_literal_safe(text) ? YFORM_LITERAL : YFORM_DOUBLE;
}

static void
add_escaped(struct buf *out, uint32_t point)
{
	if (point == '\t' || point == '\n') {
		buf_add(out, point == '\t' ? STR("\\t") : STR("\\n"));
	} else if (point < 0x100) {
		buf_addf(out, "\\x%02x", point);
	} else if (point < 0x10000) {
		buf_addf(out, "\\u%04x", point);
	} else {
		buf_addf(out, "\\U%08x", point);
	}
}

static void
add_double(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	while (text.len) {
		struct str rest = text;
		uint32_t point = utf8_next(&rest);
		size_t len = text.len - rest.len;
		if (point == '"' || point == '\\') {
			buf_add_char(out, '\\');
			buf_add_char(out, (char)point);
		} else if (point == '\n' || needs_escape(point)) {
			add_escaped(out, point);
		} else {
			buf_add(out, str_first(text, len));
		}
		text = rest;
	}
	buf_add_char(out, '"');
}

void
yemit_line(struct buf *out, const struct ynode *scalar, enum yform form)
{
	if (form == YFORM_PLAIN) {
		buf_add(out, ynode_str(scalar));
	} else {
		add_double(out, ynode_str(scalar));
	}
}

void
yemit_literal(struct buf *out, struct str text, size_t indent, struct str beside)
{
	size_t end = text.len;
	while (end > 0 && text.ptr[end - 1] == '\n') {
		end--;
	}
	buf_add(out, text.len == end ? STR("|-") : text.len == end + 1 ? STR("|") : STR("|+"));
	if (beside.len) {
		buf_addf(out, "  %.*s", STR_ARG(beside));
	}
	struct str rest = str_first(text, text.len > end ? text.len - 1 : text.len);
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');
		buf_add_char(out, '\n');
		buf_add_repeat(out, ' ', line.len ? indent : 0);
		buf_add(out, line);
	}
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
		|| str_has_char(STR("-_./"), c);
}

static bool
is_shorthand(struct str suffix)
{
	for (size_t i = 0; i < suffix.len; i++) {
		if (!is_word_char(suffix.ptr[i])) {
			return false;
		}
	}
	return suffix.len > 0;
}

void
yemit_tag(struct buf *out, struct str tag)
{
	struct str core = STR(YAML_TAG);
	if (str_starts(tag, core) && is_shorthand(str_skip(tag, core.len))) {
		buf_addf(out, "!!%.*s ", STR_ARG(str_skip(tag, core.len)));
	} else if (str_eq(tag, STR("!")) || (str_starts(tag, STR("!")) && is_shorthand(str_skip(tag, 1)))) {
		buf_addf(out, "%.*s ", STR_ARG(tag));
	} else if (tag.len) { /* verbatim; libyaml has resolved its escapes, so they are made again */
		buf_add(out, STR("!<"));
		for (size_t i = 0; i < tag.len; i++) {
			char c = tag.ptr[i];
			if (is_word_char(c) || str_has_char(STR("~*'();:@&=+$,?[]!"), c)) {
				buf_add_char(out, c);
			} else {
				buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
			}
		}
		buf_add(out, STR("> "));
	}
}
