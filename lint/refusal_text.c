#include "refusal_text.h"

struct str
refusal_kind(struct lint *lint, const struct object *object)
{
	struct str kind = object->id.kind;
	bool has_vowel = kind.len > 0 && str_has_char(STR("AEIO"), kind.ptr[0]);
	return arena_printf(lint_arena(lint), "%s %.*s (%.*s/%.*s)", has_vowel ? "an" : "a", STR_ARG(kind),
		STR_ARG(object->id.group), STR_ARG(object->id.version));
}

struct finding *
report_refusal(struct lint *lint, const struct refusal *refusal, struct str message)
{
	const struct object *object = refusal->object;
	const struct ynode *at = refusal->problem.at, *schema = refusal->problem.schema;
	struct finding *finding = lint_report(lint, at, "%.*s", STR_ARG(message));
	lint_object(lint, finding, object->written, at);
	if (at->source != object->resource->file->id) {
		lint_relate(lint, finding, object->written, "of this object");
	}
	if (refusal->definition->resource && schema && schema->source) {
		lint_relate(lint, finding, schema, "the definition says so");
	}
	if (!refusal->is_certain && finding->severity == SEVERITY_ERROR) {
		finding->severity = SEVERITY_WARNING;
	}
	return finding;
}
