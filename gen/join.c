#include "join.h"

#include "edit.h"
#include "path.h"
#include "yemit.h"

enum { ROUNDS_MAX = 10 * 1000 };

/* One look at the old text: the first thing that it lacks, and how that is mended. */
struct round {
	struct arena *arena;
	struct str text;
	const struct ynode *bases; /* of a kustomization file */
	bool is_forced;
	bool has_gap;            /* found, whether or not `edit` can mend it */
	const struct edit *edit; /* NULL: it cannot be added where it belongs */
	struct str conflict;     /* the first place that says something else */
};

static const struct ynode *
parse(struct arena *arena, struct str text, struct arena *scratch)
{
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	*source = (struct source){ STR(""), text };
	bool ok = ytree_parse(arena, scratch, source, 1, YTREE_VALUES, &docs, &error);
	return ok && docs && !docs->next ? docs->root : NULL;
}

/* "key: value" or "- value" as lines without an indent. */
static struct str
lines_of(struct round *round, const struct ynode *key, const struct ynode *value)
{
	struct buf out = { .arena = round->arena };
	struct ylist map = ylist_mapping(round->arena);
	if (key) {
		ylist_put(&map, ynode_str(key), ynode_head(round->arena, value));
	}
	yemit(&out, key ? map.parent : value);
	struct str lines = buf_str(&out);
	return str_first(lines, lines.len - str_ends(lines, STR("\n")));
}

static void
conflict_at(struct round *round, struct str path, const struct ynode *there, const struct ynode *wanted)
{
	bool can_replace = round->is_forced && there->kind == YNODE_SCALAR && wanted->kind == YNODE_SCALAR;
	if (can_replace) {
		round->has_gap = true;
		round->edit = edit_scalar(round->arena, round->text, there, ynode_str(wanted));
	} else if (round->conflict.len == 0) {
		round->conflict = path;
	}
}

static void look(struct round *round, struct str path, const struct ynode *there, const struct ynode *wanted);

static struct str
below(struct round *round, struct str path, struct str name)
{
	return arena_printf(round->arena, "%.*s%s%.*s", STR_ARG(path), path.len ? "." : "", STR_ARG(name));
}

/* Of one text, or of paths that lead to one place: "./agent" and "agent/". */
static bool
is_same_text(struct round *round, const struct ynode *a, const struct ynode *b)
{
	struct str first, second;
	bool are_texts = a->kind == YNODE_SCALAR && b->kind == YNODE_SCALAR;
	return ynode_equal(a, b)
		|| (are_texts && path_join(round->arena, STR(""), ynode_str(a), &first)
			&& path_join(round->arena, STR(""), ynode_str(b), &second) && first.len > 0
			&& str_eq(first, second));
}

/* The item that is the same entry: of one id, or of one text. */
static const struct ynode *
same_item(struct round *round, const struct ynode *list, const struct ynode *wanted)
{
	struct str id = ynode_str(ynode_get(wanted, STR("id")));
	for (const struct ynode *item = list->first; item; item = item->next) {
		const struct ynode *target = ynode_follow(item);
		bool is_same = id.len > 0 ? str_eq_nocase(ynode_str(ynode_get(target, STR("id"))), id)
					  : is_same_text(round, target, wanted);
		if (is_same) {
			return target;
		}
	}
	return NULL;
}

/* kustomize reads the old name of `resources`, too, and refuses what stands in both. */
static bool
is_base(struct round *round, const struct ynode *item)
{
	return round->bases && same_item(round, round->bases, item);
}

/* What is lacking of a list that is not there at all; NULL: nothing. */
static const struct ynode *
without_bases(struct round *round, struct str path, const struct ynode *wanted)
{
	struct ylist left = ylist_sequence(round->arena);
	if (!round->bases || !str_eq(path, STR("resources")) || wanted->kind != YNODE_SEQUENCE) {
		return wanted;
	}
	for (const struct ynode *item = wanted->first; item; item = item->next) {
		if (!is_base(round, item)) {
			ylist_add(&left, ynode_head(round->arena, item));
		}
	}
	return left.parent->len > 0 ? left.parent : NULL;
}

/* What `<<` brings in would go where an entry of its own takes its place. */
static bool
hides_merged(const struct ynode *there)
{
	return ynode_get(there, STR("<<")) != NULL;
}

static void
look_at_mapping(struct round *round, struct str path, const struct ynode *there, const struct ynode *wanted)
{
	const struct ynode *key = wanted->first;
	for (; key && !round->has_gap; key = key->next->next) {
		struct str name = ynode_str(key);
		const struct ynode *value = ynode_get(there, name);
		if (value) {
			look(round, below(round, path, name), value, key->next);
			continue;
		}
		const struct ynode *lacking = without_bases(round, below(round, path, name), key->next);
		if (!lacking) {
			continue;
		}
		round->has_gap = true;
		round->edit = hides_merged(there)
			? NULL
			: edit_add_entry(round->arena, round->text, there, lines_of(round, key, lacking));
	}
}

static void
look_at_list(struct round *round, struct str path, const struct ynode *there, const struct ynode *wanted)
{
	const struct ynode *item = wanted->first;
	for (; item && !round->has_gap; item = item->next) {
		const struct ynode *same = same_item(round, there, item);
		bool is_listed = str_eq(path, STR("resources")) && is_base(round, item);
		if (is_listed || (same && item->kind == YNODE_SCALAR)) {
			continue;
		}
		if (same) {
			look(round, path, same, item);
			continue;
		}
		round->has_gap = true;
		round->edit = item->kind == YNODE_SCALAR
			? edit_append_item(round->arena, round->text, there, ynode_str(item))
			: edit_append_lines(round->arena, round->text, there, lines_of(round, NULL, item));
	}
}

/* Finds the first gap in what is there. */
static void
look(struct round *round, struct str path, const struct ynode *there, const struct ynode *wanted)
{
	there = ynode_follow(there);
	bool is_one_value = str_eq(path, STR("access_as")) || str_ends(path, STR(".access_as"));
	bool is_id = str_ends(path, STR(".id")); /* GitLab compares paths in lower case */
	if (ynode_equal(there, wanted) || (is_id && str_eq_nocase(ynode_str(there), ynode_str(wanted)))) {
		return;
	}
	if (there->kind == YNODE_MAPPING && wanted->kind == YNODE_MAPPING && !is_one_value) {
		look_at_mapping(round, path, there, wanted);
	} else if (there->kind == YNODE_SEQUENCE && wanted->kind == YNODE_SEQUENCE) {
		look_at_list(round, path, there, wanted);
	} else {
		conflict_at(round, path, there, wanted);
	}
}

static struct round
look_once(struct arena *arena, struct arena *scratch, struct str text, const struct ynode *wanted,
	bool is_forced)
{
	struct round round = { .arena = arena, .text = text, .is_forced = is_forced, .conflict = STR("") };
	const struct ynode *there = parse(arena, text, scratch);
	round.has_gap = !there;
	if (there) {
		const struct ynode *bases = ynode_get(there, STR("bases"));
		round.bases = ynode_is(bases, YNODE_SEQUENCE) ? bases : NULL;
		look(&round, STR(""), there, wanted);
	}
	return round;
}

/* Round after round, for the places of the tree are those of one text. False: a gap stays. */
static bool
fill(struct arena *arena, struct str old, const struct ynode *wanted, bool is_forced, struct str *ret_text,
	struct str *ret_conflict)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str text = old;
	for (size_t i = 0; i < ROUNDS_MAX; i++) {
		struct round round = look_once(&scratch, &scratch, text, wanted, is_forced);
		if (!round.has_gap) {
			*ret_text = arena_str(arena, text);
			*ret_conflict = arena_str(arena, round.conflict);
			return true;
		}
		struct edit_group group = { round.edit, true };
		struct str next = round.edit ? edits_apply(&scratch, 1, text, &group, 1) : text;
		if (str_eq(next, text)) {
			return false;
		}
		text = next;
	}
	return false;
}

/* Nothing that was there may be lost, whatever the edits did. */
static bool
is_kept(struct str old, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode *before = parse(&scratch, old, &scratch);
	struct round round = look_once(&scratch, &scratch, text, before, false);
	return !round.has_gap && round.conflict.len == 0;
}

/* A Flux Kustomization that is called kustomization.yaml, say. */
static bool
is_other_object(const struct ynode *there)
{
	struct str version = ynode_str(ynode_get(there, STR("apiVersion")));
	return version.len > 0 && !str_starts(version, STR("kustomize.config.k8s.io/"));
}

bool
join_texts(struct arena *arena, struct str old, struct str wanted, struct joined *ret_joined,
	const char **ret_why)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode *tree = parse(&scratch, wanted, &scratch), *there = parse(&scratch, old, &scratch);
	struct joined joined;
	if (!ynode_is(tree, YNODE_MAPPING)) { /* comments alone: everything says as much */
		*ret_joined = (struct joined){ old, STR(""), old, STR("") };
		return true;
	}
	if (!ynode_is(there, YNODE_MAPPING)) {
		*ret_why = "it is no single YAML document with keys, so nothing can be added to it";
		return false;
	}
	if (is_other_object(there)) {
		*ret_why = "it is an object of another apiVersion than a file of this name has";
		return false;
	}
	*ret_why = "what it lacks cannot be added in the way it is written: write lists and mappings over "
		   "lines of "
		   "their own, without anchors, or add it by hand";
	if (!fill(arena, old, tree, false, &joined.text, &joined.conflict) || !is_kept(old, joined.text)
		|| !fill(arena, old, tree, true, &joined.forced, &joined.stuck)) {
		return false;
	}
	*ret_joined = joined;
	return true;
}
