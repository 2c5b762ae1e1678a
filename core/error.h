/*
 * Failures of the environment: files, arguments, the machine. They stop the
 * run with exit 2. Mistakes in users' files are findings (finding.h), not
 * errors. Bugs are assertions.
 */
#ifndef GLAGENT_ERROR_H
#define GLAGENT_ERROR_H

#include "base.h"

enum { ERROR_TEXT_MAX = 1024 };

/* Supplied by the caller; needs no memory, so that it can tell of having none. */
struct error {
	char text[ERROR_TEXT_MAX]; /* one line, lower case, no full stop; without control characters */
};

/* Fills `error` (longer text is cut) and returns false, so a failing function can end in `return
 * error_set(…)`. */
bool error_set(struct error *error, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* "<what>: <strerror(errno)>" of the failed call just made; returns false. */
bool error_set_errno(struct error *error, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Unlinks live temporary files, says that memory ran out and ends the program with exit 2. */
_Noreturn void fatal_out_of_memory(void);

/*
 * Temporary files that must not outlive the program, however it ends. The only
 * mutable state of the process: signal handlers and fatal_out_of_memory need
 * it. What `temporary` points to stays valid, and its directory open, until
 * removal; false when the list is full.
 */
struct temporary {
	int directory; /* file descriptor */
	const char *name;
};
enum { TEMPORARIES_MAX = 64 };
bool temporary_add(const struct temporary *temporary) NODISCARD;
void temporary_remove(const struct temporary *temporary);

/* Unlinks what is listed; async-signal-safe. */
void temporaries_unlink(void);

#endif
