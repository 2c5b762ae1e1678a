#include "ci_context_finding.h"

#include "declared_gitlab.h"
#include "names.h"

enum { SLIPS_MAX = 2, SHORT_NAME = 5, LONG_WORD = 4 };

struct finding *
report_ci_context(struct lint *lint, const struct ci_context *context, struct str message)
{
	if (!context->at) {
		return lint_report_at(lint, context->file, context->span, "%.*s", STR_ARG(message));
	}
	struct finding *finding = lint_report(lint, context->at, "%.*s", STR_ARG(message));
	lint_object(lint, finding, context->root, context->at);
	return finding;
}

bool
ci_context_is_ours(const struct ci_context *context, const struct declared_gitlab *gitlab)
{
	return context->is_own
		|| (gitlab->project && str_eq_nocase(context->project, ynode_str(gitlab->project)));
}

static bool
has_agent(const struct repository *repository, struct str name)
{
	for (size_t i = 0; i < repository->agents->len; i++) {
		if (str_eq(repository->agents->items[i].name, name)) {
			return true;
		}
	}
	return false;
}

static size_t
common_start(struct str a, struct str b)
{
	size_t len = 0;
	while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len]) {
		len++;
	}
	return len;
}

static size_t
common_end(struct str a, struct str b)
{
	size_t len = 0;
	while (len < a.len && len < b.len && a.ptr[a.len - 1 - len] == b.ptr[b.len - 1 - len]) {
		len++;
	}
	return len;
}

/* Is the word of the name long enough to be told from another, and no number, that holds [start, end)? */
static bool
is_long_word(struct str name, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		bool is_letter = name.ptr[i] >= 'a' && name.ptr[i] <= 'z';
		if (!is_letter && !(name.ptr[i] == '-' && end - start == 1)) {
			return false;
		}
	}
	while (start > 0 && name.ptr[start - 1] != '-') {
		start--;
	}
	while (end < name.len && name.ptr[end] != '-') {
		end++;
	}
	return end - start >= LONG_WORD;
}

/* "prodution" is a slip; "prod-eu" and "prod-us", "node-1" and "node-2" are two agents. */
static bool
is_slip(struct str a, struct str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	size_t start = common_start(a, b), end = common_end(a, b);
	end = end < shorter - start ? end : shorter - start;
	return is_long_word(a, start, a.len - end) && is_long_word(b, start, b.len - end);
}

/* The agent that was probably meant, or NULL. */
static const struct agent *
nearest_agent(const struct repository *repository, struct str name)
{
	const struct agent *nearest = NULL;
	size_t best = name.len > SHORT_NAME ? SLIPS_MAX + 1 : 2;
	for (size_t i = 0; i < repository->agents->len; i++) {
		size_t distance = str_distance(repository->agents->items[i].name, name, SLIPS_MAX);
		if (distance < best && is_slip(repository->agents->items[i].name, name)) {
			best = distance;
			nearest = &repository->agents->items[i];
		}
	}
	return nearest;
}

static void
report_missing(struct lint *lint, const struct repository *repository, const struct ci_context *context)
{
	const struct agent *near = nearest_agent(repository, context->agent);
	struct finding *finding = report_ci_context(lint, context,
		arena_printf(lint_arena(lint), "this project has no .gitlab/agents/%.*s",
			STR_ARG(context->agent)));
	if (near) {
		lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(near->name));
		lint_relate_at(lint, finding, near->any, (struct span){ 0, 0 }, "this agent has one");
	} else {
		finding->severity = SEVERITY_INFO;
		lint_help(lint, finding,
			"check that an agent of this name is registered; it needs no directory of its own");
	}
}

void
report_missing_agents(struct lint *lint, const struct repository *repository, bool of_environments)
{
	struct declared_gitlab gitlab = declared_gitlab(repository->files);
	struct ci_contexts contexts;
	if (repository->agents->len == 0) {
		return; /* agents need no configuration */
	}
	ci_contexts_collect(lint_arena(lint), repository->files, &contexts);
	for (size_t i = 0; i < contexts.len; i++) {
		const struct ci_context *context = &contexts.items[i];
		bool of_environment = context->kind == CI_CONTEXT_ENVIRONMENT;
		if (of_environment == of_environments && ci_context_is_ours(context, &gitlab)
			&& name_is_label(context->agent) && !gitlab_declares_agent(&gitlab, context->agent)
			&& !has_agent(repository, context->agent)) {
			report_missing(lint, repository, context);
		}
	}
}
