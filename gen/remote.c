#include "remote.h"

#include "fs.h"
#include "names.h"
#include "redact.h"

static struct str
without_end(struct str text, struct str end)
{
	if (str_ends(text, end)) {
		text.len -= end.len;
	}
	return text;
}

static struct str
clean_project(struct str path)
{
	while (str_starts(path, STR("/"))) {
		path = str_skip(path, 1);
	}
	path = without_end(path, STR("/"));
	return without_end(path, STR(".git"));
}

/* "user:password@host:22" -> "host", or "host:8443" where the port is that of the web. */
static struct str
clean_host(struct str host, bool keeps_port)
{
	size_t at = 0;
	for (size_t i = 0; i < host.len; i++) {
		at = host.ptr[i] == '@' ? i + 1 : at;
	}
	host = str_skip(host, at);
	return keeps_port ? host : str_first(host, str_find_char(host, ':'));
}

static bool
is_made_of(struct str text, bool (*is_fine)(char))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_fine(text.ptr[i])) {
			return false;
		}
	}
	return text.len > 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_of_host(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' || c == '-' || c == '_';
}

/* "gitlab.example.com" or "10.0.0.1:8443"; anything else may be a part of a password. */
static bool
is_host(struct str host)
{
	struct str port = host, name = str_cut(&port, ':');
	return is_made_of(name, is_of_host) && (!port.ptr || is_made_of(port, is_digit));
}

struct remote
remote_of_url(struct arena *arena, struct str url)
{
	static const struct str schemes[] = { STR_INIT("https://"), STR_INIT("http://"), STR_INIT("ssh://") };
	struct remote remote = { STR(""), STR("") };
	struct str host = STR(""), path = STR("");
	bool is_web = false;
	for (size_t i = 0; i < countof(schemes) && host.len == 0; i++) {
		if (str_starts(url, schemes[i])) {
			struct str rest = str_skip(url, schemes[i].len);
			host = str_cut(&rest, '/');
			path = rest.ptr ? rest : STR("");
			is_web = i < 2;
		}
	}
	if (host.len == 0 && str_find(url, STR("://")) == url.len && str_has_char(url, '@')) {
		path = url;
		host = str_cut(&path, ':');
		path = path.ptr ? path : STR("");
	}
	host = clean_host(host, is_web);
	path = clean_project(path);
	struct str token;
	if (is_host(host) && name_is_project(path) && !token_find(path, &token)) {
		bool is_plain = str_starts(url, STR("http://"));
		remote.url = arena_printf(arena, "%s://%.*s", is_plain ? "http" : "https", STR_ARG(host));
		remote.project = arena_str(arena, path);
	}
	return remote;
}

/* git-config(1): sections, and keys in any case; what includes and conditions add is not read. */
static struct str
url_of_origin(struct str text)
{
	bool is_origin = false;
	while (text.ptr) {
		struct str line = str_trim(str_cut(&text, '\n')), value = line;
		if (str_starts(line, STR("["))) {
			is_origin = str_eq(line, STR("[remote \"origin\"]"));
			continue;
		}
		struct str key = str_trim(str_cut(&value, '='));
		if (is_origin && value.ptr && str_eq_nocase(key, STR("url"))) {
			return without_end(
				str_skip(str_trim(value), str_starts(str_trim(value), STR("\""))), STR("\""));
		}
	}
	return STR("");
}

struct remote
remote_find(struct arena *arena, int root_fd)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error ignored;
	struct str text;
	if (root_fd < 0 || fs_read(&scratch, root_fd, STR(".git/config"), &text, &ignored) != FS_READ_OK) {
		return (struct remote){ STR(""), STR("") };
	}
	return remote_of_url(arena, url_of_origin(text));
}
