#include "utf8.h"

struct range {
	uint32_t first, last;
};

/* Blocks, not every assignment of Unicode: enough to align a caret. */
static const struct range zero_width[] = { { 0x300, 0x36f }, { 0x483, 0x489 }, { 0x591, 0x5bd },
	{ 0x610, 0x61a }, { 0x64b, 0x65f }, { 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x2064 },
	{ 0x20d0, 0x20f0 }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
	{ 0xe0100, 0xe01ef } };
static const struct range double_width[] = { { 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x23e9, 0x23ec },
	{ 0x2614, 0x2615 }, { 0x26a1, 0x26a1 }, { 0x2705, 0x2705 }, { 0x274c, 0x274c }, { 0x2e80, 0x303e },
	{ 0x3041, 0x33ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa000, 0xa4cf }, { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd } };

static bool
is_in(const struct range *ranges, size_t count, uint32_t point)
{
	for (size_t i = 0; i < count; i++) {
		if (point >= ranges[i].first && point <= ranges[i].last) {
			return true;
		}
	}
	return false;
}

/* How many bytes a sequence has that begins with `lead`; 0 when none does. */
static size_t
lead_len(unsigned char lead)
{
	if (lead < 0x80) {
		return 1;
	}
	if (lead < 0xE0) {
		return lead >= 0xC2 ? 2 : 0;
	}
	if (lead < 0xF0) {
		return 3;
	}
	return lead <= 0xF4 ? 4 : 0;
}

/* Overlong forms, surrogates and what lies above U+10FFFF show in the second byte. */
static struct range
second_byte(unsigned char lead)
{
	switch (lead) {
	case 0xE0:
		return (struct range){ 0xA0, 0xBF };
	case 0xED:
		return (struct range){ 0x80, 0x9F };
	case 0xF0:
		return (struct range){ 0x90, 0xBF };
	case 0xF4:
		return (struct range){ 0x80, 0x8F };
	default:
		return (struct range){ 0x80, 0xBF };
	}
}

/* Length of the well-formed sequence at the start of `s`, or 0. */
static size_t
sequence_len(struct str s)
{
	size_t len = lead_len((unsigned char)s.ptr[0]);
	if (len > s.len) {
		return 0;
	}
	struct range allowed = second_byte((unsigned char)s.ptr[0]);
	for (size_t i = 1; i < len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c < allowed.first || c > allowed.last) {
			return 0;
		}
		allowed = (struct range){ 0x80, 0xBF };
	}
	return len;
}

/* Eight bytes at a time: most text is nothing else. */
size_t
utf8_ascii_prefix(struct str s)
{
	size_t i = 0;
	for (uint64_t word; i + sizeof(word) <= s.len; i += sizeof(word)) {
		memcpy(&word, s.ptr + i, sizeof(word));
		if (word & 0x8080808080808080U) {
			break;
		}
	}
	while (i < s.len && (unsigned char)s.ptr[i] < 0x80) {
		i++;
	}
	return i;
}

size_t
utf8_valid_prefix(struct str s)
{
	size_t at = 0;
	while (at < s.len) {
		at += utf8_ascii_prefix(str_skip(s, at));
		if (at == s.len) {
			break;
		}
		size_t len = sequence_len(str_skip(s, at));
		if (len == 0) {
			return at;
		}
		at += len;
	}
	return s.len;
}

size_t
utf8_points(struct str s)
{
	size_t points = 0;
	for (size_t i = 0; i < s.len; i++) {
		points += !utf8_continues(s.ptr[i]);
	}
	return points;
}

uint32_t
utf8_next(struct str *rest)
{
	unsigned char lead = (unsigned char)rest->ptr[0];
	size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	uint32_t point = len == 1 ? lead : lead & (0x7FU >> len);
	for (size_t i = 1; i < len && i < rest->len; i++) {
		point = point << 6 | ((unsigned char)rest->ptr[i] & 0x3FU);
	}
	*rest = str_skip(*rest, len);
	return point;
}

bool
utf8_is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e)
		|| (point >= 0x2066 && point <= 0x2069) || point == 0x2028 || point == 0x2029;
}

unsigned
utf8_columns(uint32_t point)
{
	if (is_in(zero_width, countof(zero_width), point)) {
		return 0;
	}
	return is_in(double_width, countof(double_width), point) ? 2 : 1;
}
