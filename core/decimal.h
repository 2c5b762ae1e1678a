/*
 * Numbers as they are written: exact at any size, where a double would take
 * 9007199254740993 for its neighbour and 0.0075 for no multiple of 0.0001.
 */
#ifndef GLAGENT_DECIMAL_H
#define GLAGENT_DECIMAL_H

#include "arena.h"

/* ±0.DIGITS × 10^exponent; zero has no digits and exponent 0. */
struct decimal {
	const char *digits; /* '0' to '9', neither the first nor the last is '0'; not NUL-terminated */
	size_t len;
	int64_t exponent;
	bool negative;
};

/* Value of a number as YAML or JSON writes it: any integer notation, .5, 1e3, .inf. False for .nan and for
 * what is no number. */
bool decimal_parse(struct arena *arena, struct str text, struct decimal *ret_value) NODISCARD;

/* < 0, 0, > 0. */
int decimal_cmp(const struct decimal *a, const struct decimal *b);

bool decimal_is_integer(const struct decimal *value);

/* Is `value` a whole number of `unit`s? True as well where that would take more than 64 bits to tell. */
bool decimal_is_multiple(const struct decimal *value, const struct decimal *unit);

/* False when the value is negative, has a fraction or is beyond SIZE_MAX. */
bool decimal_to_size(const struct decimal *value, size_t *ret_size) NODISCARD;

#endif
