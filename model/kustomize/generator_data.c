#include "kustomize/generator_data.h"

#include "kustomize/loader.h"
#include "path.h"
#include "vec.h"

enum { ENV_LINE_MAX = 64 * 1024 - 1 }; /* Go's bufio.Scanner stops at a longer one, and nobody asks why */

struct reading_pairs {
	struct site *site;
	struct pairs *pairs;
};

static bool
add(struct reading_pairs *reading, const struct ynode *at, struct str key, struct str value)
{
	for (size_t i = 0; i < reading->pairs->len; i++) {
		if (str_eq(reading->pairs->items[i].key, key)) {
			return site_fail(reading->site, FAULT_OTHER, at,
				arena_printf(reading->site->acc->arena, "key \"%.*s\" is there twice",
					STR_ARG(key)));
		}
	}
	struct pair pair = { key, value };
	vec_push(reading->site->acc->arena, reading->pairs, pair);
	return true;
}

static struct str
strip_quotes(struct str text)
{
	bool is_quoted = text.len >= 2 && text.ptr[0] == text.ptr[text.len - 1]
		&& (text.ptr[0] == '"' || text.ptr[0] == '\'');
	return is_quoted ? (struct str){ text.ptr + 1, text.len - 2 } : text;
}

static bool
add_literal(struct reading_pairs *reading, const struct ynode *at)
{
	struct str text = ynode_str(at);
	size_t equals = str_find_char(text, '=');
	if (equals == 0 || equals == text.len) {
		return site_fail(reading->site, FAULT_OTHER, at, STR("a literal must be key=value"));
	}
	return add(reading, at, str_first(text, equals), strip_quotes(str_skip(text, equals + 1)));
}

/* "key=path", or a path whose last name is the key. */
static bool
add_file(struct reading_pairs *reading, const struct ynode *at)
{
	struct str text = ynode_str(at), content;
	size_t equals = str_find_char(text, '=');
	bool has_key = equals < text.len;
	struct str path = has_key ? str_skip(text, equals + 1) : text;
	if (has_key && (equals == 0 || path.len == 0 || str_has_char(path, '='))) {
		return site_fail(reading->site, FAULT_OTHER, at, STR("a file must be path or key=path"));
	}
	struct str clean = path;
	while (clean.len > 1 && str_ends(clean, STR("/"))) {
		clean.len--;
	}
	struct str key = has_key ? str_first(text, equals) : path_base(clean);
	const struct file *file = site_load(reading->site, at, path, "a file");
	if (!file) {
		reading->pairs->is_incomplete = true;
		return !site_failed(reading->site);
	}
	if (!file_content(file, &content)) {
		reading->pairs->is_incomplete = true;
	}
	return add(reading, at, key, content);
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
add_env_line(struct reading_pairs *reading, const struct ynode *at, struct str line)
{
	while (line.len > 0 && is_space(line.ptr[0])) {
		line = str_skip(line, 1);
	}
	size_t equals = str_find_char(line, '=');
	if (line.len == 0 || line.ptr[0] == '#' || equals == 0) {
		return true;
	}
	return add(reading, at, str_first(line, equals), str_skip(line, equals + 1));
}

static bool
add_env(struct reading_pairs *reading, const struct ynode *at)
{
	struct str rest;
	const struct file *file = site_load(reading->site, at, ynode_str(at), "a file of variables");
	if (!file || !file_content(file, &rest)) {
		reading->pairs->is_incomplete = true;
		return !site_failed(reading->site);
	}
	if (str_starts(rest, STR("\xef\xbb\xbf"))) {
		rest = str_skip(rest, 3);
	}
	while (rest.ptr && rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		if (line.len > ENV_LINE_MAX) {
			break;
		}
		if (str_ends(line, STR("\r"))) {
			line.len--;
		}
		if (!add_env_line(reading, at, line)) {
			return false;
		}
	}
	return true;
}

static int
compare_pairs(const void *a, const void *b)
{
	return str_cmp(((const struct pair *)a)->key, ((const struct pair *)b)->key);
}

static bool
add_all(struct reading_pairs *reading, const struct ynode *entry, struct str field,
	bool (*add_one)(struct reading_pairs *, const struct ynode *))
{
	const struct ynode *item = kustomization_items(entry, field);
	for (; item; item = item->next) {
		if (!add_one(reading, item)) {
			return false;
		}
	}
	return true;
}

bool
generator_read(struct site *site, const struct ynode *entry, struct pairs *pairs)
{
	struct reading_pairs reading = { site, pairs };
	const struct ynode *env = kustomization_field(entry, STR("env"));
	bool is_read = add_all(&reading, entry, STR("envs"), add_env)
		&& (ynode_str(env).len == 0 || add_env(&reading, env))
		&& add_all(&reading, entry, STR("literals"), add_literal)
		&& add_all(&reading, entry, STR("files"), add_file);
	if (is_read && pairs->len > 0) {
		qsort(pairs->items, pairs->len, sizeof(struct pair), compare_pairs);
	}
	return is_read;
}
