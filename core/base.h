/* Compiler-facing macros shared by every translation unit. */
#ifndef GLAGENT_BASE_H
#define GLAGENT_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define countof(array) (sizeof(array) / sizeof((array)[0]))

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt_index, args_index) __attribute__((format(printf, fmt_index, args_index)))
#define CLEANUP(func) __attribute__((cleanup(func)))

/* A function whose unsigned arithmetic wraps on purpose: hashes. */
#if defined(__clang__)
#define WRAPS __attribute__((no_sanitize("unsigned-integer-overflow")))
#else
#define WRAPS
#endif

/* Unbounded, stateful or locale-bound functions: a use is a compile error. */
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets localtime gmtime setlocale

#endif
