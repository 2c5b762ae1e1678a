#include "token.h"

#include "redact.h"
#include "secret_shape.h"

enum { TOKEN_BYTES = 50, TOKEN_BYTES_MAX = 256 /* no token is longer, but a word of a file is */ };

static bool
is_token_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
		|| c == '_';
}

bool
token_next(struct str text, size_t from, struct str *ret_token)
{
	const struct str prefix = STR("glagent-");
	for (size_t at = from; at < text.len;) {
		at += str_find(str_skip(text, at), prefix);
		size_t end = at + prefix.len;
		if (end >= text.len) {
			return false;
		}
		size_t last = at + TOKEN_BYTES_MAX;
		while (end < text.len && end < last && is_token_byte(text.ptr[end])) {
			end++;
		}
		struct str secret = { text.ptr + at + prefix.len, end - at - prefix.len };
		if (secret.len >= TOKEN_BYTES && word_is_random(secret) && !text_is_sequence(secret)) {
			*ret_token = (struct str){ text.ptr + at, end - at };
			return true;
		}
		at += prefix.len;
	}
	return false;
}

bool
token_is_old(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_token_byte(text.ptr[i])) {
			return false;
		}
	}
	return text.len == TOKEN_BYTES && word_is_random(text) && !text_is_sequence(text);
}
