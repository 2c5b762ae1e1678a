/*
 * One lint rule: what it is called, why it exists, how it checks.
 *
 * A rule is one file, lint/rules/<code>_<short_name>.c ("fx004_non_manifest.c"),
 * whose last definition is `const struct rule rule_FX004`, and one fixture
 * folder, testdata/rules/FX004/. CMake builds the table from the file names;
 * help, docs/rules/ and every report print from it.
 */
#ifndef GLAGENT_RULE_H
#define GLAGENT_RULE_H

#include "finding.h"
#include "repository.h"

enum fix_kind { FIX_NONE, FIX_SAFE, FIX_UNSAFE };

struct lint; /* one rule's run: findings go through it */

struct rule {
	const char *code;       /* "FX004": stable for ever, never reused */
	const char *name;       /* kebab-case; reads after "allow": non-manifest-in-flux-path */
	const char *summary;    /* one sentence with full stop */
	const char *rationale;  /* Markdown: what breaks, for whom, how to verify it */
	const char *advice;     /* Markdown: what to do */
	const char *reference;  /* address of the upstream rule or documentation, or NULL */
	const char *since;      /* "0.1.0" */
	enum severity severity; /* default; a finding may be milder */
	enum fix_kind fix;
	bool any_file;  /* reports in files without a reader, too */
	bool is_strict; /* a matter of policy: runs only when it is selected */

	/* Exactly one is set: what the rule looks at. The first two run in workers and see one file only. */
	void (*check_source)(struct lint *, const struct file *);
	void (*check_document)(struct lint *, const struct file *, const struct ydoc *);
	void (*check_resource)(struct lint *, const struct resource *);
	void (*check_agent)(struct lint *, const struct agent *);
	/* Each object as a cluster gets it, and Flux objects that no known root reaches: there an error
	 * becomes a warning. Not called where something unread may change the object. */
	void (*check_applied)(struct lint *, const struct applied *);
	/* Each place that installs the agent's chart, with the values it gives. */
	void (*check_install)(struct lint *, const struct install *);
	void (*check_repository)(struct lint *, const struct repository *);
};

extern const struct rule *const rule_table[]; /* sorted by code */
extern const size_t rule_count;

/* Records a finding of the running rule at `at` (which has a place), with the rule's severity;
 * printf-checked. */
struct finding *lint_report(struct lint *lint, const struct ynode *at, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* The same at bytes of a file; {0, 0} is the file as a whole. */
struct finding *lint_report_at(
	struct lint *lint, const struct file *file, struct span span, const char *fmt, ...) PRINTF_LIKE(4, 5);

void lint_help(struct lint *lint, struct finding *finding, const char *fmt, ...) PRINTF_LIKE(3, 4);
void lint_relate(struct lint *lint, struct finding *finding, const struct ynode *at, const char *fmt, ...)
	PRINTF_LIKE(4, 5);
void lint_relate_at(struct lint *lint, struct finding *finding, const struct file *file, struct span span,
	const char *fmt, ...) PRINTF_LIKE(5, 6);
void lint_relate_file(struct lint *lint, struct finding *finding, const struct file *file, const char *fmt,
	...) PRINTF_LIKE(4, 5);

/* An edit that mends the finding, with the others of it. NULL is no edit: then no fix is made at all. */
void lint_fix(struct lint *lint, struct finding *finding, const struct edit *edit);

/* No report shows the place, whatever it quotes it for. */
void lint_hide(struct lint *lint, const struct ynode *at);
void lint_hide_at(struct lint *lint, const struct file *file, struct span span);

/* What the finding is about: names for the fingerprint; `root` is the document that holds `at`. */
void lint_object(
	struct lint *lint, struct finding *finding, const struct ynode *root, const struct ynode *at);

/* NULL in check_source and check_document. */
const struct repository *lint_repository(const struct lint *lint);

/* Lives until the report is written. */
struct arena *lint_arena(const struct lint *lint);

#endif
