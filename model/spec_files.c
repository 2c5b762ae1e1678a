#include "buf.h"
#include "fs.h"
#include "redact.h"
#include "spec_parts.h"

enum { SPEC_FILE_BYTES_MAX = 1024 * 1024 }; /* what a ConfigMap or Secret may hold */

/* Reads a file that the spec names at a dotted path; false is reported. */
static bool
read_file(struct spec_reader *reader, const struct spec_agent *agent, const char *field, struct str name,
	struct str *ret_text)
{
	struct arena *arena = reader->arena;
	struct str path, parent = STR("files of a spec stand beside it or below");
	struct error error = { { 0 } };

	if (str_starts(name, STR("/")) || !path_join(arena, STR(""), name, &path)) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(arena, "\"%.*s\" is not below the spec's directory", STR_ARG(name)),
			parent);
		return false;
	}
	if (reader->input->directory_fd < 0) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(arena, "\"%.*s\" cannot be read here", STR_ARG(name)), parent);
		return false;
	}
	enum fs_read_result result = fs_read(arena, reader->input->directory_fd, path, ret_text, &error);
	if (result == FS_READ_FAILED) {
		(void)spec_agent_error(reader, agent, field, arena_str(arena, str_from(error.text)), parent);
	} else if (result == FS_READ_TOO_LARGE || ret_text->len > SPEC_FILE_BYTES_MAX) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(arena, "\"%.*s\" is larger than 1 MiB", STR_ARG(name)), STR(""));
		result = FS_READ_TOO_LARGE;
	}
	return result == FS_READ_OK;
}

static bool
has(struct str text, struct str part)
{
	return str_find(text, part) < text.len;
}

static bool
is_base64(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+'
		|| c == '/' || c == '=';
}

/* Appends the certificates of `text`, without what tools write around them; their number, or 0 when one is
 * broken. */
static size_t
take_certificates(struct buf *out, struct str text)
{
	const struct str begin = STR("-----BEGIN CERTIFICATE-----"), end = STR("-----END CERTIFICATE-----");
	size_t count = 0;
	for (size_t at = str_find(text, begin); at < text.len; at += str_find(str_skip(text, at), begin)) {
		struct str body = str_skip(text, at + begin.len);
		size_t len = str_find(body, end);
		struct str rest = str_trim(str_first(body, len));
		if (len == body.len || rest.len == 0) {
			return 0;
		}
		buf_addf(out, "%.*s\n", STR_ARG(begin));
		while (rest.ptr) {
			struct str line = str_trim(str_cut(&rest, '\n'));
			for (size_t i = 0; i < line.len; i++) {
				if (!is_base64(line.ptr[i])) {
					return 0;
				}
			}
			buf_addf(out, "%.*s\n", STR_ARG(line));
		}
		buf_addf(out, "%.*s\n", STR_ARG(end));
		at += begin.len + len;
		count++;
	}
	return count;
}

static void
read_ca(struct spec_reader *reader, struct spec_agent *agent)
{
	struct str name = spec_agent_text(agent, "kas.caCertFile"), text = STR("");
	struct buf pem = { .arena = reader->arena };
	const char *field = "kas.caCertFile";

	if (name.len == 0 || !read_file(reader, agent, field, name, &text)) {
		return;
	}
	if (has(text, STR("PRIVATE KEY-----"))) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "\"%.*s\" holds a private key", STR_ARG(name)),
			STR("the agent needs the certificate of the authority alone: no key leaves its "
			    "host"));
		return;
	}
	if (take_certificates(&pem, text) == 0) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "\"%.*s\" holds no PEM certificate", STR_ARG(name)),
			STR("expected -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----; `openssl x509 "
			    "-inform der` "
			    "turns DER into it"));
		return;
	}
	agent->ca_pem = buf_str(&pem);
}

static bool
has_blank(struct str text)
{
	return str_has_char(text, ' ') || str_has_char(text, '\n') || str_has_char(text, '\t');
}

static void
read_jwt_key(struct spec_reader *reader, struct spec_agent *agent)
{
	struct str stated = spec_agent_text(agent, "receptive.jwtPublicKey"), text = STR("");
	struct str name = spec_agent_text(agent, "receptive.jwtPublicKeyFile");
	const char *field = "receptive.jwtPublicKeyFile";
	struct str token;

	agent->jwt_public_key = str_trim(stated);
	if (stated.len && name.len) {
		(void)spec_agent_error(reader, agent, field,
			STR("both jwtPublicKey and jwtPublicKeyFile are stated"), STR("keep one of them"));
		return;
	}
	if (name.len == 0 || !read_file(reader, agent, field, name, &text)) {
		return;
	}
	text = str_trim(text);
	if (token_find(text, &token)) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "\"%.*s\" holds a token", STR_ARG(name)),
			STR("it should hold the public_key of GitLab's URL configuration"));
	} else if (has(text, STR("PRIVATE KEY-----"))) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "\"%.*s\" holds a private key", STR_ARG(name)),
			STR("it should hold the public_key of GitLab's URL configuration"));
	} else if (text.len == 0 || (has_blank(text) && !has(text, STR("-----BEGIN PUBLIC KEY-----")))) {
		(void)spec_agent_error(reader, agent, field,
			arena_printf(reader->arena, "\"%.*s\" holds no public key", STR_ARG(name)),
			STR("expected one line: the public_key of GitLab's URL configuration"));
	} else {
		agent->jwt_public_key = text;
	}
}

void
spec_read_files(struct spec_reader *reader, struct spec_agent *agent)
{
	if (!ynode_get(agent->tree, STR("receptive"))) {
		read_ca(reader, agent);
		return;
	}
	read_jwt_key(reader, agent);
}
