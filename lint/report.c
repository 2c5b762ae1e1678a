/* How rules report: every finding of the linter is made here. */
#include <stdarg.h>

#include "lint.h"
#include "ypath.h"

PRINTF_LIKE(2, 0)
static struct str
format(struct lint *lint, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(len >= 0);
	char *text = arena_alloc(lint->arena, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, args);
	return (struct str){ text, (size_t)len };
}

static void
relate(struct lint *lint, struct finding *finding, uint32_t source, struct span span, struct str message)
{
	if (finding != &lint->spare) {
		finding_relate(lint->findings, finding, source, span, message);
	}
}

/* Where the rule writes what the report does not show. */
static struct finding *
leave_out(struct lint *lint)
{
	if (lint->count == LINT_FINDINGS_MAX) {
		lint->count++;
		relate(lint, lint->last, lint->last->source, lint->last->span,
			STR("there are more of these in the file; only the first are shown"));
	}
	return &lint->spare;
}

static struct finding *
add(struct lint *lint, uint32_t source, struct span span, struct str message)
{
	assert(source != 0);
	if (lint->last && lint->last->source == source && lint->count >= LINT_FINDINGS_MAX) {
		return leave_out(lint);
	}
	lint->count = lint->last && lint->last->source == source ? lint->count + 1 : 1;
	struct finding *finding = findings_add(lint->findings, lint->rule->severity, source, span);
	lint->last = finding;
	finding->code = str_from(lint->rule->code);
	finding->name = str_from(lint->rule->name);
	finding->message = message;
	return finding;
}

struct finding *
lint_report(struct lint *lint, const struct ynode *at, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct str message = format(lint, fmt, args);
	va_end(args);
	return add(lint, at->source, at->span, message);
}

struct finding *
lint_report_at(struct lint *lint, const struct file *file, struct span span, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct str message = format(lint, fmt, args);
	va_end(args);
	return add(lint, file->id, span, message);
}

void
lint_help(struct lint *lint, struct finding *finding, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	finding->help = format(lint, fmt, args);
	va_end(args);
}

void
lint_relate(struct lint *lint, struct finding *finding, const struct ynode *at, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct str message = format(lint, fmt, args);
	va_end(args);
	assert(at->source != 0);
	relate(lint, finding, at->source, at->span, message);
}

void
lint_relate_at(struct lint *lint, struct finding *finding, const struct file *file, struct span span,
	const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct str message = format(lint, fmt, args);
	va_end(args);
	relate(lint, finding, file->id, span, message);
}

void
lint_relate_file(struct lint *lint, struct finding *finding, const struct file *file, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	struct str message = format(lint, fmt, args);
	va_end(args);
	relate(lint, finding, file->id, (struct span){ 0, 0 }, message);
}

void
lint_fix(struct lint *lint, struct finding *finding, const struct edit *edit)
{
	if (finding == &lint->spare) {
		return;
	}
	if (!edit) {
		finding->edits = NULL;
		finding->edits_tail = NULL;
		return;
	}
	finding->fix_is_unsafe = lint->rule->fix == FIX_UNSAFE;
	finding_fix(lint->findings, finding, edit);
}

void
lint_hide(struct lint *lint, const struct ynode *at)
{
	if (at->source != 0) {
		findings_hide(lint->findings, at->source, at->span);
	}
}

void
lint_hide_at(struct lint *lint, const struct file *file, struct span span)
{
	findings_hide(lint->findings, file->id, span);
}

void
lint_object(struct lint *lint, struct finding *finding, const struct ynode *root, const struct ynode *at)
{
	const struct ynode *metadata = ynode_get(root, STR("metadata"));
	if (finding == &lint->spare) {
		return;
	}
	finding->object = (struct finding_object){
		.kind = ynode_str(ynode_get(root, STR("kind"))),
		.namespace = ynode_str(ynode_get(metadata, STR("namespace"))),
		.name = ynode_str(ynode_get(metadata, STR("name"))),
		.pointer = ypath_of(lint->arena, root, at, true),
	};
}

const struct repository *
lint_repository(const struct lint *lint)
{
	return lint->repository;
}

struct arena *
lint_arena(const struct lint *lint)
{
	return lint->arena;
}
