/* A look at everything that a write would meet, before anything is written. */
#ifndef GLAGENT_SURVEY_H
#define GLAGENT_SURVEY_H

#include "map.h"
#include "printable.h"
#include "target.h"

/* What is to be delivered, where to, and in whose name. */
struct delivery {
	struct arena *arena;
	const char *directory; /* need not exist */
	const struct plan *plan;
	struct stamp_owner owner;
	bool may_reinstall;      /* even where that uninstalls a release first */
	const struct map *known; /* keys: the paths of all that this spec and output render; NULL: what is
				    stale is not looked for */
};

struct surveyed {
	enum target_state state;
	struct str new;
	struct str refusal; /* why it is not written unless forced; empty: it may be */
	struct str remark;  /* the same in a word or two */
};

struct survey {
	int root_fd;            /* of the directory, for fd_close; -1: there is none yet */
	struct surveyed *items; /* one a file of the plan, in its order */
	size_t refused;
	size_t reinstalling; /* of these: refused whatever is forced */
	size_t stuck;        /* the same */
	bool is_losing;      /* a refusal is about what somebody wrote, rather than about what Flux applies */
	struct map planned;
};

/* False with *reterr when something cannot be read, or is not what a file can replace. */
bool survey_make(const struct delivery *delivery, struct survey *ret_survey, struct error *reterr) NODISCARD;

/* The directory for reading; *ret_fd is -1 when it does not exist. False with *reterr for other failures. */
bool delivery_open(const struct delivery *delivery, int *ret_fd, struct error *reterr) NODISCARD;

/* A path below the directory as the user would name it; fit for a terminal. */
struct str delivery_path(const struct delivery *delivery, struct str path);

#endif
