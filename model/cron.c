#include "cron.h"

struct bounds {
	unsigned min, max;
	const char *const *names; /* of min, min + 1, …; NULL for none */
};

static const char *const month_names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
	"oct", "nov", "dec", NULL };
static const char *const day_names[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL };

/* Minute, hour, day of month, month, day of week: 7 is no Sunday here. */
static const struct bounds fields[] = { { 0, 59, NULL }, { 0, 23, NULL }, { 1, 31, NULL },
	{ 1, 12, month_names }, { 0, 6, day_names } };

enum { VALUE_MAX = 1000 * 1000 };

/* Go's strconv.Atoi without the minus, which no field can hold; larger than VALUE_MAX counts as that. */
static bool
parse_number(struct str text, unsigned *ret_value)
{
	unsigned value = 0;
	if (text.len > 1 && text.ptr[0] == '+') {
		text = str_skip(text, 1);
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
		value = value * 10 + (unsigned)(text.ptr[i] - '0');
		value = value > VALUE_MAX ? VALUE_MAX : value;
	}
	*ret_value = value;
	return text.len > 0;
}

static bool
parse_value(struct str text, const struct bounds *bounds, unsigned *ret_value)
{
	for (unsigned i = 0; bounds->names && bounds->names[i]; i++) {
		if (str_eq_nocase(text, str_from(bounds->names[i]))) {
			*ret_value = bounds->min + i;
			return true;
		}
	}
	return parse_number(text, ret_value);
}

/* "*", "?", "5", "1-5": `ret_single` when there is no hyphen. Behind the hyphen of a star anything may stand.
 */
static bool
parse_span(
	struct str text, const struct bounds *bounds, unsigned *ret_low, unsigned *ret_high, bool *ret_single)
{
	struct str rest = text;
	struct str low = str_cut(&rest, '-');
	*ret_single = !rest.ptr;
	if (str_eq(low, STR("*")) || str_eq(low, STR("?"))) {
		*ret_low = bounds->min;
		*ret_high = bounds->max;
		return true;
	}
	if (!parse_value(low, bounds, ret_low)) {
		return false;
	}
	*ret_high = *ret_low;
	return !rest.ptr || parse_value(rest, bounds, ret_high);
}

/* One expression between commas: a span with an optional "/step". */
static bool
range_is_valid(struct str text, const struct bounds *bounds)
{
	unsigned low, high, step = 1;
	bool single;
	struct str rest = text;
	struct str span = str_cut(&rest, '/');
	if (!parse_span(span, bounds, &low, &high, &single)) {
		return false;
	}
	if (rest.ptr) {
		if (!parse_number(rest, &step)) {
			return false;
		}
		high = single ? bounds->max : high; /* "5/15" is "5-59/15" */
	}
	return low >= bounds->min && high <= bounds->max && low <= high && step > 0;
}

static bool
field_is_valid(struct str field, const struct bounds *bounds)
{
	while (field.ptr) {
		struct str expression = str_cut(&field, ',');
		if (expression.len > 0 && !range_is_valid(expression, bounds)) {
			return false;
		}
	}
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts the next word off `rest`; empty at the end. */
static struct str
next_word(struct str *rest)
{
	size_t start = 0;
	while (start < rest->len && is_blank(rest->ptr[start])) {
		start++;
	}
	*rest = str_skip(*rest, start);
	size_t end = 0;
	while (end < rest->len && !is_blank(rest->ptr[end])) {
		end++;
	}
	struct str word = str_first(*rest, end);
	*rest = str_skip(*rest, end);
	return word;
}

/* The unit at the start of `text`, or an empty string. */
static struct str
duration_unit(struct str text)
{
	static const struct str units[] = { STR_INIT("ns"), STR_INIT("us"), STR_INIT("µs"), STR_INIT("μs"),
		STR_INIT("ms"), STR_INIT("s"), STR_INIT("m"), STR_INIT("h") };
	size_t len = 0;
	while (len < text.len && text.ptr[len] != '.' && (text.ptr[len] < '0' || text.ptr[len] > '9')) {
		len++;
	}
	for (size_t i = 0; i < countof(units); i++) {
		if (str_eq(str_first(text, len), units[i])) {
			return units[i];
		}
	}
	return STR("");
}

/* Length of "1", "1.5", "1." or ".5" at the start of `text`; 0 for none. */
static size_t
decimal_len(struct str text)
{
	size_t len = 0, digits = 0;
	bool dot = false;
	for (; len < text.len; len++) {
		bool digit = text.ptr[len] >= '0' && text.ptr[len] <= '9';
		if (!digit && (dot || text.ptr[len] != '.')) {
			break;
		}
		dot = dot || !digit;
		digits += digit;
	}
	return digits ? len : 0;
}

/* Go's time.ParseDuration, but for the overflow of centuries. */
static bool
duration_is_valid(struct str text)
{
	if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) {
		text = str_skip(text, 1);
	}
	if (text.len == 0 || str_eq(text, STR("0"))) {
		return text.len > 0;
	}
	while (text.len > 0) {
		size_t number = decimal_len(text);
		struct str unit = duration_unit(str_skip(text, number));
		if (number == 0 || unit.len == 0) {
			return false;
		}
		text = str_skip(text, number + unit.len);
	}
	return true;
}

static bool
descriptor_is_valid(struct str text)
{
	static const struct str names[] = { STR_INIT("@yearly"), STR_INIT("@annually"), STR_INIT("@monthly"),
		STR_INIT("@weekly"), STR_INIT("@daily"), STR_INIT("@midnight"), STR_INIT("@hourly") };
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(text, names[i])) {
			return true;
		}
	}
	struct str every = STR("@every ");
	return str_starts(text, every) && duration_is_valid(str_skip(text, every.len));
}

bool
cron_is_valid(struct str spec)
{
	if (str_starts(spec, STR("TZ=")) || str_starts(spec, STR("CRON_TZ="))) {
		size_t blank = str_find_char(spec, ' ');
		if (blank == spec.len) {
			return false; /* the parser dies of it */
		}
		spec = str_trim(str_skip(spec, blank));
	}
	if (spec.len > 0 && spec.ptr[0] == '@') {
		return descriptor_is_valid(spec);
	}
	for (size_t i = 0; i < countof(fields); i++) {
		struct str field = next_word(&spec);
		if (field.len == 0 || !field_is_valid(field, &fields[i])) {
			return false;
		}
	}
	return next_word(&spec).len == 0;
}
