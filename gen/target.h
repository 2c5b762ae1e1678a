/* What stands on disk where a file of the plan goes, and what that means for writing it. */
#ifndef GLAGENT_TARGET_H
#define GLAGENT_TARGET_H

#include "plan.h"
#include "stamp.h"

enum target_state {
	TARGET_ABSENT,
	TARGET_SAME,        /* byte for byte */
	TARGET_REFORMATTED, /* other bytes, the same meaning, its own stamp right: it stays */
	TARGET_UNSTAMPED,   /* the same meaning, but its own stamp is missing or wrong */
	TARGET_OUTDATED,    /* ours and as we left it: the spec has changed */
	TARGET_EDITED,      /* ours, but not as we left it */
	TARGET_FOREIGN,     /* not ours */
	TARGET_HOLDS,       /* of others, and says all of it among what else it says: it stays */
	TARGET_JOINED,      /* of others: what it lacks is added */
	TARGET_STATE_COUNT
};

struct target {
	enum target_state state;
	const char *why; /* of TARGET_EDITED and TARGET_FOREIGN: "its values are not those of its checksum" */
	struct str new;  /* what is to be written, stamp and all; of TARGET_JOINED, the old text with more */
	struct str old;  /* what is there; empty when there is nothing */
	bool is_stuck;   /* not even overwriting brings the spec's entries in: by hand */
	bool is_too_large; /* what is there, to be read: `old` is empty */
};

/*
 * Looks at root_fd/file->path; -1 is a root that is not there. `new` is in `arena`, `old` in `scratch`. False
 * with *reterr for what is no regular file, cannot be read, or lies behind a link.
 */
bool target_look(struct arena *arena, struct arena *scratch, int root_fd, const struct plan_file *file,
	const struct stamp_owner *owner, struct target *ret_target, struct error *reterr) NODISCARD;

/* "outdated": the word for it in lists. */
const char *target_state_name(enum target_state state);

/* Would writing lose what somebody else wrote? */
bool target_is_kept_from_us(enum target_state state);

/* Does the file need to be written at all? */
bool target_is_written(enum target_state state);

/* Does it say something else than the spec? */
bool target_differs(enum target_state state);

#endif
