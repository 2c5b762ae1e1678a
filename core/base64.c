#include "base64.h"

enum { BITS_A_DIGIT = 6, BITS_A_BYTE = 8 };

static int
digit_value(char c)
{
	if (c >= 'A' && c <= 'Z') {
		return c - 'A';
	}
	if (c >= 'a' && c <= 'z') {
		return c - 'a' + 26;
	}
	if (c >= '0' && c <= '9') {
		return c - '0' + 52;
	}
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool
base64_decode(struct arena *arena, struct str text, struct str *ret_bytes)
{
	char *bytes = arena_alloc(arena, text.len + 1);
	size_t len = 0;
	uint32_t bits = 0;
	unsigned held = 0;
	bool padded = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
			continue;
		}
		padded |= c == '=';
		int value = digit_value(c);
		if (padded ? c != '=' : value < 0) {
			return false;
		}
		if (padded) {
			continue;
		}
		bits = (bits << BITS_A_DIGIT | (uint32_t)value) & 0xFFFFU;
		held += BITS_A_DIGIT;
		if (held >= BITS_A_BYTE) {
			held -= BITS_A_BYTE;
			bytes[len++] = (char)(unsigned char)(bits >> held & 0xFFU);
		}
	}
	bytes[len] = '\0';
	*ret_bytes = (struct str){ bytes, len };
	return held < BITS_A_DIGIT;
}

struct str
base64_encode(struct arena *arena, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	enum { GROUP_BYTES = 3, GROUP_DIGITS = 4 };
	char *text = arena_alloc(arena, bytes.len / GROUP_BYTES * GROUP_DIGITS + GROUP_DIGITS + 1);
	size_t len = 0;
	for (size_t i = 0; i < bytes.len; i += GROUP_BYTES) {
		uint32_t bits = 0;
		for (size_t j = 0; j < GROUP_BYTES; j++) {
			bits = bits << BITS_A_BYTE
				| (i + j < bytes.len ? (unsigned char)bytes.ptr[i + j] : 0U);
		}
		for (size_t j = 0; j < GROUP_DIGITS; j++) {
			bool is_padding = i + j > bytes.len;
			text[len++] = is_padding ? '=' : digits[bits >> (18 - BITS_A_DIGIT * j) & 0x3fU];
		}
	}
	text[len] = '\0';
	return (struct str){ text, len };
}
