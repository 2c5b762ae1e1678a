#include "base64.h"
#include "secret_shape.h"

enum {
	KEY_BYTES_MIN = 60,        /* of base64: the smallest, of ed25519, has 64 */
	KEY_BYTES_MAX = 64 * 1024, /* of text */
	LABEL_BYTES_MAX = 40,      /* of "OPENSSH PRIVATE KEY-----" */
	KEY_DISTINCT_MIN = 20,     /* different bytes of base64 */
	AGE_BYTES = 58,            /* behind the prefix, in the alphabet of bech32 */
};

static bool
is_base64_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+'
		|| c == '/' || c == '=';
}

/* The lines between the two marks, without indentation and escaped line ends; false when something else
 * stands there. */
static bool
read_body(struct arena *arena, struct str body, struct str *ret_base64)
{
	char *out = arena_alloc(arena, body.len + 1);
	size_t len = 0;
	while (body.len > 0) {
		char c = body.ptr[0];
		bool is_escape = c == '\\' && body.len > 1 && (body.ptr[1] == 'n' || body.ptr[1] == 'r');
		if (is_base64_byte(c)) {
			out[len++] = c;
		} else if (!is_escape && !str_has_char(STR(" \t\r\n\"',+#"), c)) {
			return false;
		}
		body = str_skip(body, is_escape ? 2 : 1);
	}
	*ret_base64 = (struct str){ out, len };
	return true;
}

static size_t
count_distinct(struct str text)
{
	bool seen[256] = { false };
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += !seen[(unsigned char)text.ptr[i]];
		seen[(unsigned char)text.ptr[i]] = true;
	}
	return count;
}

/* A key that OpenSSH encrypted names its cipher; "none" is what stands here. */
static bool
is_open(struct str label, struct str base64)
{
	const struct str magic = STR("b3BlbnNzaC1rZXktdjE"), none = STR("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU");
	if (str_find(label, STR("ENCRYPTED")) < label.len) {
		return false;
	}
	return !str_starts(base64, magic) || str_starts(base64, none);
}

/* Armour of PGP has lines of its own before the body. */
static struct str
skip_headers(struct str body)
{
	struct str rest = body;
	while (rest.ptr) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.len > 0 && str_find(line, STR(": ")) == line.len) {
			return body;
		}
		body = rest.ptr ? rest : STR("");
	}
	return STR("");
}

static bool
is_key(struct str label, struct str body)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str base64;
	if (body.len > KEY_BYTES_MAX || str_find(body, STR("Proc-Type:")) < body.len) {
		return false;
	}
	return read_body(&scratch, skip_headers(body), &base64) && base64.len >= KEY_BYTES_MIN
		&& count_distinct(base64) >= KEY_DISTINCT_MIN && is_open(label, base64);
}

static bool
pem_next(struct str text, size_t from, size_t until, struct secret *ret_secret)
{
	const struct str begin = STR("-----BEGIN "), dashes = STR("-----"), end = STR("-----END ");
	for (size_t at = from; at < until; at++) {
		at += str_find(str_first(str_skip(text, at), until - at + begin.len), begin);
		if (at >= until) {
			return false;
		}
		struct str label = str_first(str_skip(text, at + begin.len), LABEL_BYTES_MAX);
		label = str_first(label, str_find(label, dashes));
		struct str body = str_skip(text, at + begin.len + label.len + dashes.len);
		bool is_private = str_find(label, STR("PRIVATE KEY")) < label.len;
		size_t len = is_private ? str_find(str_first(body, KEY_BYTES_MAX), dashes) : body.len;
		if (str_starts(str_skip(body, len), end) && is_key(label, str_first(body, len))) {
			size_t last = (size_t)(body.ptr - text.ptr) + len + end.len;
			last += label.len + dashes.len;
			last = last < text.len ? last : text.len;
			bool is_pgp = str_find(label, STR("PGP")) < label.len;
			*ret_secret = (struct secret){ { text.ptr + at, last - at },
				is_pgp ? "a private key of PGP" : "a private key" };
			return true;
		}
	}
	return false;
}

static bool
age_next(struct str text, size_t from, size_t until, struct secret *ret_secret)
{
	const struct str prefix = STR("AGE-SECRET-KEY-1"), alphabet = STR("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");
	for (size_t at = from; at < until; at++) {
		at += str_find(str_first(str_skip(text, at), until - at + prefix.len), prefix);
		if (at >= until) {
			return false;
		}
		struct str rest = str_skip(text, at + prefix.len);
		size_t len = 0;
		while (len < rest.len && len <= AGE_BYTES && str_has_char(alphabet, rest.ptr[len])) {
			len++;
		}
		if (len == AGE_BYTES && count_distinct(str_first(rest, len)) >= KEY_DISTINCT_MIN / 2) {
			*ret_secret =
				(struct secret){ { text.ptr + at, prefix.len + len }, "a secret key of age" };
			return true;
		}
	}
	return false;
}

/* "-----BEGIN " in base64, as in a Secret's data and a kubeconfig's client-key-data. */
static bool
encoded_next(struct str text, size_t from, size_t until, struct secret *ret_secret)
{
	const struct str begin = STR("LS0tLS1CRUdJTi");
	for (size_t at = from; at < until; at++) {
		struct arena CLEANUP(arena_release) scratch = { 0 };
		struct str bytes;
		size_t len = 0;
		at += str_find(str_first(str_skip(text, at), until - at + begin.len), begin);
		if (at >= until) {
			return false;
		}
		while (at + len < text.len && len < KEY_BYTES_MAX && is_base64_byte(text.ptr[at + len])) {
			len++;
		}
		struct str word = str_first(str_skip(text, at), len);
		if (len > 0 && base64_decode(&scratch, word, &bytes)
			&& pem_next(bytes, 0, bytes.len, ret_secret)) {
			ret_secret->text = word;
			ret_secret->what = "a private key in base64";
			return true;
		}
		at += len;
	}
	return false;
}

bool
private_key_next(struct str text, size_t from, struct secret *ret_secret)
{
	bool (*const finders[])(
		struct str, size_t, size_t, struct secret *) = { pem_next, age_next, encoded_next };
	for (; from < text.len; from += SECRET_WINDOW_BYTES) {
		size_t until = from + SECRET_WINDOW_BYTES;
		bool found = false;
		until = until < text.len ? until : text.len;
		for (size_t i = 0; i < countof(finders); i++) {
			if (finders[i](text, from, until, ret_secret)) {
				until = (size_t)(ret_secret->text.ptr - text.ptr);
				found = true;
			}
		}
		if (found) {
			return true;
		}
	}
	return false;
}
