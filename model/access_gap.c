#include "access.h"

enum { SUBRESOURCE_BYTES_MAX = 256 };

static bool
has_word(const struct ynode *list, struct str word)
{
	list = ynode_follow(list);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		if (str_eq(ynode_str(item), word)) {
			return true;
		}
	}
	return false;
}

static bool
has_word_or_all(const struct ynode *list, struct str word)
{
	return has_word(list, word) || has_word(list, STR("*"));
}

/* The star stands for everything, and before a slash for every resource that has this subresource. */
static bool
has_resource(const struct ynode *list, struct str resource)
{
	struct str rest = resource;
	(void)str_cut(&rest, '/');
	if (has_word_or_all(list, resource)) {
		return true;
	}
	char any[SUBRESOURCE_BYTES_MAX];
	if (!rest.ptr || rest.len + 2 > sizeof(any)) {
		return false;
	}
	any[0] = '*';
	any[1] = '/';
	memcpy(any + 2, rest.ptr, rest.len);
	return has_word(list, (struct str){ any, rest.len + 2 });
}

/* A rule without names is for every name; one with names never is for all. */
static bool
has_name(const struct ynode *list, struct str name)
{
	list = ynode_follow(list);
	bool names_some = ynode_is(list, YNODE_SEQUENCE) && list->len > 0;
	return !names_some || (name.len && has_word(list, name));
}

static bool
rule_gives(const struct ynode *rule, const struct access_gap *wanted)
{
	return has_word_or_all(yview_get(rule, STR("verbs")), wanted->verb)
		&& has_word_or_all(yview_get(rule, STR("apiGroups")), wanted->group)
		&& has_resource(yview_get(rule, STR("resources")), wanted->resource)
		&& has_name(yview_get(rule, STR("resourceNames")), wanted->name);
}

static bool
is_given(const struct access_gap *wanted, const struct ynode *const *rules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct ynode *list = ynode_follow(rules[i]);
		const struct ynode *rule = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
		for (; rule; rule = rule->next) {
			if (rule_gives(rule, wanted)) {
				return true;
			}
		}
	}
	return false;
}

bool
access_find_gap(const struct access_rule *need, const struct ynode *const *rules, size_t count,
	struct access_gap *ret_gap)
{
	size_t names = need->names.len ? need->names.len : 1;
	size_t total = need->groups.len * need->resources.len * need->verbs.len * names;
	for (size_t i = 0; i < total; i++) {
		size_t rest = i;
		struct access_gap wanted = { .name = STR("") };
		if (need->names.len) {
			wanted.name = need->names.items[rest % names];
		}
		rest /= names;
		wanted.verb = need->verbs.items[rest % need->verbs.len];
		rest /= need->verbs.len;
		wanted.resource = need->resources.items[rest % need->resources.len];
		wanted.group = need->groups.items[rest / need->resources.len];
		if (!is_given(&wanted, rules, count)) {
			*ret_gap = wanted;
			return true;
		}
	}
	return false;
}
