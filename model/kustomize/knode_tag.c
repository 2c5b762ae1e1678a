#include "kustomize/knode_tag.h"

static bool
is_digits(struct str s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') {
			return false;
		}
	}
	return from < to;
}

/* "2001-02-03", with or without a time behind it: what go-yaml's parseTimestamp takes. */
static bool
is_timestamp(struct str s)
{
	if (!is_digits(s, 0, 4) || s.len < 8 || s.ptr[4] != '-') {
		return false;
	}
	size_t at = 5;
	while (at < s.len && s.ptr[at] != '-') {
		at++;
	}
	if (at >= s.len || at > 7 || !is_digits(s, 5, at)) {
		return false;
	}
	size_t day = at + 1;
	for (at = day; at < s.len && at < day + 2 && s.ptr[at] >= '0' && s.ptr[at] <= '9';) {
		at++;
	}
	if (at == s.len) {
		return day - 5 == 3 && at - day == 2;
	}
	return at > day && (s.ptr[at] == 'T' || s.ptr[at] == 't' || s.ptr[at] == ' ')
		&& str_find_char(str_skip(s, at), ':') < s.len - at;
}

enum ktag
knode_tag_of_plain(struct str text)
{
	static const enum ktag tags[YTYPE_COUNT] = {
		[YTYPE_NULL] = KTAG_NULL,
		[YTYPE_BOOL] = KTAG_BOOL,
		[YTYPE_INT] = KTAG_INT,
		[YTYPE_FLOAT] = KTAG_FLOAT,
		[YTYPE_STRING] = KTAG_STRING,
	};
	enum ktag tag = tags[yscalar_type(text, YDIALECT_YAML_V3)];
	return tag == KTAG_STRING && is_timestamp(text) ? KTAG_TIME : tag;
}

static enum ktag
tag_of_name(struct str name)
{
	static const struct {
		struct str suffix;
		enum ktag tag;
	} tags[] = {
		{ STR_INIT(":str"), KTAG_STRING },
		{ STR_INIT(":null"), KTAG_NULL },
		{ STR_INIT(":bool"), KTAG_BOOL },
		{ STR_INIT(":int"), KTAG_INT },
		{ STR_INIT(":float"), KTAG_FLOAT },
		{ STR_INIT(":timestamp"), KTAG_TIME },
	};
	for (size_t i = 0; i < countof(tags); i++) {
		if (str_starts(name, STR("tag:yaml.org,2002")) && str_ends(name, tags[i].suffix)) {
			return tags[i].tag;
		}
	}
	return str_eq(name, STR("!")) ? KTAG_STRING : KTAG_OTHER;
}

enum ktag
knode_tag_of(const struct ynode *scalar)
{
	struct str name = ynode_tag(scalar);
	if (name.len > 0) {
		return tag_of_name(name);
	}
	return scalar->style == YSTYLE_PLAIN ? knode_tag_of_plain(ynode_str(scalar)) : KTAG_STRING;
}

static enum ytype
type_of_tag(enum ktag tag)
{
	static const enum ytype types[] = {
		[KTAG_NONE] = YTYPE_STRING,
		[KTAG_STRING] = YTYPE_STRING,
		[KTAG_NULL] = YTYPE_NULL,
		[KTAG_BOOL] = YTYPE_BOOL,
		[KTAG_INT] = YTYPE_INT,
		[KTAG_FLOAT] = YTYPE_FLOAT,
		[KTAG_TIME] = YTYPE_STRING,
		[KTAG_OTHER] = YTYPE_STRING,
	};
	return types[tag];
}

bool
knode_type(const struct knode *scalar, enum ytype *ret_type)
{
	enum ktag plain = knode_tag_of_plain(scalar->text);
	enum ktag tag = scalar->tag;
	if (tag == KTAG_NONE) {
		tag = scalar->is_quoted ? KTAG_STRING : plain;
	} else if (tag == plain && scalar->is_quoted) {
		tag = KTAG_STRING; /* the tag is left out, and the quotes make it a string */
	}
	*ret_type = type_of_tag(tag);
	bool is_number = tag == KTAG_INT || tag == KTAG_FLOAT || tag == KTAG_BOOL;
	return !is_number || tag == plain || (tag == KTAG_FLOAT && plain == KTAG_INT);
}
