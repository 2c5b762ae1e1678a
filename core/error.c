#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

enum { TEMPORARIES_MAX = 16, EXIT_TROUBLE = 2 };

static _Atomic(const struct temporary *) temporaries[TEMPORARIES_MAX];

bool
error_set(struct error *error, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(error->text, sizeof(error->text), fmt, args);
	va_end(args);
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
