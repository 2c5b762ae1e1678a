#include "select.h"

#include "rule.h"
#include "vec.h"

static bool
is_prefix(struct str word, struct str code)
{
	return word.len > 0 && word.len < code.len && str_eq_nocase(word, str_first(code, word.len));
}

static bool
means(struct str word, const struct rule *rule)
{
	struct str code = str_from(rule->code);
	return str_eq_nocase(word, STR("ALL")) || str_eq_nocase(word, code)
		|| str_eq(word, str_from(rule->name)) || is_prefix(word, code);
}

const char *
select_nearest(struct arena *arena, const char *word)
{
	struct {
		const char **items;
		size_t len, cap;
	} names = { 0 };
	for (size_t i = 0; i < rule_count; i++) {
		vec_push(arena, &names, rule_table[i]->code);
		vec_push(arena, &names, rule_table[i]->name);
	}
	vec_push(arena, &names, NULL);
	return options_nearest(word, names.items);
}

/* Sets what `words` mean to `value`. */
static bool
set(const struct option_list *words, bool value, bool *selected, struct error *reterr)
{
	for (size_t i = 0; i < words->len; i++) {
		bool known = false;
		for (size_t j = 0; j < rule_count; j++) {
			if (means(str_from(words->items[i]), rule_table[j])) {
				selected[j] = value;
				known = true;
			}
		}
		if (!known) {
			struct arena CLEANUP(arena_release) scratch = { 0 };
			const char *nearest = select_nearest(&scratch, words->items[i]);
			return nearest ? error_set(reterr, "no rule \"%s\"; did you mean \"%s\"?",
				       words->items[i], nearest)
				       : error_set(reterr, "no rule \"%s\"; see glagent-lint rules",
					       words->items[i]);
		}
	}
	return true;
}

bool
select_rules(const struct option_list *select, const struct option_list *ignore, bool *ret_selected,
	struct error *reterr)
{
	for (size_t i = 0; i < rule_count; i++) {
		ret_selected[i] = select->len == 0 && !rule_table[i]->is_strict;
	}
	return set(select, true, ret_selected, reterr) && set(ignore, false, ret_selected, reterr);
}
