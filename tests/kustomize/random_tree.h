/* Small repositories made of numbers: one number, one tree, for ever. */
#ifndef GLAGENT_TEST_RANDOM_TREE_H
#define GLAGENT_TEST_RANDOM_TREE_H

#include "buf.h"
#include "map.h"

/* splitmix64: the same numbers everywhere. */
struct dice {
	uint64_t state;
	bool is_sober; /* no oddities: what these make fail would hide the rest */
};

uint64_t dice_roll(struct dice *dice);
size_t dice_below(struct dice *dice, size_t bound);
bool dice_chance(struct dice *dice, unsigned percent);
bool dice_oddity(struct dice *dice, unsigned percent);

struct random_file {
	struct str path, text;
};

struct random_tree {
	struct random_file *items;
	size_t len, cap;
	struct str build; /* the directory to be built */
};

/* The tree of a number. */
void random_tree(struct arena *arena, uint64_t number, struct random_tree *ret_tree);

/* One or two Kubernetes objects as YAML, mostly sound. */
void random_objects(struct buf *out, struct dice *dice);

/* Entries of the kustomization file for patches and the like; files go to the tree. */
void random_patches(struct arena *arena, struct buf *out, struct dice *dice, struct random_tree *tree,
	struct str directory);

/* Kinds and names come from few words, so that they meet. */
struct str random_kind(struct dice *dice);
struct str random_name(struct dice *dice);
struct str random_api_version(struct str kind);

void random_add_file(struct arena *arena, struct random_tree *tree, struct str directory, const char *name,
	struct str text);

#endif
