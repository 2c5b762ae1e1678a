/*
 * A finding: one mistake in a user's file, with its place. Both programs make
 * them: the linter from rules, the generator from a spec. Reports take the
 * finished, sorted list and know nothing else.
 */
#ifndef GLAGENT_FINDING_H
#define GLAGENT_FINDING_H

#include "edit.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT };

/* "info", "warning", "error". */
const char *severity_name(enum severity severity);
bool severity_parse(struct str name, enum severity *ret_severity) NODISCARD;

/* Another place that explains the finding. */
struct related {
	uint32_t source;
	struct span span;
	struct str message;
	const struct related *next;
};

/* What the finding is about, independent of lines: the fingerprint is made of it. */
struct finding_object {
	struct str kind, namespace, name; /* of the Kubernetes object; empty where there is none */
	struct str pointer;               /* list items by name: ypath_of(…, true) */
};

struct finding {
	struct str code, name; /* "FX004", "non-manifest-in-flux-path"; empty for mistakes in a spec */
	enum severity severity;
	uint32_t source; /* id; never 0 in a report */
	struct span span;
	struct str message; /* one line, lower case, no full stop: states the fact */
	struct str help;    /* states the action; may be empty */
	const struct related *related, **related_tail;
	const struct edit *edits, **edits_tail; /* that mend it, together; NULL: there is no fix */
	bool fix_is_unsafe;                     /* it may change what is meant: only when asked for */
	struct finding_object object;
	uint64_t fingerprint[2]; /* set by findings_finish */
};

/* Bytes of a source that no report may show. */
struct hidden_span {
	uint32_t source;
	struct span span;
};

struct findings {
	struct arena *arena;
	struct finding **items;
	size_t len, cap;
	struct hidden_spans {
		struct hidden_span *items;
		size_t len, cap;
	} hidden;
};

/* Adds a finding at `span` of the source; the caller fills in the rest. Strings must outlive the list. */
struct finding *findings_add(
	struct findings *findings, enum severity severity, uint32_t source, struct span span);

/* Adds another place; in the order of calls. */
void finding_relate(struct findings *findings, struct finding *finding, uint32_t source, struct span span,
	struct str message);

/* Adds an edit to what mends the finding. A finding whose fix is not whole must have none. */
void finding_fix(struct findings *findings, struct finding *finding, const struct edit *edit);

/* From now on excerpts have '*' in this place, whatever finding they are of: it is a secret that does not
 * look like one. */
void findings_hide(struct findings *findings, uint32_t source, struct span span);

/* `text`, which begins at `offset` of the source, with what is hidden in it so. */
struct str findings_mask(struct arena *arena, const struct findings *findings, uint32_t source, size_t offset,
	struct str text);

/*
 * Sorts by path, start, code, message; drops exact repetitions; computes the
 * fingerprints: hash of code, path, object and an ordinal among equals, so a
 * finding keeps its fingerprint when lines move.
 */
void findings_finish(struct findings *findings, const struct sources *sources);

size_t findings_count(const struct findings *findings, enum severity severity);

#endif
