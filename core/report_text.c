#include "report_text.h"

#include "locator.h"
#include "redact.h"
#include "utf8.h"

enum {
	EXCERPT_COLUMNS = 100,
	CARET_COLUMN_MAX = 70,
	LINE_BYTES_MAX = 1000, /* looked at on either side of the caret: more than a window can show */
};

struct printer {
	struct buf *out;
	struct arena *scratch;           /* reset after each finding */
	const struct findings *findings; /* that say what is hidden; or NULL */
	bool color;
	struct locator start, related; /* each goes its own way through the text */
};

enum paint { PAINT_NONE, PAINT_FRAME, PAINT_INFO, PAINT_WARNING, PAINT_ERROR, PAINT_BOLD };

static void
add_painted(struct printer *p, enum paint paint, struct str text)
{
	static const char *const codes[] = { "", "1;34", "1;36", "1;33", "1;31", "1" };
	if (!p->color || paint == PAINT_NONE) {
		buf_add(p->out, text);
	} else {
		buf_addf(p->out, "\x1b[%sm%.*s\x1b[0m", codes[paint], STR_ARG(text));
	}
}

static void
add_clean_point(struct buf *out, struct str *rest)
{
	const struct str before = *rest;
	uint32_t point = utf8_next(rest);
	if (point == '\t' || point == '\n') {
		buf_add_char(out, ' ');
	} else if (utf8_is_control(point)) {
		buf_add(out, STR("\xEF\xBF\xBD"));
	} else {
		buf_add(out, str_first(before, before.len - rest->len));
	}
}

/* `text` as it may be printed: valid UTF-8 on one line, without secrets and controls. */
static struct str
clean(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	text = redact(arena, text);
	while (text.len > 0) {
		struct str valid = str_first(text, utf8_valid_prefix(text));
		text = str_skip(text, valid.len);
		while (valid.len > 0) {
			add_clean_point(&out, &valid);
		}
		if (text.len > 0) {
			buf_add(&out, STR("\xEF\xBF\xBD"));
			text = str_skip(text, 1);
		}
	}
	return buf_str(&out);
}

/* Terminal columns of clean text. */
static size_t
columns(struct str text)
{
	size_t count = 0;
	while (text.len > 0) {
		count += utf8_columns(utf8_next(&text));
	}
	return count;
}

/* The part of clean `text` in columns [from, to). */
static struct str
window(struct str text, size_t from, size_t to)
{
	size_t column = 0;
	struct str rest = text;
	while (rest.len > 0 && column < from) {
		column += utf8_columns(utf8_next(&rest));
	}
	struct str shown = rest;
	while (rest.len > 0 && column < to) {
		column += utf8_columns(utf8_next(&rest));
	}
	return str_first(shown, shown.len - rest.len);
}

/* A line of the source and where its carets stand, all of it clean. */
struct excerpt {
	struct str line;
	size_t caret, carets; /* in columns */
	bool cut_before, cut_behind;
};

/* Cuts what is far from `*first` off a very long line. */
static struct str
near_line(struct str line, size_t *first, size_t *last)
{
	size_t from = *first > LINE_BYTES_MAX ? *first - LINE_BYTES_MAX : 0;
	while (from > 0 && utf8_continues(line.ptr[from])) {
		from--;
	}
	*first -= from;
	*last -= from;
	return str_first(str_skip(line, from), *first + LINE_BYTES_MAX);
}

static struct excerpt
excerpt_of(struct printer *p, struct str line, size_t first, size_t last)
{
	/* Redacted as a whole: a span may begin in the middle of a secret. */
	first = first < line.len ? first : line.len;
	line = redact(p->scratch, near_line(line, &first, &last));
	last = last < line.len ? last : line.len;
	first = first < last ? first : last;
	struct excerpt e = { .line = clean(p->scratch, line) };
	e.caret = columns(clean(p->scratch, str_first(line, first)));
	e.carets = columns(clean(p->scratch, (struct str){ line.ptr + first, last - first }));
	size_t total = columns(e.line);
	size_t from =
		total > EXCERPT_COLUMNS && e.caret > CARET_COLUMN_MAX ? e.caret - CARET_COLUMN_MAX / 2 : 0;
	e.cut_before = from > 0;
	e.cut_behind = total > from + EXCERPT_COLUMNS;
	e.line = window(e.line, from, from + EXCERPT_COLUMNS);
	e.caret -= from;
	e.carets = e.carets == 0 ? 1 : e.carets;
	if (e.caret + e.carets > EXCERPT_COLUMNS) {
		e.carets = EXCERPT_COLUMNS > e.caret ? EXCERPT_COLUMNS - e.caret : 1;
	}
	return e;
}

static enum paint
paint_of(enum severity severity)
{
	return severity == SEVERITY_ERROR      ? PAINT_ERROR
		: severity == SEVERITY_WARNING ? PAINT_WARNING
					       : PAINT_INFO;
}

static void
add_frame(struct printer *p, int width, const char *mark)
{
	add_painted(p, PAINT_FRAME, arena_printf(p->scratch, "%*s%s", width, "", mark));
}

static void
add_excerpt(struct printer *p, const struct finding *finding, const struct source *source, uint32_t line,
	int width)
{
	struct str text = source_line(source, finding->span.start);
	size_t first = finding->span.start - p->start.start;
	if (p->findings) {
		text = findings_mask(p->scratch, p->findings, finding->source, p->start.start, text);
	}
	struct excerpt e = excerpt_of(p, text, first, first + (finding->span.end - finding->span.start));
	const char *before = e.cut_before ? "…" : "";
	add_frame(p, width, " |\n");
	add_painted(p, PAINT_FRAME, arena_printf(p->scratch, "%*u |", width, line));
	buf_addf(p->out, " %s%.*s%s\n", before, STR_ARG(e.line), e.cut_behind ? "…" : "");
	add_frame(p, width, " |");
	buf_add_repeat(p->out, ' ', 1 + e.caret + e.cut_before);
	struct buf carets = { .arena = p->scratch };
	buf_add_repeat(&carets, '^', e.carets);
	add_painted(p, paint_of(finding->severity), buf_str(&carets));
	buf_add_char(p->out, '\n');
}

static void
add_related(struct printer *p, const struct related *related, int width)
{
	struct position at = locate(&p->related, related->source, related->span.start);
	struct str path = clean(p->scratch, sources_get(p->related.sources, related->source)->path);
	add_frame(p, width, " ::: ");
	buf_addf(p->out, "%.*s:%u:%u: %.*s\n", STR_ARG(path), at.line, at.column,
		STR_ARG(clean(p->scratch, related->message)));
}

static int
digits(uint32_t number)
{
	int count = 1;
	for (; number >= 10; number /= 10) {
		count++;
	}
	return count;
}

static void
add_full(struct printer *p, const struct finding *finding)
{
	const struct source *source = sources_get(p->start.sources, finding->source);
	struct position at = locate(&p->start, finding->source, finding->span.start);
	int width = digits(at.line);
	bool whole_file = finding->span.end == 0;

	struct str severity = str_from(severity_name(finding->severity));
	struct str code =
		finding->code.len ? arena_printf(p->scratch, "[%.*s]", STR_ARG(finding->code)) : STR("");
	add_painted(p, paint_of(finding->severity),
		arena_printf(p->scratch, "%.*s%.*s", STR_ARG(severity), STR_ARG(code)));
	add_painted(p, PAINT_BOLD,
		arena_printf(p->scratch, ": %.*s", STR_ARG(clean(p->scratch, finding->message))));
	buf_add_char(p->out, '\n');
	add_frame(p, width, "--> ");
	buf_addf(p->out, "%.*s:%u:%u\n", STR_ARG(clean(p->scratch, source->path)), at.line, at.column);
	if (source->text.len > 0 && !whole_file) {
		add_excerpt(p, finding, source, at.line, width);
	}
	for (const struct related *related = finding->related; related; related = related->next) {
		add_related(p, related, width);
	}
	if (finding->help.len) {
		buf_addf(p->out, "%*shelp: %.*s\n", width, "", STR_ARG(clean(p->scratch, finding->help)));
	}
	arena_reset(p->scratch);
}

static struct printer
printer_new(struct buf *out, struct arena *scratch, const struct sources *sources, bool color)
{
	struct locator locator = { .sources = sources };
	return (struct printer){ out, scratch, NULL, color, locator, locator };
}

void
report_full(struct buf *out, const struct findings *findings, const struct sources *sources,
	const struct report_text_options *options)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct printer p = printer_new(out, &scratch, sources, options->color);
	p.findings = findings;
	for (size_t i = 0; i < findings->len; i++) {
		if (i > 0) {
			buf_add_char(out, '\n');
		}
		add_full(&p, findings->items[i]);
	}
}

void
report_one(struct buf *out, const struct finding *finding, const struct sources *sources,
	const struct report_text_options *options)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct printer p = printer_new(out, &scratch, sources, options->color);
	add_full(&p, finding);
}

void
report_concise(struct buf *out, const struct findings *findings, const struct sources *sources)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct printer p = printer_new(out, &scratch, sources, false);
	for (size_t i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->items[i];
		struct position at = locate(&p.start, finding->source, finding->span.start);
		struct str path = clean(&scratch, sources_get(sources, finding->source)->path);
		buf_addf(out, "%.*s:%u:%u: %s: %.*s", STR_ARG(path), at.line, at.column,
			severity_name(finding->severity), STR_ARG(clean(&scratch, finding->message)));
		if (finding->code.len) {
			buf_addf(out, " [%.*s]", STR_ARG(finding->code));
		}
		buf_add_char(out, '\n');
		arena_reset(&scratch);
	}
}
