/* Which sources are this repository. */
#include "buf.h"
#include "flux/parts.h"
#include "path.h"

struct str
flux_clean_path(struct arena *arena, struct str path)
{
	struct str clean = STR("");
	while (path.ptr) {
		struct str name = str_cut(&path, '/');
		if (str_eq(name, STR(".."))) {
			clean = path_parent(clean);
		} else if (!path_join(arena, clean, name, &clean)) {
			clean = STR("");
		}
	}
	return clean;
}

bool
flux_has_variable(struct str text)
{
	return str_find(text, STR("${")) < text.len || str_find(text, STR("{{")) < text.len
		|| str_find(text, STR("<<")) < text.len;
}

/* "https://user@Example.com:443/org/repo.git/" -> "example.com/org/repo"; ssh and scp forms likewise. */
static struct str
normalize_url(struct arena *arena, struct str url)
{
	struct buf out = { .arena = arena };
	size_t scheme = str_find(url, STR("://"));
	bool has_scheme = scheme < url.len;
	struct str rest = has_scheme ? str_skip(url, scheme + 3) : url;
	size_t slash = str_find_char(rest, '/');
	size_t at = str_find_char(rest, '@');
	if (at < slash) {
		rest = str_skip(rest, at + 1);
	}
	while (str_ends(rest, STR("/"))) {
		rest.len--;
	}
	rest.len -= str_ends(rest, STR(".git")) ? 4 : 0;
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.ptr[i];
		buf_add_char(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == ':' ? '/' : c);
	}
	return buf_str(&out);
}

static struct str
field(struct arena *arena, const struct ynode *document)
{
	return normalize_url(arena, ynode_str(ynode_at(document, "spec", "url", NULL)));
}

bool
source_is_akin(struct arena *arena, const struct ynode *root_source, struct str url)
{
	struct str name = path_base(field(arena, root_source));
	struct str other = normalize_url(arena, url);
	return name.len == 0 || str_find(other, name) < other.len;
}

static bool
is_same_text(const struct ynode *a, const struct ynode *b)
{
	return str_eq(ynode_str(a), ynode_str(b));
}

/* The same commit with the same filter; anything rarer than a branch is left open. */
static bool
is_same_artifact(const struct ynode *a, const struct ynode *b)
{
	static const char *const fields[] = { "ignore", "include", "sparseCheckout", "recurseSubmodules" };
	static const char *const refs[] = { "branch", "tag", "semver", "name", "commit" };
	for (size_t i = 0; i < countof(fields); i++) {
		if (ynode_at(a, "spec", fields[i], NULL) || ynode_at(b, "spec", fields[i], NULL)) {
			return false;
		}
	}
	for (size_t i = 0; i < countof(refs); i++) {
		if (!is_same_text(ynode_at(a, "spec", "ref", refs[i], NULL),
			    ynode_at(b, "spec", "ref", refs[i], NULL))) {
			return false;
		}
	}
	return true;
}

enum source_verdict
source_compare(struct arena *arena, const struct ynode *root_source, const struct ynode *other)
{
	struct str ours = field(arena, root_source);
	struct str theirs = field(arena, other);
	if (ours.len == 0 || theirs.len == 0 || flux_has_variable(ours) || flux_has_variable(theirs)) {
		return SOURCE_UNKNOWN;
	}
	if (str_eq(ours, theirs)) {
		return is_same_artifact(root_source, other) ? SOURCE_SAME : SOURCE_UNKNOWN;
	}
	/* A mirror has another host or group, but hardly another name. */
	return str_eq(path_base(ours), path_base(theirs)) ? SOURCE_UNKNOWN : SOURCE_EXTERNAL;
}
