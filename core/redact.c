#include "redact.h"

#include "secret_shape.h"

enum {
	TOKEN_BYTES_MIN = 20,       /* behind a prefix: the shortest, a personal access token, has 20 */
	TOKEN_BYTES_LOOKED_AT = 64, /* behind a prefix: enough to tell a token from a name */
	TOKEN_DIGITS_MIN = 4,       /* of a token without capitals, which is hexadecimal */
	RANDOM_BYTES_MIN = 20,
	WORD_BYTES_MIN = 40,  /* without a prefix */
	CHANGES_PERCENT = 40, /* of neighbours that differ in class; 64 is the mean of random base64 */
};

/* Prefixes that GitLab gives; an instance may put its own before them. */
static const struct str prefixes[] = { STR_INIT("glagent-"), STR_INIT("glpat-"), STR_INIT("gldt-"),
	STR_INIT("glrt-"), STR_INIT("glrtr-"), STR_INIT("glcbt-"), STR_INIT("glptt-"), STR_INIT("glft-"),
	STR_INIT("glimt-"), STR_INIT("gloas-"), STR_INIT("glsoat-"), STR_INIT("glffct-"), STR_INIT("glwt-"),
	STR_INIT("GR1348941"), STR_INIT("AGE-SECRET-KEY-1") };

enum char_class { CLASS_LOWER, CLASS_UPPER, CLASS_DIGIT, CLASS_MARK, CLASS_OTHER };

static enum char_class
classify(char c)
{
	if (c >= 'a' && c <= 'z') {
		return CLASS_LOWER;
	}
	if (c >= 'A' && c <= 'Z') {
		return CLASS_UPPER;
	}
	if (c >= '0' && c <= '9') {
		return CLASS_DIGIT;
	}
	return c == '_' || c == '-' || c == '+' || c == '/' || c == '=' ? CLASS_MARK : CLASS_OTHER;
}

bool
word_is_random(struct str word)
{
	size_t seen[CLASS_OTHER + 1] = { 0 }, changes = 0;
	if (word.len < RANDOM_BYTES_MIN) {
		return false;
	}
	for (size_t i = 0; i < word.len; i++) {
		enum char_class class = classify(word.ptr[i]);
		seen[class]++;
		changes += i > 0 && classify(word.ptr[i - 1]) != class;
	}
	return seen[CLASS_LOWER] && seen[CLASS_UPPER] && seen[CLASS_DIGIT] > 1 && !seen[CLASS_OTHER]
		&& changes * 100 >= word.len * CHANGES_PERCENT;
}

/* A token rather than the rest of a name or path: "glagent-production-cluster", "apps/glagent-lint/values".
 */
static bool
begins_with_token(struct str text)
{
	size_t seen[CLASS_OTHER + 1] = { 0 }, len = 0;
	while (len < text.len && len < TOKEN_BYTES_LOOKED_AT && !str_has_char(STR("/+="), text.ptr[len])) {
		seen[classify(text.ptr[len++])]++;
	}
	return len >= TOKEN_BYTES_MIN && (seen[CLASS_UPPER] > 0 || seen[CLASS_DIGIT] >= TOKEN_DIGITS_MIN);
}

/* Bytes of the word that stay readable; word.len when it is no secret. */
static size_t
readable(struct str word)
{
	for (size_t i = 0; i < countof(prefixes); i++) {
		size_t end = str_find(word, prefixes[i]) + prefixes[i].len;
		while (end <= word.len) {
			struct str rest = str_skip(word, end);
			if (begins_with_token(rest)) {
				return end;
			}
			end += str_find(rest, prefixes[i]) + prefixes[i].len;
		}
	}
	return word.len >= WORD_BYTES_MIN && word_is_random(word) ? 0 : word.len;
}

/* Bytes of `text`, hidden in a copy of it that is made when the first of them is. */
struct hiding {
	struct arena *arena;
	struct str text;
	char *copy;
};

static void
hide(struct hiding *hiding, size_t start, size_t end)
{
	if (!hiding->copy && start < end) {
		hiding->copy = arena_alloc(hiding->arena, hiding->text.len + 1);
		memcpy(hiding->copy, hiding->text.ptr, hiding->text.len);
	}
	for (size_t i = start; i < end; i++) {
		if (!str_has_char(STR(" \t\r\n"), hiding->copy[i])) {
			hiding->copy[i] = '*';
		}
	}
}

static void
hide_words(struct hiding *hiding)
{
	struct str text = hiding->text;
	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		while (end < text.len && classify(text.ptr[end]) != CLASS_OTHER) {
			end++;
		}
		struct str word = { text.ptr + at, end - at };
		hide(hiding, at + readable(word), end);
		at = end + (end == at);
	}
}

/* All of a secret but its prefix, or the first `shown` bytes of several lines. Returns where it ends. */
static size_t
hide_secret(struct hiding *hiding, struct str secret, size_t shown)
{
	size_t start = (size_t)(secret.ptr - hiding->text.ptr);
	if (shown == secret.len) {
		shown = readable(secret);
		shown = shown < secret.len ? shown : 0;
	}
	hide(hiding, start + shown, start + secret.len);
	return start + secret.len;
}

/* Whatever else is found by the rules on secrets. */
static void
hide_shapes(struct hiding *hiding)
{
	struct str text = hiding->text;
	struct url_password url;
	struct secret secret;
	for (size_t at = 0; url_password_next(text, at, &url);) {
		at = (size_t)(url.password.ptr - text.ptr);
		hide(hiding, at, at + url.password.len);
	}
	for (size_t at = 0; private_key_next(text, at, &secret);) {
		struct str line = str_first(secret.text, str_find_char(secret.text, '\n'));
		at = hide_secret(
			hiding, secret.text, line.len < secret.text.len ? line.len : secret.text.len);
	}
	for (size_t at = 0; gitlab_token_next(text, at, &secret);) {
		at = hide_secret(hiding, secret.text, secret.text.len);
	}
}

struct str
redact(struct arena *arena, struct str text)
{
	struct hiding hiding = { arena, text, NULL };
	hide_words(&hiding);
	hide_shapes(&hiding);
	return hiding.copy ? (struct str){ hiding.copy, text.len } : text;
}

struct str
redact_span(struct arena *arena, struct str text, struct redact_span span)
{
	struct hiding hiding = { arena, text, NULL };
	hide(&hiding, span.start, span.end < text.len ? span.end : text.len);
	return hiding.copy ? (struct str){ hiding.copy, text.len } : text;
}

static bool
is_token_char(char c)
{
	enum char_class class = classify(c);
	return class == CLASS_LOWER || class == CLASS_UPPER || class == CLASS_DIGIT || c == '-' || c == '_';
}

/* Of 20 random characters one is upper case, all but once in 30,000 times; names are lower case with hyphens.
 */
static bool
is_token_body(struct str body)
{
	bool has_upper = false;
	for (size_t i = 0; i < body.len; i++) {
		has_upper = has_upper || classify(body.ptr[i]) == CLASS_UPPER;
	}
	return body.len >= TOKEN_BYTES_MIN && (has_upper || !str_has_char(body, '-'));
}

/* Length of the prefix that `text` begins with; 0 for none. */
static size_t
prefix_len(struct str text)
{
	for (size_t i = 0; i < countof(prefixes); i++) {
		if (str_starts(text, prefixes[i])) {
			return prefixes[i].len;
		}
	}
	return 0;
}

bool
token_find(struct str text, struct str *ret_token)
{
	for (size_t at = 0; at < text.len;) {
		size_t prefix = prefix_len(str_skip(text, at)), end = at + prefix;
		while (prefix && end < text.len && is_token_char(text.ptr[end])) {
			end++;
		}
		if (prefix && is_token_body((struct str){ text.ptr + at + prefix, end - at - prefix })) {
			*ret_token = (struct str){ text.ptr + at, end - at };
			return true;
		}
		at = end + (prefix == 0);
	}
	return false;
}
