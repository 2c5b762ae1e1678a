#include "flux/envsubst_scan.h"

char
scan_peek(struct scanner *scanner)
{
	if (scanner->pos >= scanner->text.len) {
		scanner->has_met_end = true;
		return '\0';
	}
	return scanner->text.ptr[scanner->pos];
}

/* Bytes of the character at the place. */
static size_t
width_at(const struct scanner *scanner, size_t at)
{
	size_t width = 1;
	while (at + width < scanner->text.len
		&& ((unsigned char)scanner->text.ptr[at + width] & 0xC0U) == 0x80U) {
		width++;
	}
	return width;
}

static bool
opens(struct scanner *scanner, unsigned modes)
{
	if (!(modes & SCAN_OPEN) || scan_peek(scanner) != '$') {
		return false;
	}
	scanner->pos++;
	bool is_open = scan_peek(scanner) == '{';
	scanner->pos--;
	return is_open;
}

/* Is the character there only for the one behind it? */
static bool
escapes(struct scanner *scanner, unsigned modes)
{
	char c = scan_peek(scanner);
	if (!((modes & SCAN_DOLLARS) && c == '$') && !((modes & SCAN_SLASHES) && c == '\\')) {
		return false;
	}
	scanner->pos++;
	char next = scan_peek(scanner);
	scanner->pos--;
	return c == '$' ? next == '$' : next == '/' || next == '\\';
}

/* Takes one character into the word; false when it is none of it. */
static bool
take(struct scanner *scanner, unsigned modes, accept_function *accepts, size_t start)
{
	size_t at = scanner->pos;
	if (escapes(scanner, modes)) {
		buf_add_char(&scanner->word, scanner->text.ptr[at + 1]);
		scanner->pos += 2;
		return true;
	}
	size_t width = width_at(scanner, at);
	if (!accepts(scanner->text.ptr[at], at + width - start)) {
		return false;
	}
	buf_add(&scanner->word, str_first(str_skip(scanner->text, at), width));
	scanner->pos += width;
	return true;
}

enum scan_token
scan_token(struct scanner *scanner, unsigned modes, accept_function *accepts)
{
	size_t start = scanner->pos;
	char c = scan_peek(scanner);
	scanner->word = (struct buf){ .arena = scanner->word.arena };
	if (start >= scanner->text.len) {
		return TOKEN_END;
	}
	if (opens(scanner, modes)) {
		scanner->pos += 2;
		return TOKEN_OPEN;
	}
	if ((modes & SCAN_CLOSE) && c == '}') {
		scanner->pos++;
		return TOKEN_CLOSE;
	}
	if (!(modes & SCAN_WORD) || !take(scanner, modes, accepts, start)) {
		return TOKEN_OTHER;
	}
	while (scanner->pos < scanner->text.len && !opens(scanner, modes)
		&& take(scanner, modes, accepts, start)) {
	}
	(void)(scanner->pos >= scanner->text.len && scan_peek(scanner));
	return TOKEN_WORD;
}
