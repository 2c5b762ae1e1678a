#include "sops.h"

#include "path.h"
#include "secret_shape.h"

enum { DEPTH_MAX = 100 };

static void
release(struct regex **regex)
{
	regex_release(*regex);
}

static const struct file *
nearest_config(const struct files *files, struct str path)
{
	static const struct str names[] = { STR_INIT(".sops.yaml"), STR_INIT("") };
	const struct file *config = NULL;
	do {
		path = path_parent(path);
		config = files_first_of(files, path, names);
	} while (!config && path.len > 0);
	return config;
}

enum match { MATCH_NO, MATCH_YES, MATCH_UNKNOWN };

static enum match
rule_matches(const struct ynode *rule, struct str path)
{
	const struct ynode *pattern = ynode_get(rule, STR("path_regex"));
	struct error error;
	size_t start, end;
	if (ynode_get(rule,
		    STR("filename_regex"))) { /* of sops 1 and 2: what it does today depends on the version */
		return MATCH_UNKNOWN;
	}
	if (ynode_str(pattern).len == 0) {
		return MATCH_YES;
	}
	struct regex *CLEANUP(release) regex = regex_new(ynode_str(pattern), &error);
	enum regex_result result = regex ? regex_find(regex, path, 0, &start, &end) : REGEX_GAVE_UP;
	return result == REGEX_MATCH ? MATCH_YES : result == REGEX_NO_MATCH ? MATCH_NO : MATCH_UNKNOWN;
}

const struct ynode *
sops_rule_for(const struct files *files, const struct file *file)
{
	const struct file *config = nearest_config(files, file->source.path);
	if (!config || config == file || !config->docs || config->syntax || config->is_template) {
		return NULL;
	}
	struct str directory = path_parent(config->source.path);
	struct str path = str_skip(file->source.path, directory.len > 0 ? directory.len + 1 : 0);
	const struct ynode *rules = ynode_get(config->docs->root, STR("creation_rules"));
	for (const struct ynode *item = ynode_is(rules, YNODE_SEQUENCE) ? rules->first : NULL; item;
		item = item->next) {
		const struct ynode *rule = ynode_follow(item);
		enum match match = rule_matches(rule, path);
		if (match != MATCH_NO) {
			return match == MATCH_YES ? rule : NULL;
		}
	}
	return NULL;
}

static struct regex *
pattern_of(const struct ynode *mapping, struct str key, bool *is_known)
{
	struct error error;
	struct str pattern = ynode_str(ynode_get(mapping, key));
	struct regex *regex = pattern.len > 0 ? regex_new(pattern, &error) : NULL;
	*is_known = *is_known && (pattern.len == 0 || regex);
	return regex;
}

void
sops_scope_read(const struct ynode *mapping, struct sops_scope *ret_scope)
{
	struct sops_scope scope = { .is_known = true };
	scope.encrypted = pattern_of(mapping, STR("encrypted_regex"), &scope.is_known);
	scope.unencrypted = pattern_of(mapping, STR("unencrypted_regex"), &scope.is_known);
	scope.encrypted_suffix = ynode_str(ynode_get(mapping, STR("encrypted_suffix")));
	scope.unencrypted_suffix = ynode_str(ynode_get(mapping, STR("unencrypted_suffix")));
	if (ynode_get(mapping, STR("encrypted_comment_regex"))
		|| ynode_get(mapping, STR("unencrypted_comment_regex"))) {
		scope.is_known = false;
	}
	if (scope.unencrypted_suffix.len == 0) {
		scope.unencrypted_suffix = STR("_unencrypted");
	}
	*ret_scope = scope;
}

void
sops_scope_release(struct sops_scope *scope)
{
	regex_release(scope->encrypted);
	regex_release(scope->unencrypted);
}

static bool
matches(const struct regex *regex, struct str key)
{
	size_t start, end;
	return regex && regex_find(regex, key, 0, &start, &end) == REGEX_MATCH;
}

/* What a key decides for all below it. */
static bool
is_encrypted_below(const struct sops_scope *scope, struct str key, bool is_encrypted)
{
	if (scope->encrypted || scope->encrypted_suffix.len > 0) {
		return is_encrypted || matches(scope->encrypted, key)
			|| (scope->encrypted_suffix.len > 0 && str_ends(key, scope->encrypted_suffix));
	}
	return is_encrypted && !matches(scope->unencrypted, key) && !str_ends(key, scope->unencrypted_suffix);
}

static bool
is_plain(const struct ynode *node)
{
	struct str text = ynode_str(node);
	bool is_null = node->style == YSTYLE_PLAIN && (str_eq(text, STR("null")) || str_eq(text, STR("~")));
	return node->source != 0 && !is_null && !text_is_placeholder(text);
}

static const struct ynode *
find_plain(const struct sops_scope *scope, const struct ynode *node, bool is_encrypted, unsigned depth)
{
	const struct ynode *found = NULL;
	if (node->kind == YNODE_SCALAR) {
		return is_encrypted && is_plain(node) ? node : NULL;
	}
	if (node->kind == YNODE_ALIAS || depth > DEPTH_MAX) {
		return NULL;
	}
	if (node->kind == YNODE_SEQUENCE) {
		for (const struct ynode *item = node->first; item && !found; item = item->next) {
			found = find_plain(scope, item, is_encrypted, depth + 1);
		}
		return found;
	}
	for (const struct ynode *key = node->first; key && !found; key = key->next->next) {
		struct str name = ynode_str(key);
		if (depth > 0 || !str_eq(name, STR("sops"))) {
			found = find_plain(
				scope, key->next, is_encrypted_below(scope, name, is_encrypted), depth + 1);
		}
	}
	return found;
}

const struct ynode *
sops_plain_value(const struct sops_scope *scope, const struct ynode *root)
{
	bool is_all = !scope->encrypted && scope->encrypted_suffix.len == 0;
	return scope->is_known ? find_plain(scope, root, is_all, 0) : NULL;
}
