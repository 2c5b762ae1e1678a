#include "url_secret.h"

#include "path.h"

enum { PASSWORD_BYTES_MIN = 6 };

/* An address for the machine itself, or one that is made for examples (RFC 2606). */
bool
url_is_no_real_host(const struct url_password *url)
{
	static const struct str names[] = { STR_INIT("localhost"), STR_INIT("127.0.0.1"), STR_INIT("host"),
		STR_INIT("0.0.0.0"), STR_INIT("hostname"), STR_INIT("server") };
	struct str host = str_first(url->host, str_find_char(url->host, ':'));
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq_nocase(host, names[i])) {
			return true;
		}
	}
	return str_find(host, STR("example")) < host.len || str_ends(host, STR(".test"))
		|| str_ends(host, STR(".invalid"));
}

/* "pass", "devpass", "user:user", "admin:hunter": too short or too plain to be one that somebody was given.
 */
bool
url_password_is_secret(const struct url_password *url)
{
	struct str password = url->password;
	bool names_itself = str_eq_nocase(password, url->user) || text_is_placeholder(password)
		|| str_ends(password, STR("pass")) || str_starts(password, STR("pass"));
	bool is_number = true;
	for (size_t i = 0; i < password.len; i++) {
		is_number = is_number && password.ptr[i] >= '0' && password.ptr[i] <= '9';
	}
	return !names_itself && !is_number && password.len >= PASSWORD_BYTES_MIN && !url_is_no_real_host(url);
}

bool
url_path_is_prose(struct str path)
{
	struct str extension = path_extension(path);
	return str_eq(extension, STR(".md")) || str_eq(extension, STR(".mdx"))
		|| str_eq(extension, STR(".rst")) || str_eq(extension, STR(".adoc"));
}

bool
url_password_is_gitlab_token(const struct url_password *url)
{
	struct secret secret;
	return gitlab_token_next(url->password, 0, &secret);
}
