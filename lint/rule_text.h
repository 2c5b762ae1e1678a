/* What is said of rules: lists, explanations and the pages of docs/rules/. */
#ifndef GLAGENT_RULE_TEXT_H
#define GLAGENT_RULE_TEXT_H

#include "buf.h"
#include "rule.h"

/* All rules, one line each: code, severity, name, summary. */
void rules_as_text(struct buf *out);

/* {"rules": [{"code", "name", "severity", "fix", "since", "summary", "rationale", "advice", "reference"}]} */
void rules_as_json(struct buf *out);

/* docs/rules/README.md: a table with links to the pages. */
void rules_as_markdown(struct buf *out);

/* One rule for a terminal, 80 wide; as JSON (an item of rules_as_json); and the beginning of
 * docs/rules/CODE.md. */
void rule_as_text(struct buf *out, const struct rule *rule);
void rule_as_json(struct buf *out, const struct rule *rule);
void rule_as_markdown(struct buf *out, const struct rule *rule);

#endif
