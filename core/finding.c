#include "finding.h"

#include "map.h"
#include "redact.h"
#include "vec.h"

const char *
severity_name(enum severity severity)
{
	static const char *const names[] = { "info", "warning", "error" };
	static_assert(countof(names) == SEVERITY_COUNT, "a name for each severity");
	return names[severity];
}

bool
severity_parse(struct str name, enum severity *ret_severity)
{
	for (int i = 0; i < SEVERITY_COUNT; i++) {
		if (str_eq(name, str_from(severity_name((enum severity)i)))) {
			*ret_severity = (enum severity)i;
			return true;
		}
	}
	return false;
}

struct finding *
findings_add(struct findings *findings, enum severity severity, uint32_t source, struct span span)
{
	struct finding *finding = arena_new(findings->arena, struct finding);
	finding->severity = severity;
	finding->source = source;
	finding->span = span;
	finding->related_tail = &finding->related;
	vec_push(findings->arena, findings, finding);
	return finding;
}

void
finding_relate(struct findings *findings, struct finding *finding, uint32_t source, struct span span,
	struct str message)
{
	struct related *related = arena_new(findings->arena, struct related);
	*related = (struct related){ .source = source, .span = span, .message = message };
	*finding->related_tail = related;
	finding->related_tail = &related->next;
}

void
finding_fix(struct findings *findings, struct finding *finding, const struct edit *edit)
{
	struct edit *added = arena_new(findings->arena, struct edit);
	*added = *edit;
	added->next = NULL;
	if (!finding->edits_tail) {
		finding->edits_tail = &finding->edits;
	}
	*finding->edits_tail = added;
	finding->edits_tail = &added->next;
}

void
findings_hide(struct findings *findings, uint32_t source, struct span span)
{
	vec_push(findings->arena, &findings->hidden, (struct hidden_span){ source, span });
}

struct str
findings_mask(
	struct arena *arena, const struct findings *findings, uint32_t source, size_t offset, struct str text)
{
	for (size_t i = 0; i < findings->hidden.len; i++) {
		const struct hidden_span *hidden = &findings->hidden.items[i];
		size_t start = hidden->span.start, end = hidden->span.end;
		if (hidden->source == source && start < offset + text.len && end > offset) {
			struct redact_span span = { start > offset ? start - offset : 0, end - offset };
			text = redact_span(arena, text, span);
		}
	}
	return text;
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static struct str
path_of(const struct finding *finding, const struct sources *sources)
{
	const struct source *source = sources_get(sources, finding->source);
	return source ? source->path : STR("");
}

static int
compare(const struct finding *a, const struct finding *b, const struct sources *sources)
{
	int order = a->source == b->source ? 0 : str_cmp(path_of(a, sources), path_of(b, sources));
	order = order ? order : compare_numbers(a->source, b->source);
	order = order ? order : compare_numbers(a->span.start, b->span.start);
	order = order ? order : compare_numbers(a->span.end, b->span.end);
	order = order ? order : str_cmp(a->code, b->code);
	return order ? order : str_cmp(a->message, b->message);
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Merges from[start..middle) and from[middle..end), each sorted, into the same places of `to`. */
static void
merge(struct finding **from, struct finding **to, size_t start, size_t middle, size_t end,
	const struct sources *sources)
{
	size_t left = start, right = middle;
	for (size_t i = start; i < end; i++) {
		bool take_left =
			left < middle && (right == end || compare(from[left], from[right], sources) <= 0);
		to[i] = take_left ? from[left++] : from[right++];
	}
}

/* Bottom-up merge sort: stable, and needs no global for the comparison. */
static void
sort(struct findings *findings, const struct sources *sources)
{
	size_t len = findings->len;
	struct finding **from = findings->items;
	struct finding **to = arena_new_n(findings->arena, struct finding *, len + 1);
	for (size_t width = 1; width < len; width *= 2) {
		for (size_t start = 0; start < len; start += 2 * width) {
			merge(from, to, start, smaller(start + width, len), smaller(start + 2 * width, len),
				sources);
		}
		struct finding **swap = from;
		from = to;
		to = swap;
	}
	findings->items = from;
}

static void
drop_repetitions(struct findings *findings, const struct sources *sources)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->len; i++) {
		if (kept == 0 || compare(findings->items[kept - 1], findings->items[i], sources) != 0) {
			findings->items[kept++] = findings->items[i];
		}
	}
	findings->len = kept;
}

/* What identifies the finding but for its ordinal; the parts end with NUL, which none of them holds. */
static struct str
identity(struct arena *arena, const struct finding *finding, const struct sources *sources)
{
	const struct finding_object *object = &finding->object;
	struct str path = path_of(finding, sources);
	return arena_printf(arena, "%.*s%c%.*s%c%.*s/%.*s/%.*s#%.*s", STR_ARG(finding->code), 0,
		STR_ARG(path), 0, STR_ARG(object->kind), STR_ARG(object->namespace), STR_ARG(object->name),
		STR_ARG(object->pointer));
}

static void
set_fingerprints(struct findings *findings, const struct sources *sources)
{
	const uint64_t second_seed = 0x9e3779b97f4a7c15U;
	struct map ordinals = { 0 };
	for (size_t i = 0; i < findings->len; i++) {
		struct finding *finding = findings->items[i];
		struct str id = identity(findings->arena, finding, sources);
		uint64_t *ordinal = map_get(&ordinals, id);
		if (!ordinal) {
			ordinal = arena_new(findings->arena, uint64_t);
			map_put(findings->arena, &ordinals, id, ordinal);
		}
		++*ordinal;
		finding->fingerprint[0] = hash_bytes(*ordinal, id);
		finding->fingerprint[1] = hash_bytes(*ordinal ^ second_seed, id);
	}
}

void
findings_finish(struct findings *findings, const struct sources *sources)
{
	sort(findings, sources);
	drop_repetitions(findings, sources);
	set_fingerprints(findings, sources);
}

size_t
findings_count(const struct findings *findings, enum severity severity)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->len; i++) {
		count += findings->items[i]->severity == severity;
	}
	return count;
}
