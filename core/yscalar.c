#include "yscalar.h"

#include <math.h>

#define YAML_TAG "tag:yaml.org,2002:"

enum { NUMBER_LEN_MAX = 400 }; /* longer plain words are strings: no float64 needs that many digits */

/* Every plain scalar is asked many times: what is longer than any word, or starts otherwise, costs little. */
static bool
is_one_of(struct str text, const char *const *words)
{
	enum { WORD_LEN_MAX = 5 }; /* "false" */
	for (; text.len <= WORD_LEN_MAX && *words; words++) {
		bool may_be = text.len == 0 || **words == text.ptr[0];
		if (may_be && str_eq(text, str_from(*words))) {
			return true;
		}
	}
	return false;
}

static bool
is_null(struct str text)
{
	static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };
	return is_one_of(text, words);
}

static const char *const true_words[] = { "true", "True", "TRUE", NULL };
static const char *const false_words[] = { "false", "False", "FALSE", NULL };
static const char *const true_words_1_1[] = { "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", NULL };
static const char *const false_words_1_1[] = { "n", "N", "no", "No", "NO", "off", "Off", "OFF", NULL };

static bool
is_bool(struct str text, enum ydialect dialect)
{
	if (is_one_of(text, true_words) || is_one_of(text, false_words)) {
		return true;
	}
	return dialect == YDIALECT_SIGS_YAML
		&& (is_one_of(text, true_words_1_1) || is_one_of(text, false_words_1_1));
}

bool
yscalar_bool(struct str text)
{
	return is_one_of(text, true_words) || is_one_of(text, true_words_1_1);
}

/* The text without underscores, NUL-terminated: Go drops them before it looks at a number. */
static bool
strip(struct str text, char *out)
{
	size_t len = 0;
	if (text.len >= NUMBER_LEN_MAX) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_') {
			out[len++] = text.ptr[i];
		}
	}
	out[len] = '\0';
	return len > 0;
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* Base by Go's rule for strconv.ParseInt(s, 0, 64); steps over the prefix. */
static int
take_base(const char **digits)
{
	const char *s = *digits;
	if (s[0] != '0' || s[1] == '\0') {
		return 10;
	}
	char mark = (char)(s[1] | 0x20);
	int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
	*digits = base ? s + 2 : s + 1;
	return base ? base : 8;
}

/* Is it an integer in any notation; *ret_fits tells whether *ret_magnitude holds it. */
static bool
parse_magnitude(const char *digits, uint64_t *ret_magnitude, bool *ret_fits)
{
	uint64_t magnitude = 0;
	int base = take_base(&digits);
	*ret_fits = true;
	if (*digits == '\0') {
		return false;
	}
	for (; *digits; digits++) {
		int value = digit_value(*digits);
		if (value >= base) {
			return false;
		}
		if (__builtin_mul_overflow(magnitude, (uint64_t)base, &magnitude)
			|| __builtin_add_overflow(magnitude, (uint64_t)value, &magnitude)) {
			*ret_fits = false;
			magnitude = 0;
		}
	}
	*ret_magnitude = magnitude;
	return true;
}

static bool
is_sign(char c)
{
	return c == '+' || c == '-';
}

bool
yscalar_int(struct str text, int64_t *ret_value)
{
	char plain[NUMBER_LEN_MAX];
	uint64_t magnitude;
	bool fits;
	if (!strip(text, plain) || !parse_magnitude(plain + is_sign(plain[0]), &magnitude, &fits) || !fits) {
		return false;
	}
	bool negative = plain[0] == '-';
	if (magnitude <= (uint64_t)INT64_MAX) {
		*ret_value = negative ? -(int64_t)magnitude : (int64_t)magnitude;
		return true;
	}
	*ret_value = INT64_MIN;
	return negative && magnitude == (uint64_t)INT64_MAX + 1;
}

static const char *
skip_digits(const char *s)
{
	while (*s >= '0' && *s <= '9') {
		s++;
	}
	return s;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool
has_float_form(const char *s)
{
	s += is_sign(*s);
	const char *whole = s;
	s = skip_digits(s);
	bool has_whole = s > whole;
	if (*s == '.') {
		const char *fraction = s + 1;
		s = skip_digits(fraction);
		if (!has_whole && s == fraction) {
			return false;
		}
	} else if (!has_whole) {
		return false;
	}
	if (*s == 'e' || *s == 'E') {
		s += 1 + is_sign(s[1]);
		const char *exponent = s;
		s = skip_digits(s);
		if (s == exponent) {
			return false;
		}
	}
	return *s == '\0';
}

static bool
is_special_float(struct str text)
{
	static const char *const words[] = { ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf",
		"+.INF", "-.inf", "-.Inf", "-.INF", NULL };
	return is_one_of(text, words);
}

static enum ytype
number_type(struct str text)
{
	char plain[NUMBER_LEN_MAX];
	uint64_t magnitude;
	bool fits;
	if (!strip(text, plain)) {
		return YTYPE_STRING;
	}
	if (parse_magnitude(plain + is_sign(plain[0]), &magnitude, &fits) && fits) {
		return YTYPE_INT;
	}
	/* What is too large for an integer is a float, what is too large for that a string. */
	return has_float_form(plain) && isfinite(strtod(plain, NULL)) ? YTYPE_FLOAT : YTYPE_STRING;
}

enum ytype
yscalar_type(struct str text, enum ydialect dialect)
{
	if (is_null(text)) {
		return YTYPE_NULL;
	}
	if (is_bool(text, dialect)) {
		return YTYPE_BOOL;
	}
	if (is_special_float(text)) {
		return YTYPE_FLOAT;
	}
	return is_sign(text.ptr[0]) || text.ptr[0] == '.' || (text.ptr[0] >= '0' && text.ptr[0] <= '9')
		? number_type(text)
		: YTYPE_STRING;
}

double
yscalar_number(struct str text)
{
	char plain[NUMBER_LEN_MAX];
	int64_t integer;
	if (yscalar_int(text, &integer)) {
		return (double)integer;
	}
	if (is_special_float(text)) {
		bool is_nan = (text.ptr[text.len - 1] | 0x20) == 'n';
		return is_nan ? (double)NAN : text.ptr[0] == '-' ? -HUGE_VAL : HUGE_VAL;
	}
	return strip(text, plain) ? strtod(plain, NULL) : 0;
}

static enum ytype
tagged_type(struct str tag, struct str text, enum ydialect dialect)
{
	static const struct {
		struct str tag;
		enum ytype type;
	} tags[] = {
		{ STR_INIT(YAML_TAG "str"), YTYPE_STRING },
		{ STR_INIT(YAML_TAG "int"), YTYPE_INT },
		{ STR_INIT(YAML_TAG "float"), YTYPE_FLOAT },
		{ STR_INIT(YAML_TAG "bool"), YTYPE_BOOL },
		{ STR_INIT(YAML_TAG "null"), YTYPE_NULL },
	};
	for (size_t i = 0; i < countof(tags); i++) {
		if (str_eq(tag, tags[i].tag)) {
			/* A tag that the text cannot bear is refused by readers: the text speaks for itself.
			 */
			bool bears = tags[i].type == YTYPE_STRING
				|| tags[i].type == yscalar_type(text, dialect)
				|| (tags[i].type == YTYPE_FLOAT && yscalar_type(text, dialect) == YTYPE_INT);
			return bears ? tags[i].type : YTYPE_STRING;
		}
	}
	return YTYPE_STRING;
}

enum ytype
ynode_type(const struct ynode *node, enum ydialect dialect)
{
	node = ynode_follow(node);
	if (!node) {
		return YTYPE_NULL;
	}
	if (node->kind != YNODE_SCALAR) {
		return node->kind == YNODE_MAPPING ? YTYPE_MAPPING : YTYPE_SEQUENCE;
	}
	if (ynode_tag(node).len) {
		return tagged_type(ynode_tag(node), ynode_str(node), dialect);
	}
	return node->style == YSTYLE_PLAIN ? yscalar_type(ynode_str(node), dialect) : YTYPE_STRING;
}

const char *
ytype_name(enum ytype type)
{
	static const char *const names[] = { "null", "boolean", "integer", "number", "string", "list",
		"mapping" };
	static_assert(countof(names) == YTYPE_COUNT, "a name for each type");
	return names[type];
}

static bool
is_word_of_some_reader(struct str text)
{
	static const char *const words[] = { "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n",
		".nan", ".inf", "+.inf", "-.inf", "<<", "=", NULL };
	for (const char *const *word = words; *word; word++) {
		if (str_eq_nocase(text, str_from(*word))) {
			return true;
		}
	}
	return false;
}

bool
yscalar_is_ambiguous(struct str text)
{
	if (text.len == 0 || is_word_of_some_reader(text)) {
		return true;
	}
	if (!str_has_char(STR("0123456789+-."), text.ptr[0])) {
		return false;
	}
	if (str_starts(text, STR("---")) || str_starts(text, STR("..."))) {
		return false; /* no numbers; bare at the start of a line, document markers */
	}
	bool may_be_number = false; /* a digit or a point is in every number: "-" and "-:" are none */
	for (size_t i = 0; i < text.len; i++) {
		if (!str_has_char(STR("0123456789+-._:,abcdefxoABCDEFXOTZtz "), text.ptr[i])) {
			return false;
		}
		may_be_number |= text.ptr[i] == '.' || (text.ptr[i] >= '0' && text.ptr[i] <= '9');
	}
	return may_be_number;
}
