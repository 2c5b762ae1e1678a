#include "target.h"

#include "fs.h"
#include "join.h"

/* What a single output wrote once is the repository's as well. */
static bool
is_of_part(const struct stamp_owner *written, const struct stamp_owner *owner)
{
	const struct output *whole = output_get(owner->output);
	bool is_part = false;
	for (const struct output_part *part = whole ? whole->parts : NULL; part && part->output; part++) {
		is_part = is_part || str_eq(written->output, str_from(part->output));
	}
	return is_part && str_eq(written->fleet, owner->fleet);
}

/* Ours by its header. */
static void
judge_own(const struct stamp *stamp, const struct stamp_owner *owner, bool is_read, uint64_t checksum,
	struct target *target)
{
	target->state = TARGET_EDITED;
	if (!is_read) {
		target->why = "it is no YAML any more";
	} else if (!stamp->has_stamp) {
		target->why = "its second line, with the checksum, is missing";
	} else if (stamp->checksum != checksum) {
		target->why = "what it says is not what its checksum is of";
	} else if (!stamp_owner_eq(&stamp->owner, owner) && !is_of_part(&stamp->owner, owner)) {
		target->state = TARGET_FOREIGN;
		target->why = "it belongs to another fleet or output, as its second line says";
	} else {
		target->state = TARGET_OUTDATED;
	}
}

static void
judge(struct str path, const struct stamp_owner *owner, struct target *target)
{
	uint64_t checksum = 0;
	if (str_eq(target->old, target->new)) {
		target->state = TARGET_SAME;
		return;
	}
	struct stamp rendered = stamp_read(target->new), stamp = stamp_read(target->old);
	bool is_read = stamp_checksum(path, target->old, &checksum);
	if (is_read && rendered.has_stamp && rendered.checksum == checksum) {
		bool is_right =
			stamp.has_stamp && stamp.checksum == checksum && stamp_owner_eq(&stamp.owner, owner);
		target->state = is_right ? TARGET_REFORMATTED : TARGET_UNSTAMPED;
	} else if (stamp.has_header) {
		judge_own(&stamp, owner, is_read, checksum, target);
	} else {
		target->state = TARGET_FOREIGN;
		target->why = "glagent-gen did not write it";
	}
}

/* Somebody else's file is added to where that can be done; else `why` says what is in the way. */
static void
join(struct arena *arena, const struct plan_file *file, struct target *target)
{
	struct joined joined;
	if (!join_texts(arena, target->old, file->data, &joined, &target->why)) {
		return;
	}
	if (joined.conflict.len > 0) {
		target->is_stuck = joined.stuck.len > 0;
		target->why = arena_printf(arena, "it says something else than the spec at %.*s%s",
			STR_ARG(target->is_stuck ? joined.stuck : joined.conflict),
			target->is_stuck ? ", which has to be changed by hand" : "")
				      .ptr;
		target->new = joined.forced;
		return;
	}
	target->new = joined.text;
	target->state = str_eq(joined.text, target->old) ? TARGET_HOLDS : TARGET_JOINED;
}

bool
target_look(struct arena *arena, struct arena *scratch, int root_fd, const struct plan_file *file,
	const struct stamp_owner *owner, struct target *ret_target, struct error *reterr)
{
	struct target target = {
		.state = TARGET_ABSENT, .new = stamp_put(arena, file->path, file->data, owner), .old = STR("")
	};
	bool exists = false;
	if (root_fd >= 0 && !fs_exists(root_fd, file->path, &exists, reterr)) {
		return false;
	}
	enum fs_read_result result = FS_READ_OK;
	if (exists) {
		result = fs_read(scratch, root_fd, file->path, &target.old, reterr);
	}
	if (result == FS_READ_FAILED) {
		return false;
	}
	if (result == FS_READ_TOO_LARGE) { /* nothing of ours is */
		target.state = TARGET_FOREIGN;
		target.why = "it is larger than 16 MiB";
		target.is_too_large = true;
	} else if (exists) {
		judge(file->path, owner, &target);
		target.state = file->join == JOIN_ALWAYS ? TARGET_FOREIGN : target.state;
		if (file->join != JOIN_NEVER && target_is_kept_from_us(target.state)) {
			join(arena, file, &target);
		}
	}
	if (file->join == JOIN_ALWAYS && target_is_kept_from_us(target.state)) {
		target.is_stuck = true; /* it is never ours to write anew */
		target.new = arena_str(arena, target.old);
	}
	*ret_target = target;
	return true;
}

const char *
target_state_name(enum target_state state)
{
	static const char *const names[] = { "missing", "same", "reformatted", "without a stamp", "outdated",
		"edited", "foreign", "joined", "lacks entries" };
	static_assert(countof(names) == TARGET_STATE_COUNT, "a name for each state");
	return names[state];
}

bool
target_is_kept_from_us(enum target_state state)
{
	return state == TARGET_EDITED || state == TARGET_FOREIGN;
}

bool
target_is_written(enum target_state state)
{
	return state != TARGET_SAME && state != TARGET_REFORMATTED && state != TARGET_HOLDS;
}

bool
target_differs(enum target_state state)
{
	return target_is_written(state) && state != TARGET_UNSTAMPED;
}
