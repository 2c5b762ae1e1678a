#include "secret_shape.h"

enum {
	RUN_BYTES_MAX = 400,      /* of one token: no longer one is made */
	ROUTABLE_BYTES_MIN = 27,  /* before its first dot */
	ROUTABLE_TAIL_BYTES = 9,  /* length and checksum, at the end */
	DISTINCT_BYTES_MIN = 9,   /* of 20 random ones, all but never fewer */
	CHANGES_PERCENT_MIN = 30, /* of neighbours that differ in class; 64 is usual */
	STEPS_PERCENT_MAX = 50,   /* of neighbours that follow one another: abcd, 1234, xxxx; or A1B2C3 */
	PAIRS_BYTES_MIN = 10,     /* of the latter */
};

/* The alphabet of what stands behind the prefix is [0-9A-Za-z_-]. */
struct token_kind {
	struct str prefix;
	const char *what;
	size_t bytes; /* behind the prefix */
	bool is_hex;  /* may be hexadecimal: no capitals */
};

static const struct token_kind kinds[] = {
	{ STR_INIT("glpat-"), "a personal, project or group access token of GitLab (glpat-…)", 20, false },
	{ STR_INIT("gldt-"), "a deploy token of GitLab (gldt-…)", 20, false },
	{ STR_INIT("glrt-"), "an authentication token of a GitLab runner (glrt-…)", 20, false },
	{ STR_INIT("glrtr-"), "a registration token of a GitLab runner (glrtr-…)", 20, false },
	{ STR_INIT("glcbt-"), "a token of a GitLab CI job (glcbt-…)", 20, false },
	{ STR_INIT("glptt-"), "a trigger token of a GitLab pipeline (glptt-…)", 40, true },
	{ STR_INIT("glft-"), "a feed token of GitLab (glft-…)", 20, false },
	{ STR_INIT("glimt-"), "an incoming mail token of GitLab (glimt-…)", 25, true },
	{ STR_INIT("gloas-"), "the secret of a GitLab OAuth application (gloas-…)", 64, true },
	{ STR_INIT("glsoat-"), "a SCIM token of GitLab (glsoat-…)", 20, false },
	{ STR_INIT("glffct-"), "a feature flags token of GitLab (glffct-…)", 20, false },
	{ STR_INIT("GR1348941"), "a registration token of GitLab runners (GR1348941…)", 20, false },
};

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_token_byte(char c)
{
	return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static bool
is_scheme_byte(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '+' || c == '.' || c == '-';
}

static int
class_of(char c)
{
	return is_lower(c) ? 0 : is_digit(c) ? 1 : c == '-' || c == '_' ? 2 : 3;
}

static bool
has_word(struct str text, struct str word)
{
	for (size_t at = 0; at + word.len <= text.len; at++) {
		if (str_eq_nocase(str_first(str_skip(text, at), word.len), word)) {
			return true;
		}
	}
	return false;
}

static bool
speaks_of_itself(struct str text)
{
	static const struct str words[] = { STR_INIT("example"), STR_INIT("your"), STR_INIT("change"),
		STR_INIT("replace"), STR_INIT("redacted"), STR_INIT("masked"), STR_INIT("hidden"),
		STR_INIT("placeholder"), STR_INIT("xxxx"), STR_INIT("dummy"), STR_INIT("sample"),
		STR_INIT("token"), STR_INIT("insert"), STR_INIT("todo"), STR_INIT("secret"),
		STR_INIT("passw"), STR_INIT("fake"), STR_INIT("update_"), STR_INIT("goes here") };
	for (size_t i = 0; i < countof(words); i++) {
		if (has_word(text, words[i])) {
			return true;
		}
	}
	return false;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* How many bytes are the one that stands `stride` before them, or the next one, whatever their case. */
static size_t
count_steps(struct str text, size_t stride)
{
	size_t count = 0;
	for (size_t i = stride; i < text.len; i++) {
		int step = lower(text.ptr[i]) - lower(text.ptr[i - stride]);
		count += step == 0 || step == 1;
	}
	return count;
}

bool
text_is_sequence(struct str text)
{
	return count_steps(text, 1) * 100 > text.len * STEPS_PERCENT_MAX
		|| (text.len >= PAIRS_BYTES_MIN && count_steps(text, 2) * 100 > text.len * STEPS_PERCENT_MAX);
}

/* How many different bytes, and changes of class from one byte to the next one there are. */
struct mix {
	size_t distinct, changes;
	bool classes[4];
};

static struct mix
mix_of(struct str text)
{
	bool seen[256] = { false };
	struct mix mix = { 0 };
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], before = i > 0 ? text.ptr[i - 1] : '\0';
		mix.distinct += !seen[(unsigned char)c];
		seen[(unsigned char)c] = true;
		mix.classes[class_of(c)] = true;
		mix.changes += i > 0 && class_of(before) != class_of(c);
	}
	return mix;
}

static bool
is_hex(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f')) {
			return false;
		}
	}
	return true;
}

static bool
is_random(struct str body, bool may_be_hex)
{
	struct mix mix = mix_of(body);
	bool is_mixed = mix.classes[0] && (mix.classes[3] || (may_be_hex && mix.classes[1]));
	return is_mixed && mix.distinct >= DISTINCT_BYTES_MIN && !speaks_of_itself(body)
		&& mix.changes * 100 >= body.len * CHANGES_PERCENT_MIN && !text_is_sequence(body);
}

static size_t
run_of(struct str text)
{
	size_t len = 0;
	while (len < text.len && len < RUN_BYTES_MAX && is_token_byte(text.ptr[len])) {
		len++;
	}
	return len;
}

/* Bytes of the ".01.0h1a2b3c4" or ".0h1a2b3c4" at the end of tokens that know their cell; 0 when it is not
 * there. */
static size_t
routable_tail(struct str text)
{
	size_t at = 0;
	for (size_t parts = 0; parts < 2 && at < text.len && text.ptr[at] == '.'; parts++) {
		size_t len = 0;
		struct str part = str_skip(text, at + 1);
		while (len < part.len && (is_lower(part.ptr[len]) || is_digit(part.ptr[len]))) {
			len++;
		}
		at += 1 + len;
		if (len == ROUTABLE_TAIL_BYTES) {
			return at;
		}
	}
	return 0;
}

/* "t1_", "5a_": what some tokens have between prefix and random part. */
static size_t
marker_of(struct str body, size_t bytes)
{
	const size_t most = 6;
	size_t len = body.len - bytes;
	return body.len > bytes && len >= 2 && len <= most && body.ptr[len - 1] == '_' ? len : 0;
}

static size_t
token_len(const struct token_kind *kind, struct str text)
{
	struct str rest = str_skip(text, kind->prefix.len);
	struct str body = str_first(rest, run_of(rest));
	size_t tail = routable_tail(str_skip(rest, body.len));
	if (body.len >= ROUTABLE_BYTES_MIN && tail > 0 && is_random(body, false)) {
		return kind->prefix.len + body.len + tail;
	}
	if (body.len < kind->bytes) {
		return 0;
	}
	size_t marker = marker_of(body, kind->bytes);
	bool is_whole = body.len == kind->bytes + marker;
	struct str chance = str_skip(body, marker);
	bool may_be_hex = kind->is_hex || (is_hex(chance) && mix_of(chance).classes[1]);
	return is_whole && is_random(chance, may_be_hex) ? kind->prefix.len + body.len : 0;
}

static bool
token_at(struct str text, struct secret *ret_secret)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		size_t len = str_starts(text, kinds[i].prefix) ? token_len(&kinds[i], text) : 0;
		if (len > 0) {
			*ret_secret = (struct secret){ str_first(text, len), kinds[i].what };
			return true;
		}
	}
	return false;
}

/* Begins in [from, until). */
static bool
find_token(struct str text, size_t from, size_t until, struct str start, struct secret *ret_secret)
{
	struct str heads = str_first(text, until + start.len);
	for (size_t at = from; at < until; at++) {
		at += str_find(str_skip(heads, at), start);
		if (at < until && token_at(str_skip(text, at), ret_secret)) {
			return true;
		}
	}
	return false;
}

bool
gitlab_token_next(struct str text, size_t from, struct secret *ret_secret)
{
	const struct str starts[] = { STR("gl"), STR("GR1348941") };
	for (; from < text.len; from += SECRET_WINDOW_BYTES) {
		size_t until = from + SECRET_WINDOW_BYTES;
		bool found = false;
		until = until < text.len ? until : text.len;
		for (size_t i = 0; i < countof(starts); i++) {
			if (find_token(text, from, until, starts[i], ret_secret)) {
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

static bool
has_any(struct str text, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_find(text, words[i]) < text.len) {
			return true;
		}
	}
	return false;
}

/* "$X", "${X}", "$(X)", "$2y$…": a variable, or a hash. */
static bool
has_dollar_word(struct str text)
{
	for (size_t at = 0; at + 1 < text.len; at++) {
		char next = text.ptr[at + 1];
		if (text.ptr[at] == '$' && (is_token_byte(next) || str_has_char(STR("{($"), next))) {
			return true;
		}
	}
	return false;
}

/* A variable, or something that is filled in by name. */
static bool
has_variable(struct str text)
{
	static const struct str marks[] = { STR_INIT("{{"), STR_INIT("%s"), STR_INIT("%v"), STR_INIT("..."),
		STR_INIT("…"), STR_INIT("**"), STR_INIT("%{") };
	return has_any(text, marks, countof(marks)) || has_dollar_word(text)
		|| (str_has_char(text, '<') && str_has_char(text, '>'));
}

/* "[PASS]", "{pass}", "%PASS%", "__PASS__": somebody is to fill it in. */
static bool
is_in_brackets(struct str text)
{
	static const struct {
		struct str left, right;
	} marks[] = { { STR_INIT("["), STR_INIT("]") }, { STR_INIT("{"), STR_INIT("}") },
		{ STR_INIT("%"), STR_INIT("%") }, { STR_INIT("__"), STR_INIT("__") } };
	for (size_t i = 0; i < countof(marks); i++) {
		if (text.len > marks[i].left.len && str_starts(text, marks[i].left)
			&& str_ends(text, marks[i].right)) {
			return true;
		}
	}
	return false;
}

/* "awssm://a/b" and the like; an address of the web may be a secret itself. */
static bool
is_reference(struct str text)
{
	size_t mark = str_find(text, STR("://"));
	bool is_scheme = mark > 0 && mark < text.len;
	for (size_t i = 0; i < mark && is_scheme; i++) {
		is_scheme = is_scheme_byte(text.ptr[i]);
	}
	return is_scheme && !str_starts(text, STR("http")) && !str_has_char(text, '@');
}

static bool
names_a_store(struct str text)
{
	static const struct str starts[] = { STR_INIT("ref+"), STR_INIT("vault:"), STR_INIT("op://"),
		STR_INIT("ENC["), STR_INIT("secretref"), STR_INIT("path:"), STR_INIT("env:"),
		STR_INIT("file:"), STR_INIT("!"), STR_INIT("@") };
	for (size_t i = 0; i < countof(starts); i++) {
		if (str_starts(text, starts[i])) {
			return true;
		}
	}
	return is_reference(text);
}

bool
text_is_placeholder(struct str text)
{
	text = str_trim(text);
	return text.len == 0 || has_variable(text) || names_a_store(text) || speaks_of_itself(text)
		|| is_in_brackets(text) || mix_of(text).distinct == 1 || text_is_sequence(text);
}

static bool
ends_authority(char c)
{
	return str_has_char(STR("/?#\"'`\\,;|^ \t\r\n"), c) || (unsigned char)c < ' ';
}

/* What stands between "://" and the path; bounded. */
static struct str
authority_at(struct str text)
{
	size_t len = 0;
	while (len < text.len && len < RUN_BYTES_MAX && !ends_authority(text.ptr[len])) {
		len++;
	}
	return str_first(text, len);
}

bool
url_password_next(struct str text, size_t from, struct url_password *ret_url)
{
	static const struct str filled_in[] = { STR_INIT("$"), STR_INIT("{"), STR_INIT("}"), STR_INIT("<"),
		STR_INIT(">") };
	const struct str mark = STR("://");
	for (size_t at = from; at < text.len;) {
		at += str_find(str_skip(text, at), mark);
		size_t start = at;
		while (start > from && is_scheme_byte(text.ptr[start - 1])) {
			start--;
		}
		at += mark.len;
		struct str authority = authority_at(str_skip(text, at));
		struct str rest = authority, user, password;
		password = str_cut(&rest, '@');
		user = str_cut(&password, ':');
		bool is_image = str_starts(rest, STR("sha256:")); /* docker://alpine:3.18.4@sha256:… */
		bool is_filled_in = has_variable(authority) || is_image
			|| has_any(authority, filled_in, countof(filled_in));
		if (rest.ptr && rest.len > 0 && password.ptr && password.len > 0 && !is_filled_in
			&& start + mark.len < at) {
			size_t len = at - start + authority.len;
			*ret_url = (struct url_password){ { text.ptr + start, len }, user, password, rest };
			return true;
		}
	}
	return false;
}
