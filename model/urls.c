#include "names.h"

static bool
is_visible(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == '\x7f') {
			return false;
		}
	}
	return true;
}

static bool
is_scheme(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!is_letter && (i == 0 || !((c >= '0' && c <= '9') || strchr("+-.", c)))) {
			return false;
		}
	}
	return text.len > 0;
}

/* Host names are looser than RFC 1123: an underscore resolves, so it is not for us to refuse. */
static bool
is_host(struct str text)
{
	static const char hexadecimal[] = "0123456789abcdefABCDEF:.";
	bool is_address = text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']';
	struct str inner = is_address ? str_first(str_skip(text, 1), text.len - 2) : text;

	for (size_t i = 0; i < inner.len; i++) {
		char c = inner.ptr[i];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		bool is_good = is_address ? strchr(hexadecimal, c) != NULL : is_word || strchr("-._", c);
		if (c == '\0' || !is_good) {
			return false;
		}
	}
	return inner.len > 0 && (is_address || (inner.ptr[0] != '.' && inner.ptr[0] != '-'));
}

static bool
is_port(struct str text)
{
	unsigned number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || i == 5) {
			return false;
		}
		number = number * 10 + (unsigned)(text.ptr[i] - '0');
	}
	return number > 0 && number <= 65535;
}

/* Splits "[user@]host[:port]"; a colon within [ ] is the address's own. */
static bool
authority_parse(struct str text, struct url *url)
{
	size_t at = str_find_char(text, '@');
	if (at < text.len) {
		url->user = str_first(text, at);
		text = str_skip(text, at + 1);
	}
	size_t bracket = text.len && text.ptr[0] == '[' ? str_find_char(text, ']') : 0;
	size_t colon = bracket + str_find_char(str_skip(text, bracket), ':');
	url->host = str_first(text, colon);
	if (colon >= text.len) {
		return is_host(url->host);
	}
	url->port = str_skip(text, colon + 1);
	return is_host(url->host) && is_port(url->port);
}

bool
url_parse(struct str text, struct url *ret_url)
{
	struct url url = { .user = STR(""), .port = STR(""), .path = STR("") };
	size_t mark = str_find(text, STR("://"));

	if (mark >= text.len || !is_visible(text) || !is_scheme(str_first(text, mark))) {
		return false;
	}
	url.scheme = str_first(text, mark);
	struct str rest = str_skip(text, mark + 3);
	size_t end = 0;
	while (end < rest.len && !strchr("/?#", rest.ptr[end])) {
		end++;
	}
	url.path = str_skip(rest, end);
	if (!authority_parse(str_first(rest, end), &url)) {
		return false;
	}
	*ret_url = url;
	return true;
}

static bool
has_scheme(struct str text, const char *const *schemes, struct url *ret_url)
{
	if (!url_parse(text, ret_url)) {
		return false;
	}
	for (; *schemes; schemes++) {
		if (str_eq(ret_url->scheme, str_from(*schemes))) {
			return true;
		}
	}
	return false;
}

bool
name_is_web_url(struct str text)
{
	struct url url;
	return has_scheme(text, (const char *const[]){ "http", "https", NULL }, &url) && url.user.len == 0
		&& !str_has_char(url.path, '?') && !str_has_char(url.path, '#');
}

bool
name_is_kas_url(struct str text)
{
	struct url url;
	return has_scheme(text, (const char *const[]){ "ws", "wss", "grpc", "grpcs", NULL }, &url)
		&& url.user.len == 0;
}

bool
name_is_receptive_url(struct str text)
{
	struct url url;
	return has_scheme(text, (const char *const[]){ "grpc", "grpcs", NULL }, &url) && url.user.len == 0
		&& url.port.len > 0 && url.path.len == 0;
}

bool
name_is_proxy_url(struct str text)
{
	struct url url;
	return has_scheme(text, (const char *const[]){ "http", "https", "socks5", NULL }, &url);
}

bool
name_is_source_url(struct str text)
{
	struct url url;
	return has_scheme(text, (const char *const[]){ "http", "https", "oci", NULL }, &url)
		&& url.user.len == 0;
}
