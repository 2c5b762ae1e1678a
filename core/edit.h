/*
 * Edits of texts by spans: what is not edited stays byte by byte, comments,
 * styles and line ends with it. A group of edits belongs together and is made
 * whole or not at all; groups that touch one another wait for another round,
 * after the text was read again.
 */
#ifndef GLAGENT_EDIT_H
#define GLAGENT_EDIT_H

#include "ytree.h"

struct edit {
	uint32_t source;
	struct span span; /* what goes; empty: nothing */
	struct str text;  /* what comes */
	const struct edit *next;
};

struct edit_group {
	const struct edit *first;
	bool is_chosen;
};

/* Marks the groups that can be made together: each that overlaps none before it. Two insertions at one place
 * overlap. */
void edits_choose(struct edit_group *groups, size_t count);

/* The text of a source after the edits of the chosen groups; the text itself when there are none for it. */
struct str edits_apply(
	struct arena *arena, uint32_t source, struct str text, const struct edit_group *groups, size_t count);

/* Does the text read as YAML, and repeat no more keys than the old one? Asked of what edits made before it is
 * written. */
bool edit_is_sound(struct str old, struct str text);

/*
 * Edits of YAML in its own style. Each returns NULL where it cannot be made
 * safely: an alias, a text over several lines, an anchor or tag, a flow
 * collection over several lines. `text` is the whole source that the nodes are
 * of.
 */

/* Another text for a scalar, a key or a value: within the quotes it has, else with quotes where it needs
 * them. */
const struct edit *edit_scalar(
	struct arena *arena, struct str text, const struct ynode *scalar, struct str value);

/* A word without quotes in the place of a scalar. */
const struct edit *edit_word(
	struct arena *arena, struct str text, const struct ynode *scalar, struct str word);

/* A text in front of a node, on its line. */
const struct edit *edit_in_front(struct arena *arena, const struct ynode *node, struct str before);

/* Takes an item out of a list that keeps others, with its line and the comment on it. */
const struct edit *edit_remove_item(
	struct arena *arena, struct str text, const struct ynode *list, const struct ynode *item);

/* Puts a text behind the last item of a list, or into "[]". */
const struct edit *edit_append_item(
	struct arena *arena, struct str text, const struct ynode *list, struct str value);

/* Puts an item of several lines behind the last of a list in block style: "id: a\naccess_as: {}". */
const struct edit *edit_append_lines(
	struct arena *arena, struct str text, const struct ynode *list, struct str lines);

/* Adds "key: [value]" in block style behind the last entry of a block mapping at the top of a document. */
const struct edit *edit_add_list(
	struct arena *arena, struct str text, const struct ynode *map, struct str key, struct str value);

/* Takes an entry out of a block mapping that keeps others, with its line and the comment on it. NULL also
 * where the value is none that stands on the key's line. */
const struct edit *edit_remove_entry(
	struct arena *arena, struct str text, const struct ynode *map, struct str key);

/* Adds lines behind the last entry of a block mapping, which may be an item of a list, each behind the indent
 * of its keys: "type: oci", "install:\n  retries: 3". */
const struct edit *edit_add_entry(
	struct arena *arena, struct str text, const struct ynode *map, struct str lines);

#endif
