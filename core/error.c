#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

#include "utf8.h"

enum { EXIT_TROUBLE = 2, UTF8_BYTES_MAX = 4 };

static _Atomic(const struct temporary *) temporaries[TEMPORARIES_MAX];

/* Makes the text fit for a terminal: it quotes paths and arguments, which hold anything. Bytes of controls,
 * and those of no character, become '?'; a character that was cut in the middle goes the same way. */
static void
make_printable(struct error *error)
{
	size_t len = strlen(error->text), at = 0;
	while (at < len) {
		struct str rest = { error->text + at, len - at };
		struct str after = rest;
		bool valid = utf8_valid_prefix(str_first(rest, UTF8_BYTES_MAX)) > 0;
		uint32_t point = valid ? utf8_next(&after) : 0;
		size_t used = valid ? rest.len - after.len : 1;
		if (utf8_is_control(point)) {
			memset(error->text + at, '?', used);
		}
		at += used;
	}
}

bool
error_set(struct error *error, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(error->text, sizeof(error->text), fmt, args);
	va_end(args);
	make_printable(error);
	return false;
}

bool
error_set_errno(struct error *error, const char *fmt, ...)
{
	char reason[128];
	int number = errno;
	va_list args;

	if (strerror_r(number, reason, sizeof(reason)) != 0) {
		(void)snprintf(reason, sizeof(reason), "error %d", number);
	}
	va_start(args, fmt);
	(void)vsnprintf(error->text, sizeof(error->text), fmt, args);
	va_end(args);
	size_t len = strlen(error->text);
	(void)snprintf(error->text + len, sizeof(error->text) - len, ": %s", reason);
	make_printable(error);
	return false;
}

_Noreturn void
fatal_out_of_memory(void)
{
	static const char message[] = "glagent: out of memory\n";
	temporaries_unlink();
	ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);
	(void)written;
	_exit(EXIT_TROUBLE);
}

bool
temporary_add(const struct temporary *temporary)
{
	for (size_t i = 0; i < countof(temporaries); i++) {
		const struct temporary *expected = NULL;
		if (atomic_compare_exchange_strong(&temporaries[i], &expected, temporary)) {
			return true;
		}
	}
	return false;
}

void
temporary_remove(const struct temporary *temporary)
{
	for (size_t i = 0; i < countof(temporaries); i++) {
		const struct temporary *expected = temporary;
		if (atomic_compare_exchange_strong(&temporaries[i], &expected, NULL)) {
			return;
		}
	}
}

void
temporaries_unlink(void)
{
	for (size_t i = 0; i < countof(temporaries); i++) {
		const struct temporary *temporary = atomic_load(&temporaries[i]);
		if (temporary) {
			(void)unlinkat(temporary->directory, temporary->name, 0);
		}
	}
}
