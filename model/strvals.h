/*
 * The grammar of Helm's --set family (pkg/strvals of helm.sh/helm), over trees:
 * "a.b=1,c[0].d={x,y}". Only what a word surely says is laid over the values.
 */
#ifndef GLAGENT_STRVALS_H
#define GLAGENT_STRVALS_H

#include "ytree.h"

enum { STRVALS_DEPTH_MAX = 30, STRVALS_INDEX_MAX = 1000 };

enum strvals_kind {
	STRVALS_TYPED,   /* --set: true, false, null and whole numbers are what they look like */
	STRVALS_TEXT,    /* --set-string */
	STRVALS_UNKNOWN, /* --set-file: the value is a path, what it holds is unknown */
	STRVALS_LITERAL, /* --set-literal: one pair, nothing is escaped */
};

struct strvals_word {
	struct str text;
	enum strvals_kind kind;
	bool is_open; /* there may be more values than are seen: a list that is not among them may have items
		       */
	bool is_cut;  /* the text is only what the word begins with: its last value is unknown */
	/* Where the text stands; byte i of it at span.start + i when is_exact. Source 0: nowhere. */
	uint32_t source;
	struct span span;
	bool is_exact;
	const struct ynode *value; /* of the last pair; NULL: as the text says */
	size_t *copies_left;       /* of nodes, for all words that share it; NULL: any number */
};

/*
 * Lays the pairs of `word` over `values`, a mapping. Unknown values are scalars
 * "${}". NULL where Helm refuses the word, where it cannot be told what it
 * sets, and when no copies are left: each pair copies the mappings that it is laid over.
 */
const struct ynode *strvals_lay(
	struct arena *arena, const struct ynode *values, const struct strvals_word *word);

#endif
