#include "protojson.h"

static size_t
count_digits(struct str text)
{
	size_t count = 0;
	while (count < text.len && text.ptr[count] >= '0' && text.ptr[count] <= '9') {
		count++;
	}
	return count;
}

static bool
starts_with(struct str text, char c)
{
	return text.len > 0 && text.ptr[0] == c;
}

enum {
	SECONDS_DIGITS_MAX = 12, /* 315,576,000,000 seconds are 10,000 years */
	FRACTION_DIGITS_MAX = 9,
};
static const char seconds_max[] = "315576000000";

static bool
seconds_fit(struct str digits)
{
	return digits.len < SECONDS_DIGITS_MAX
		|| (digits.len == SECONDS_DIGITS_MAX && str_cmp(digits, str_from(seconds_max)) <= 0);
}

bool
protojson_duration_is_valid(struct str text)
{
	if (text.len < 2 || text.ptr[text.len - 1] != 's') {
		return false;
	}
	text.len--;
	if (starts_with(text, '-') || starts_with(text, '+')) {
		text = str_skip(text, 1);
	}
	struct str whole = str_first(text, starts_with(text, '0') ? 1 : count_digits(text));
	text = str_skip(text, whole.len);
	if (text.len == 0) {
		return whole.len > 0 && seconds_fit(whole);
	}
	struct str fraction = str_skip(text, 1); /* may be empty: ".s" is zero */
	return starts_with(text, '.') && fraction.len <= FRACTION_DIGITS_MAX
		&& count_digits(fraction) == fraction.len && seconds_fit(whole);
}
