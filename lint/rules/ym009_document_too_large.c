#include "rule.h"
#include "syntax_cause.h"

/*
 * What Go's decoder counts (gopkg.in/yaml.v3 and v2, decode.go, `unmarshal` and allowedAliasRatio): every
 * value decoded, and those among them below an alias. It refuses when the share of the latter is too high for
 * the number of the former.
 */
struct count {
	uint64_t values, aliased;
	unsigned below_alias, depth;
	const struct ynode *alias; /* the outermost that is open */
	const struct ynode *refused, *too_deep;
};

enum {
	ALIASED_MIN = 100,
	VALUES_MIN = 1000,
	RATIO_LOW = 400 * 1000,
	RATIO_HIGH = 4 * 1000 * 1000,
	DEPTH_MAX = 1000, /* through aliases, for the sake of our stack */
};

static double
allowed_ratio(uint64_t values)
{
	if (values <= RATIO_LOW) {
		return 0.99;
	}
	if (values >= RATIO_HIGH) {
		return 0.10;
	}
	return 0.99 - 0.89 * ((double)(values - RATIO_LOW) / (double)(RATIO_HIGH - RATIO_LOW));
}

static bool
is_too_much(const struct count *count)
{
	return count->aliased > ALIASED_MIN && count->values > VALUES_MIN
		&& (double)count->aliased / (double)count->values > allowed_ratio(count->values);
}

static bool
is_decided(const struct count *count)
{
	return count->refused || count->too_deep;
}

static void
count_values(struct count *count, const struct ynode *node)
{
	count->values++;
	count->aliased += count->below_alias > 0;
	if (is_too_much(count)) {
		count->refused = count->alias;
		return;
	}
	if (count->depth == DEPTH_MAX) {
		count->too_deep = count->alias;
		return;
	}
	count->depth++;
	if (node->kind == YNODE_ALIAS) {
		count->alias = count->below_alias++ == 0 ? node : count->alias;
		count_values(count, node->target);
		count->below_alias--;
	} else if (node->kind != YNODE_SCALAR) {
		for (const struct ynode *child = node->first; child && !is_decided(count);
			child = child->next) {
			count_values(count, child);
		}
	}
	count->depth--;
}

static bool
has_alias(const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return node->kind == YNODE_ALIAS;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (has_alias(child)) {
			return true;
		}
	}
	return false;
}

/* Our limits, not those of the reader: it may do, but nothing was checked. */
static void
report_limit(struct lint *lint, const struct file *file, struct span span, struct str problem)
{
	struct finding *finding = lint_report_at(lint, file, span, "not checked: %.*s", STR_ARG(problem));
	finding->severity = SEVERITY_WARNING;
}

static void
check_aliases(struct lint *lint, const struct file *file, const struct ydoc *doc)
{
	struct count count = { 0 };
	if (!has_alias(doc->root)) {
		return;
	}
	count_values(&count, doc->root);
	if (count.refused) {
		struct finding *finding = lint_report(lint, count.refused,
			"aliases repeat so much here that readers refuse the file as an attack");
		lint_help(lint, finding, "write out what is meant, or use fewer aliases of large values");
	} else if (count.too_deep) {
		report_limit(
			lint, file, count.too_deep->span, STR("aliases nest more than 1000 levels deep"));
	}
}

static void
check(struct lint *lint, const struct file *file)
{
	if (file->is_yaml && file->state == FILE_TOO_LARGE) {
		report_limit(lint, file, (struct span){ 0, 0 }, STR("larger than 16 MiB"));
	} else if (syntax_cause(file) == CAUSE_LIMIT) {
		report_limit(lint, file, file->syntax->span, file->syntax->problem);
	}
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		check_aliases(lint, file, doc);
	}
}

const struct rule rule_YM009 = {
	.code = "YM009",
	.name = "document-too-large",
	.summary = "A document is too large, too deep, or grows too much through aliases.",
	.rationale =
		"Aliases of aliases grow by the power of their depth (the \"billion laughs\"). Go's YAML "
		"readers, "
		"and so the agent server, Helm and Flux, count what aliases repeat and refuse such a "
		"document: "
		"`document contains excessive aliasing`.\n\n"
		"As a warning: the file is beyond the limits of this linter (16 MiB, 100 levels, 2,000,000 "
		"values), so nothing in it was checked.",
	.advice = "Write out what is meant, or split the file.",
	.reference = "https://en.wikipedia.org/wiki/Billion_laughs_attack",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_source = check,
};
