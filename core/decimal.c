#include "decimal.h"

#include <inttypes.h>
#include <math.h>

#include "yscalar.h"

enum {
	EXPONENT_MAX = 100 * 1000 * 1000, /* a larger one is cut, which leaves it beyond all others */
	INFINITY_EXPONENT = 2 * 1000 * 1000 * 1000,
	UNIT_DIGITS_MAX = 17, /* a remainder below 10^17 can be multiplied by ten in 64 bits */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The exponent behind an 'e'; a huge one is cut, its sign is all that counts then. */
static int64_t
parse_exponent(struct str text)
{
	int64_t exponent = 0;
	bool negative = str_starts(text, STR("-"));
	for (size_t i = 0; i < text.len && exponent < EXPONENT_MAX; i++) {
		exponent = is_digit(text.ptr[i]) ? exponent * 10 + (text.ptr[i] - '0') : exponent;
	}
	return negative ? -exponent : exponent;
}

static bool
read_digits(struct arena *arena, struct str text, struct decimal *ret_value)
{
	char *digits = arena_alloc(arena, text.len);
	struct decimal value = { .digits = digits, .negative = str_starts(text, STR("-")) };
	bool fraction = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == 'e' || c == 'E') {
			value.exponent += parse_exponent(str_skip(text, i + 1));
			break;
		}
		fraction = fraction || c == '.';
		if (is_digit(c) && (c != '0' || value.len > 0)) {
			digits[value.len++] = c;
			value.exponent += !fraction;
		} else if (c == '0' && fraction) {
			value.exponent--;
		}
	}
	while (value.len > 0 && digits[value.len - 1] == '0') {
		value.len--;
	}
	*ret_value = value.len ? value : (struct decimal){ .digits = digits };
	return true;
}

static bool
is_decimal_notation(struct str text)
{
	bool any = false;
	for (size_t i = 0; i < text.len; i++) {
		if (!str_has_char(STR("0123456789+-._eE"), text.ptr[i])) {
			return false;
		}
		any = any || is_digit(text.ptr[i]);
	}
	return any;
}

bool
decimal_parse(struct arena *arena, struct str text, struct decimal *ret_value)
{
	int64_t integer;
	if (yscalar_int(text, &integer)) {
		return read_digits(arena, arena_printf(arena, "%" PRId64, integer), ret_value);
	}
	if (is_decimal_notation(text)) {
		return read_digits(arena, text, ret_value);
	}
	enum ytype type = yscalar_type(text, YDIALECT_YAML_V3);
	double number = type == YTYPE_INT || type == YTYPE_FLOAT ? yscalar_number(text) : (double)NAN;
	if (isnan(number)) {
		return false;
	}
	if (isinf(number)) {
		*ret_value = (struct decimal){ "1", 1, INFINITY_EXPONENT, number < 0 };
		return true;
	}
	return read_digits(arena, arena_printf(arena, "%.0f", number), ret_value);
}

static int
magnitude_cmp(const struct decimal *a, const struct decimal *b)
{
	if (a->len == 0 || b->len == 0) {
		return (a->len > 0) - (b->len > 0);
	}
	if (a->exponent != b->exponent) {
		return a->exponent < b->exponent ? -1 : 1;
	}
	return str_cmp((struct str){ a->digits, a->len }, (struct str){ b->digits, b->len });
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	if (a->negative != b->negative) {
		return a->negative ? -1 : 1;
	}
	int order = magnitude_cmp(a, b);
	return a->negative ? -order : order;
}

bool
decimal_is_integer(const struct decimal *value)
{
	return value->len == 0
		|| (value->exponent >= (int64_t)value->len && value->exponent < INFINITY_EXPONENT);
}

bool
decimal_is_multiple(const struct decimal *value, const struct decimal *unit)
{
	if (value->len == 0 || unit->len == 0 || unit->len > UNIT_DIGITS_MAX) {
		return true;
	}
	int64_t zeros = value->exponent - (int64_t)value->len - (unit->exponent - (int64_t)unit->len);
	if (zeros < 0) { /* the last digit is not 0, so no division by ten comes out even */
		return false;
	}
	uint64_t divisor = 0, rest = 0;
	for (size_t i = 0; i < unit->len; i++) {
		divisor = divisor * 10 + (uint64_t)(unit->digits[i] - '0');
	}
	for (size_t i = 0; i < value->len; i++) {
		rest = (rest * 10 + (uint64_t)(value->digits[i] - '0')) % divisor;
	}
	/* A 64-bit divisor holds no more than 63 twos and fives for further tens to cancel. */
	for (int64_t i = 0; i < zeros && i < 64 && rest > 0; i++) {
		rest = rest * 10 % divisor;
	}
	return rest == 0;
}

bool
decimal_to_size(const struct decimal *value, size_t *ret_size)
{
	size_t size = 0;
	if (value->negative || !decimal_is_integer(value)) {
		return false;
	}
	for (int64_t i = 0; i < value->exponent; i++) {
		size_t digit = (size_t)i < value->len ? (size_t)(value->digits[i] - '0') : 0;
		if (__builtin_mul_overflow(size, (size_t)10, &size)
			|| __builtin_add_overflow(size, digit, &size)) {
			return false;
		}
	}
	*ret_size = size;
	return true;
}
