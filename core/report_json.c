#include "report_json.h"

#include <inttypes.h>

#include "json.h"
#include "locator.h"
#include "redact.h"
#include "utf8.h"

enum { VERSION = 1, INDENT = 2, FINDING_INDENT = 4 };

struct writer {
	struct arena *arena;
	struct locator start, related; /* each goes its own way through the text */
};

static void
put_str(struct ylist *object, const char *key, struct str text)
{
	if (text.len > 0) {
		ylist_put(object, str_from(key), json_of_str(object->arena, redact(object->arena, text)));
	}
}

static void
put_count(struct ylist *object, const char *key, size_t count)
{
	ylist_put(object, str_from(key), json_of_int(object->arena, (int64_t)count));
}

static const struct ynode *
position_node(struct writer *w, struct position position)
{
	struct ylist object = ylist_mapping(w->arena);
	put_count(&object, "line", position.line);
	put_count(&object, "column", position.column);
	return object.parent;
}

static void
put_place(struct writer *w, struct ylist *object, struct locator *locator, uint32_t source, struct span span)
{
	struct ylist range = ylist_mapping(w->arena);
	struct position start = locate(locator, source, span.start);
	struct locator ahead =
		*locator; /* so that the next finding starts here, not at the end of this one */
	ylist_put(&range, STR("start"), position_node(w, start));
	ylist_put(&range, STR("end"), position_node(w, locate(&ahead, source, span.end)));
	put_str(object, "path", sources_get(locator->sources, source)->path);
	ylist_put(object, STR("range"), range.parent);
}

static const struct ynode *
related_node(struct writer *w, const struct related *related)
{
	struct ylist list = ylist_sequence(w->arena);
	for (; related; related = related->next) {
		struct ylist object = ylist_mapping(w->arena);
		put_place(w, &object, &w->related, related->source, related->span);
		put_str(&object, "message", related->message);
		ylist_add(&list, object.parent);
	}
	return list.parent;
}

static const struct ynode *
fix_node(struct writer *w, const struct finding *finding)
{
	struct ylist fix = ylist_mapping(w->arena), edits = ylist_sequence(w->arena);
	for (const struct edit *edit = finding->edits; edit; edit = edit->next) {
		struct ylist object = ylist_mapping(w->arena);
		put_place(w, &object, &w->related, edit->source, edit->span);
		ylist_put(&object, STR("text"), json_of_str(w->arena, redact(w->arena, edit->text)));
		ylist_add(&edits, object.parent);
	}
	put_str(&fix, "applicability", finding->fix_is_unsafe ? STR("unsafe") : STR("safe"));
	ylist_put(&fix, STR("edits"), edits.parent);
	return finding->edits ? fix.parent : NULL;
}

static const struct ynode *
object_node(struct writer *w, const struct finding_object *object)
{
	struct ylist list = ylist_mapping(w->arena);
	put_str(&list, "kind", object->kind);
	put_str(&list, "namespace", object->namespace);
	put_str(&list, "name", object->name);
	put_str(&list, "pointer", object->pointer);
	return list.parent;
}

static const struct ynode *
finding_node(struct writer *w, const struct finding *finding)
{
	struct ylist object = ylist_mapping(w->arena);
	put_str(&object, "code", finding->code);
	put_str(&object, "name", finding->name);
	put_str(&object, "severity", str_from(severity_name(finding->severity)));
	put_str(&object, "message", finding->message);
	put_place(w, &object, &w->start, finding->source, finding->span);
	ylist_put(&object, STR("related"), related_node(w, finding->related));
	put_str(&object, "help", finding->help);
	ylist_put(&object, STR("fix"), fix_node(w, finding));
	const struct ynode *about = object_node(w, &finding->object);
	ylist_put(&object, STR("object"), about->len > 0 ? about : NULL);
	put_str(&object, "fingerprint",
		arena_printf(w->arena, "%016" PRIx64 "%016" PRIx64, finding->fingerprint[0],
			finding->fingerprint[1]));
	return object.parent;
}

static const struct ynode *
summary_node(struct writer *w, const struct findings *findings)
{
	struct ylist object = ylist_mapping(w->arena);
	put_count(&object, "errors", findings_count(findings, SEVERITY_ERROR));
	put_count(&object, "warnings", findings_count(findings, SEVERITY_WARNING));
	put_count(&object, "infos", findings_count(findings, SEVERITY_INFO));
	return object.parent;
}

/* Lines behind the first get `indent` more. What a terminal would obey is escaped: it stands in strings only.
 */
static void
add_lines(struct buf *out, struct str json, size_t indent)
{
	while (json.len > 0) {
		struct str before = json;
		uint32_t point = utf8_next(&json);
		if (point == '\n') {
			buf_add_char(out, '\n');
			buf_add_repeat(out, ' ', indent);
		} else if (utf8_is_control(point)) {
			buf_addf(out, "\\u%04" PRIx32, point);
		} else {
			buf_add(out, str_first(before, before.len - json.len));
		}
	}
}

/* One finding at a time: as trees, all of them would take ten times their text. */
static void
add_finding(struct buf *out, struct writer *w, const struct finding *finding)
{
	struct buf json = { .arena = w->arena };
	buf_add_repeat(out, ' ', FINDING_INDENT);
	json_write(&json, finding_node(w, finding), INDENT);
	add_lines(out, buf_str(&json), FINDING_INDENT);
	arena_reset(w->arena);
}

void
report_json(struct buf *out, const struct findings *findings, const struct sources *sources)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct locator locator = { .sources = sources };
	struct writer w = { &scratch, locator, locator };
	buf_addf(out, "{\n  \"version\": %d,\n  \"findings\": [", VERSION);
	for (size_t i = 0; i < findings->len; i++) {
		buf_add(out, i > 0 ? STR(",\n") : STR("\n"));
		add_finding(out, &w, findings->items[i]);
	}
	buf_add(out, findings->len > 0 ? STR("\n  ],\n  \"summary\": ") : STR("],\n  \"summary\": "));
	struct buf summary = { .arena = &scratch };
	json_write(&summary, summary_node(&w, findings), INDENT);
	add_lines(out, buf_str(&summary), INDENT);
	buf_add(out, STR("\n}\n"));
}
