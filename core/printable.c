#include "printable.h"

#include "buf.h"
#include "utf8.h"

enum { PICTURES = 0x20 };

/* A control character of ASCII has a picture, U+2400 and on; others get the mark of what cannot be shown. */
static void
add_printable(struct buf *out, struct str *rest)
{
	const struct str before = *rest;
	uint32_t point = utf8_next(rest);
	if (point != '\t' && point < PICTURES) {
		buf_add(out, STR("\xE2\x90"));
		buf_add_char(out, (char)(0x80 + point));
	} else if (point != '\t' && utf8_is_control(point)) {
		buf_add(out, STR("\xEF\xBF\xBD"));
	} else {
		buf_add(out, str_first(before, before.len - rest->len));
	}
}

struct str
printable(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	while (text.len > 0) {
		struct str valid = str_first(text, utf8_valid_prefix(text));
		text = str_skip(text, valid.len);
		while (valid.len > 0) {
			add_printable(&out, &valid);
		}
		if (text.len > 0) {
			buf_add(&out, STR("\xEF\xBF\xBD"));
			text = str_skip(text, 1);
		}
	}
	return out.len ? buf_str(&out) : STR("");
}
