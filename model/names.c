#include "names.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_lower_alnum(char c)
{
	return is_lower(c) || is_digit(c);
}

static bool
is_alnum(char c)
{
	return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

static bool
all_of(struct str text, bool (*is_good)(char), const char *others)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_good(text.ptr[i]) && (text.ptr[i] == '\0' || !strchr(others, text.ptr[i]))) {
			return false;
		}
	}
	return true;
}

bool
name_is_label(struct str text)
{
	return text.len > 0 && text.len <= LABEL_BYTES_MAX && all_of(text, is_lower_alnum, "-")
		&& text.ptr[0] != '-' && text.ptr[text.len - 1] != '-';
}

/* Pieces between dots, each like a label but of any length. */
static bool
is_dotted(struct str text)
{
	struct str rest = text;
	while (rest.ptr) {
		struct str piece = str_cut(&rest, '.');
		if (piece.len == 0 || !all_of(piece, is_lower_alnum, "-") || piece.ptr[0] == '-'
			|| piece.ptr[piece.len - 1] == '-') {
			return false;
		}
	}
	return true;
}

bool
name_is_subdomain(struct str text)
{
	return text.len <= SUBDOMAIN_BYTES_MAX && is_dotted(text);
}

bool
name_is_role(struct str text)
{
	return text.len > 0 && !str_eq(text, STR(".")) && !str_eq(text, STR("..")) && !str_has_char(text, '/')
		&& !str_has_char(text, '%');
}

bool
name_is_release(struct str text)
{
	return text.len <= RELEASE_BYTES_MAX && is_dotted(text);
}

bool
name_is_qualified(struct str text)
{
	size_t slash = str_find_char(text, '/');
	struct str name = slash < text.len ? str_skip(text, slash + 1) : text;

	if (slash < text.len && !name_is_subdomain(str_first(text, slash))) {
		return false;
	}
	return name.len > 0 && name.len <= LABEL_BYTES_MAX && all_of(name, is_alnum, "-_.")
		&& is_alnum(name.ptr[0]) && is_alnum(name.ptr[name.len - 1]);
}

bool
name_is_tag(struct str text)
{
	return text.len > 0 && text.len <= TAG_BYTES_MAX && all_of(text, is_alnum, "_.-")
		&& text.ptr[0] != '.' && text.ptr[0] != '-';
}

static bool
is_port(struct str text)
{
	return text.len > 0 && text.len <= 5 && all_of(text, is_digit, "");
}

/* One component of an image's path: separators neither first nor last. */
static bool
is_image_component(struct str text)
{
	return text.len > 0 && all_of(text, is_lower_alnum, "._-") && is_lower_alnum(text.ptr[0])
		&& is_lower_alnum(text.ptr[text.len - 1]);
}

bool
name_is_repository(struct str text)
{
	struct str rest = text;
	struct str first = str_cut(&rest, '/');
	size_t colon = str_find_char(first, ':');

	if (colon < first.len && (!rest.ptr || !is_port(str_skip(first, colon + 1)))) {
		return false;
	}
	bool is_good = is_image_component(str_first(first, colon));
	while (is_good && rest.ptr) {
		is_good = is_image_component(str_cut(&rest, '/'));
	}
	return is_good;
}

bool
name_is_project(struct str text)
{
	struct str rest = text;
	size_t pieces = 0;

	for (; rest.ptr; pieces++) {
		struct str piece = str_cut(&rest, '/');
		if (piece.len == 0 || !all_of(piece, is_alnum, "_.-") || piece.ptr[0] == '-'
			|| piece.ptr[0] == '.' || str_ends(piece, STR(".git"))
			|| str_ends(piece, STR(".atom"))) {
			return false;
		}
	}
	return pieces >= 2;
}

static bool
is_printable(char c)
{
	return (unsigned char)c >= ' ' && c != '\x7f';
}

bool
name_is_directory(struct str text)
{
	struct str rest = str_starts(text, STR("./")) ? str_skip(text, 2) : text;

	if (text.len == 0 || text.ptr[0] == '/' || !all_of(text, is_printable, "")
		|| str_has_char(text, '\\')) {
		return false;
	}
	while (rest.ptr) {
		if (str_eq(str_cut(&rest, '/'), STR(".."))) {
			return false;
		}
	}
	return true;
}

bool
name_is_kubernetes_namespace(struct str text)
{
	static const struct str spaces[] = { STR_INIT("default"), STR_INIT("kube-system"),
		STR_INIT("kube-public"), STR_INIT("kube-node-lease") };
	for (size_t i = 0; i < countof(spaces); i++) {
		if (str_eq(text, spaces[i])) {
			return true;
		}
	}
	return false;
}

/* Digits at the start of `*rest`, taken off it; false when there are none or too many. */
static bool
take_number(struct str *rest)
{
	size_t n = 0;
	while (n < rest->len && is_digit(rest->ptr[n])) {
		n++;
	}
	bool is_good = n > 0 && n <= 9 && (n == 1 || rest->ptr[0] != '0');
	*rest = str_skip(*rest, n);
	return is_good;
}

/* "1.2" or "1.2.3" off the start of `*rest`; returns how many numbers there were, 0 for a bad one. */
static size_t
take_numbers(struct str *rest)
{
	for (size_t n = 1; n <= 3; n++) {
		if (!take_number(rest)) {
			return 0;
		}
		if (n == 3 || rest->len == 0 || rest->ptr[0] != '.') {
			return n;
		}
		*rest = str_skip(*rest, 1);
	}
	return 0;
}

bool
name_is_chart_version(struct str text)
{
	struct str rest = text;
	if (take_numbers(&rest) != 3) {
		return false;
	}
	return rest.len == 0
		|| (rest.len > 1 && (rest.ptr[0] == '-' || rest.ptr[0] == '+')
			&& all_of(rest, is_alnum, ".-+"));
}

bool
name_is_gitlab_version(struct str text)
{
	struct str rest = str_starts(text, STR("v")) ? str_skip(text, 1) : text;
	if (take_numbers(&rest) < 2) {
		return false;
	}
	return rest.len == 0 || (rest.len > 1 && rest.ptr[0] == '-' && all_of(rest, is_alnum, ".-+"));
}

bool
name_is_duration(struct str text)
{
	static const struct str units[] = { STR_INIT("ms"), STR_INIT("s"), STR_INIT("m"), STR_INIT("h") };
	struct str rest = text;

	while (rest.len > 0) {
		size_t n = 0, unit = 0;
		while (n < rest.len && (is_digit(rest.ptr[n]) || rest.ptr[n] == '.')) {
			n++;
		}
		struct str number = str_first(rest, n);
		rest = str_skip(rest, n);
		while (unit < countof(units) && !str_starts(rest, units[unit])) {
			unit++;
		}
		bool is_number = n > 0 && is_digit(number.ptr[0])
			&& str_find_char(str_skip(number, str_find_char(number, '.') + 1), '.')
				>= str_skip(number, str_find_char(number, '.') + 1).len;
		if (!is_number || unit == countof(units)) {
			return false;
		}
		rest = str_skip(rest, units[unit].len);
	}
	return text.len > 0;
}

bool
name_is_quantity(struct str text)
{
	static const char *const suffixes[] = { "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi",
		"Gi", "Ti", "Pi", "Ei" };
	size_t n = 0, dots = 0;

	while (n < text.len && (is_digit(text.ptr[n]) || text.ptr[n] == '.')) {
		dots += text.ptr[n++] == '.';
	}
	if (n == dots || dots > 1) {
		return false;
	}
	for (size_t i = 0; i < countof(suffixes); i++) {
		if (str_eq(str_skip(text, n), str_from(suffixes[i]))) {
			return true;
		}
	}
	return false;
}

bool
name_is_header(struct str text)
{
	size_t colon = str_find_char(text, ':');
	return colon > 0 && colon < text.len && all_of(text, is_printable, "\t")
		&& str_trim(str_first(text, colon)).len == colon
		&& str_trim(str_skip(text, colon + 1)).len > 0;
}

bool
name_is_environment(struct str text)
{
	enum { ENVIRONMENT_BYTES_MAX = 255 };
	return text.len > 0 && text.len <= ENVIRONMENT_BYTES_MAX && all_of(text, is_alnum, " -_./${}")
		&& text.ptr[0] != '/' && text.ptr[text.len - 1] != '/';
}
