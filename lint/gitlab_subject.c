#include "gitlab_subject.h"

enum {
	SLUG_BYTES_MAX = 24 /* gitlab-org/gitlab lib/gitlab/slug/environment.rb */,
	PARTS_MAX = 3,
	SLIPS_MAX = 2
};

enum part { PART_NONE, PART_ID, PART_NAME, PART_TIER, PART_SLUG, PART_ROLE };

/* docs.gitlab.com/user/clusters/agent: ci_cd_workflow, "Impersonate the CI/CD job", and user_access,
 * "Configure access with user impersonation". */
static const struct form {
	struct str kind, word;
	enum part parts[PARTS_MAX];
	struct str shown;
} forms[] = {
	{ STR_INIT("Group"), STR_INIT("ci_job"), { PART_NONE }, STR_INIT("gitlab:ci_job") },
	{ STR_INIT("Group"), STR_INIT("group"), { PART_ID }, STR_INIT("gitlab:group:ID") },
	{ STR_INIT("Group"), STR_INIT("group_env_tier"), { PART_ID, PART_TIER },
		STR_INIT("gitlab:group_env_tier:ID:TIER") },
	{ STR_INIT("Group"), STR_INIT("project"), { PART_ID }, STR_INIT("gitlab:project:ID") },
	{ STR_INIT("Group"), STR_INIT("project_env"), { PART_ID, PART_SLUG },
		STR_INIT("gitlab:project_env:ID:SLUG") },
	{ STR_INIT("Group"), STR_INIT("project_env_tier"), { PART_ID, PART_TIER },
		STR_INIT("gitlab:project_env_tier:ID:TIER") },
	{ STR_INIT("Group"), STR_INIT("user"), { PART_NONE }, STR_INIT("gitlab:user") },
	{ STR_INIT("Group"), STR_INIT("project_role"), { PART_ID, PART_ROLE },
		STR_INIT("gitlab:project_role:ID:ROLE") },
	{ STR_INIT("Group"), STR_INIT("group_role"), { PART_ID, PART_ROLE },
		STR_INIT("gitlab:group_role:ID:ROLE") },
	{ STR_INIT("User"), STR_INIT("ci_job"), { PART_ID }, STR_INIT("gitlab:ci_job:JOB_ID") },
	{ STR_INIT("User"), STR_INIT("user"), { PART_NAME }, STR_INIT("gitlab:user:USERNAME") },
};

static const struct str tiers[] = { STR_INIT("production"), STR_INIT("staging"), STR_INIT("testing"),
	STR_INIT("development"), STR_INIT("other") };
static const struct str roles[] = { STR_INIT("guest"), STR_INIT("reporter"), STR_INIT("developer"),
	STR_INIT("maintainer"), STR_INIT("owner") };

static bool
is_made_of(struct str text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!strchr(bytes, text.ptr[i]) || text.ptr[i] == '\0') {
			return false;
		}
	}
	return text.len > 0;
}

static bool
is_one_of(struct str text, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(words[i], text)) {
			return true;
		}
	}
	return false;
}

/* A role that GitLab got later may well be new here; a slip of the pen is none. */
static bool
may_be_role(struct str text)
{
	for (size_t i = 0; i < countof(roles); i++) {
		bool is_near =
			str_eq_nocase(text, roles[i]) || str_distance(text, roles[i], SLIPS_MAX) <= SLIPS_MAX;
		if (is_near) {
			return str_eq(text, roles[i]);
		}
	}
	return is_made_of(text, "abcdefghijklmnopqrstuvwxyz_-0123456789");
}

static struct str
fault_of(struct arena *arena, enum part part, struct str text)
{
	switch (part) {
	case PART_ID:
		return is_made_of(text, "0123456789")
			? STR("")
			: arena_printf(arena, "\"%.*s\" is no id, which is a number", STR_ARG(text));
	case PART_TIER:
		return is_one_of(text, tiers, countof(tiers))
			? STR("")
			: arena_printf(arena, "no environment has the tier \"%.*s\"", STR_ARG(text));
	case PART_SLUG:
		return is_made_of(text, "abcdefghijklmnopqrstuvwxyz0123456789-") && text.len <= SLUG_BYTES_MAX
			? STR("")
			: arena_printf(arena, "no environment has the slug \"%.*s\"", STR_ARG(text));
	case PART_ROLE:
		return may_be_role(text) ? STR("")
					 : arena_printf(arena, "GitLab has no role \"%.*s\"", STR_ARG(text));
	case PART_NONE:
	case PART_NAME:
		break;
	}
	return STR("");
}

static struct str
help_of(struct arena *arena, const struct form *form, enum part part)
{
	const char *more = part == PART_ID ? "; the id of a project or group is on its page in GitLab"
		: part == PART_TIER        ? "; tiers are production, staging, testing, development and other"
		: part == PART_ROLE ? "; roles are reporter, developer and maintainer, in small letters"
		: part == PART_SLUG ? "; the slug is CI_ENVIRONMENT_SLUG of its jobs"
				    : "";
	return arena_printf(arena, "write %.*s%s", STR_ARG(form->shown), more);
}

/* Holds what stands behind the word against the form. */
static bool
has_fault(struct arena *arena, const struct form *form, struct str rest, struct gitlab_subject_fault *fault)
{
	size_t count = 0;
	while (count < PARTS_MAX && form->parts[count] != PART_NONE) {
		struct str text = rest.ptr ? str_cut(&rest, ':') : STR("");
		enum part part = form->parts[count++];
		fault->message = text.len ? fault_of(arena, part, text) : STR("a part of it is missing");
		fault->help = help_of(arena, form, part);
		if (fault->message.len) {
			return true;
		}
	}
	fault->message = STR("it has a part too many");
	fault->help = help_of(arena, form, PART_NONE);
	return rest.ptr != NULL;
}

static const struct form *
find_form(struct str kind, struct str word)
{
	for (size_t i = 0; i < countof(forms); i++) {
		if (str_eq(forms[i].kind, kind) && str_eq(forms[i].word, word)) {
			return &forms[i];
		}
	}
	return NULL;
}

static const struct form *
near_form(struct str kind, struct str word)
{
	const struct form *found = NULL;
	size_t best = SLIPS_MAX + 1;
	for (size_t i = 0; i < countof(forms); i++) {
		size_t distance = str_distance(word, forms[i].word, SLIPS_MAX);
		if (str_eq(forms[i].kind, kind) && distance < best) {
			found = &forms[i];
			best = distance;
		}
	}
	return found;
}

/* Of a word that no name of that kind has. */
static bool
is_of_none(struct arena *arena, struct str kind, struct str word, struct gitlab_subject_fault *fault)
{
	const struct form *near = near_form(kind, word);
	if (near) {
		fault->message = arena_printf(arena, "GitLab has no \"%.*s\" there", STR_ARG(word));
		fault->help = help_of(arena, near, PART_NONE);
	}
	return near != NULL;
}

bool
gitlab_subject_is_wrong(
	struct arena *arena, struct str kind, struct str name, struct gitlab_subject_fault *ret_fault)
{
	const struct str prefix = STR("gitlab:");
	bool is_group = str_eq(kind, STR("Group"));
	struct str rest = str_skip(name, prefix.len);
	struct str word = str_cut(&rest, ':');
	if (!str_starts(name, prefix) || !rest.ptr || !(is_group || str_eq(kind, STR("User")))) {
		return false;
	}
	const struct form *form = find_form(kind, word),
			  *other = find_form(is_group ? STR("User") : STR("Group"), word);
	*ret_fault = (struct gitlab_subject_fault){ .is_sure = form || other };
	if (form && !(form->parts[0] == PART_NONE && other)) {
		return has_fault(arena, form, rest, ret_fault);
	}
	if (other) {
		ret_fault->message = arena_printf(arena, "GitLab gives that name to no %.*s", STR_ARG(kind));
		ret_fault->help =
			arena_printf(arena, "%.*s is a %.*s", STR_ARG(other->shown), STR_ARG(other->kind));
		return true;
	}
	return is_of_none(arena, kind, word, ret_fault);
}
