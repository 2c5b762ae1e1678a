/* What the files of import share. */
#ifndef GLAGENT_IMPORT_PARTS_H
#define GLAGENT_IMPORT_PARTS_H

#include "import.h"

struct importing {
	struct arena *arena;
	const struct situation *situation;
	struct import *import;
	struct str path; /* of the file at hand */
};

/* Notes a line about the file at hand. */
void import_note(struct importing *im, struct str line);

/* Put an entry unless it is empty: a text in quotes where it needs them, a word, a mapping. */
void import_put_text(struct ylist *map, const char *key, struct str text);
void import_put_word(struct ylist *map, const char *key, const char *word);
void import_put_map(struct ylist *map, const char *key, const struct ylist *inner);

/* Adds to the agent what the chart's values say: fields of its own, and `values` for the rest. */
void import_values(struct importing *im, const struct ynode *values, struct ylist *agent);

#endif
