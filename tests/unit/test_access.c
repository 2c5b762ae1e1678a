#include <setjmp.h>
#include <stdarg.h>

#include "access.h"
#include "buf.h"
#include "yaml.h"

#include <cmocka.h>

static struct access_features
features_of(struct arena *arena, const char *config)
{
	struct access_features features = { 0 };
	access_features_add(arena, &features, config ? yaml_parse(arena, str_from(config), 0)->root : NULL);
	return features;
}

static void
add_words(struct buf *out, const char *before, struct access_words words)
{
	for (size_t i = 0; i < words.len; i++) {
		buf_addf(out, "%s%.*s", i ? "," : before, STR_ARG(words.items[i]));
	}
}

/* One line a rule: "cluster get,list group/resources = names". */
static const char *
listed(struct arena *arena, const struct access_features *features)
{
	struct access_rules rules = access_rules_of(arena, features);
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < rules.len; i++) {
		const struct access_rule *rule = &rules.items[i];
		buf_addf(&out, "%s%.*s", rule->scope == ACCESS_CLUSTER ? "cluster" : "in ",
			STR_ARG(rule->space));
		add_words(&out, " ", rule->verbs);
		add_words(&out, " ", rule->groups);
		add_words(&out, "/", rule->resources);
		add_words(&out, " = ", rule->names);
		buf_add_char(&out, '\n');
	}
	return out.data;
}

#define CORE "in  get,create,update coordination.k8s.io/leases\nin  create,patch /events\n"

static void
an_agent_that_declares_nothing_needs_only_its_election(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = features_of(&arena, NULL);
	assert_string_equal(listed(&arena, &features), CORE);
	assert_int_equal(features.unknown.len, 0);
}

static void
flux_module_needs_its_objects_and_no_reading_of_secrets(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = { 0 };
	features.has[ACCESS_FLUX] = true;
	assert_string_equal(listed(&arena, &features),
		CORE "cluster get apiextensions.k8s.io/customresourcedefinitions = "
		     "gitrepositories.source.toolkit.fluxcd.io,receivers.notification.toolkit.fluxcd.io\n"
		     "cluster get,list,watch source.toolkit.fluxcd.io/gitrepositories\n"
		     "cluster get,list,watch,create,update,patch notification.toolkit.fluxcd.io/receivers\n"
		     "cluster create,update,patch /secrets\n"
		     "cluster update source.toolkit.fluxcd.io/gitrepositories/finalizers\n");
}

static void
ci_jobs_are_impersonated_with_all_their_extras(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features =
		features_of(&arena, "ci_access: {groups: [{id: g, access_as: {ci_job: {}}}]}\n");
	assert_int_equal(features.unknown.len, 0);
	assert_string_equal(listed(&arena, &features),
		CORE "cluster impersonate /users,groups\n"
		     "cluster impersonate authentication.k8s.io/userextras/agent.gitlab.com/id,"
		     "userextras/agent.gitlab.com/config_project_id,userextras/agent.gitlab.com/project_id,"
		     "userextras/agent.gitlab.com/ci_pipeline_id,userextras/agent.gitlab.com/ci_job_id,"
		     "userextras/agent.gitlab.com/username,userextras/agent.gitlab.com/environment_slug,"
		     "userextras/agent.gitlab.com/environment_tier\n");
}

static void
a_rule_that_two_features_need_stands_once_with_both_reasons(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = { 0 };
	features.has[ACCESS_CI_JOB] = features.has[ACCESS_USER] = true;
	struct access_rules rules = access_rules_of(&arena, &features);
	assert_int_equal(rules.len, 5);
	assert_int_equal(rules.items[2].feature, ACCESS_CI_JOB);
	assert_string_equal(
		rules.items[2].why.ptr, "ci_access: acts as CI jobs; user_access: acts as GitLab users");
}

static void
a_fixed_identity_is_granted_by_name_only(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *config = "ci_access:\n"
			     "  projects:\n"
			     "    - id: g/a\n"
			     "      access_as: &as\n"
			     "        impersonate:\n"
			     "          username: deployer\n"
			     "          uid: \"7\"\n"
			     "          groups: [a, b]\n"
			     "          extra: [{key: Reason, val: [x, y]}]\n"
			     "    - {id: g/b, access_as: *as}\n";
	struct access_features features = features_of(&arena, config);
	assert_int_equal(features.identities.len, 1);
	assert_string_equal(listed(&arena, &features),
		CORE "cluster impersonate /users = deployer\n"
		     "cluster impersonate /groups = a,b\n"
		     "cluster impersonate authentication.k8s.io/uids = 7\n"
		     "cluster impersonate authentication.k8s.io/userextras/reason = x,y\n");
}

static void
a_service_account_is_impersonated_in_its_namespace(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = features_of(&arena,
		"ci_access: {projects: [{id: g/a, access_as: {impersonate: {username: "
		"\"system:serviceaccount:shop:deployer\"}}}]}\n");
	assert_string_equal(
		listed(&arena, &features), CORE "in shop impersonate /serviceaccounts = deployer\n");
}

static void
a_broken_service_account_name_is_a_user(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = features_of(&arena,
		"ci_access: {projects: [{id: g/a, access_as: {impersonate: {username: "
		"\"system:serviceaccount:shop\"}}}]}\n");
	assert_string_equal(
		listed(&arena, &features), CORE "cluster impersonate /users = system:serviceaccount:shop\n");
}

static void
container_scanning_needs_pods_in_the_agents_namespace(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features =
		features_of(&arena, "container_scanning: {cadence: \"0 0 * * *\"}\n");
	assert_true(features.has[ACCESS_OCS]);
	const char *text = listed(&arena, &features);
	assert_non_null(strstr(text, "in  get,list,watch,create,delete /pods\n"));
	assert_null(strstr(text, "cluster"));
}

static void
assert_unknown(const char *config, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = features_of(&arena, config);
	struct buf out = { .arena = &arena };
	for (size_t i = 0; i < features.unknown.len; i++) {
		struct str text = access_unknown_text(&arena, &features.unknown.items[i]);
		assert_non_null(features.unknown.items[i].at);
		buf_addf(&out, "%.*s\n", STR_ARG(text));
	}
	assert_string_equal(out.data ? out.data : "", expected);
}

static void
whoever_acts_as_the_agent_is_unknown(void **state)
{
	(void)state;
	assert_unknown(
		"ci_access: {projects: [{id: g/a}, {id: g/b, access_as: {agent: {}}}], instance: {}}\n",
		"CI jobs of \"g/a\" act as the agent itself\nCI jobs of \"g/b\" act as the agent itself\n"
		"CI jobs act as the agent itself\n");
	assert_unknown("user_access: {projects: [{id: g/a}]}\n",
		"members with user_access act as the agent itself\n");
	assert_unknown("user_access: {access_as: {agent: {}}, groups: [{id: g}]}\n",
		"members with user_access act as the agent itself\n");
	assert_unknown("remote_development: {enabled: true, dns_zone: x}\n",
		"remote_development creates whatever a workspace is made of\n");
}

static void
what_grants_nothing_is_not_unknown(void **state)
{
	(void)state;
	assert_unknown("user_access: {access_as: {agent: {}}, projects: []}\n", "");
	assert_unknown("user_access: {access_as: {user: {}}, projects: [{id: g/a}]}\n", "");
	assert_unknown("remote_development: {enabled: false, dns_zone: x}\nci_access: ~\n", "");
}

static void
null_is_unset_as_the_server_reads_it(void **state)
{
	(void)state;
	assert_unknown("ci_access: {projects: [{id: g/a, access_as: ~}]}\n",
		"CI jobs of \"g/a\" act as the agent itself\n");
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features =
		features_of(&arena, "ci_access: {projects: [{id: g/a, access_as: {ci_job: ~}}]}\n");
	assert_false(features.has[ACCESS_CI_JOB]);
}

static void
other_shapes_are_passed_over(void **state)
{
	(void)state;
	assert_unknown("ci_access: [1]\nuser_access: x\nremote_development: []\n", "");
	assert_unknown("ci_access: {projects: {id: x}, groups: [x, [y]]}\n", "");
	assert_unknown("just text\n", "");
}

/* What is missing of a need of the table: "verb group/resource name", or "nothing". */
static const char *
gap(struct arena *arena, enum access_feature feature, const char *role)
{
	struct access_features features = { 0 };
	struct access_gap found;
	const struct ynode *rules = yaml_parse(arena, str_from(role), 0)->root;
	features.has[feature] = true;
	struct access_rules needs = access_rules_of(arena, &features);
	for (size_t i = 0; i < needs.len; i++) {
		if (needs.items[i].feature == feature
			&& access_find_gap(&needs.items[i], &rules, 1, &found)) {
			return arena_printf(arena, "%.*s %.*s/%.*s %.*s", STR_ARG(found.verb),
				STR_ARG(found.group), STR_ARG(found.resource), STR_ARG(found.name))
				.ptr;
		}
	}
	return "nothing";
}

static void
stars_give_everything(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *admin = "[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]\n";
	for (int feature = 0; feature < ACCESS_FEATURE_COUNT; feature++) {
		if (feature != ACCESS_IMPERSONATE) {
			assert_string_equal(gap(&arena, (enum access_feature)feature, admin), "nothing");
		}
	}
}

static void
what_no_rule_gives_is_named(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(gap(&arena, ACCESS_USER, "[]\n"), "impersonate /users ");
	assert_string_equal(
		gap(&arena, ACCESS_USER,
			"[{apiGroups: [''], resources: [users, groups], verbs: [impersonate]}]\n"),
		"impersonate authentication.k8s.io/userextras/agent.gitlab.com/id ");
	assert_string_equal(
		gap(&arena, ACCESS_CORE,
			"[{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create]}]\n"),
		"update coordination.k8s.io/leases ");
}

static void
rules_add_up(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(
		gap(&arena, ACCESS_CORE,
			"- {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create]}\n"
			"- {apiGroups: ['*'], resources: [leases], verbs: [update, patch]}\n"
			"- {apiGroups: ['', events.k8s.io], resources: [events], verbs: ['*']}\n"),
		"nothing");
}

static void
a_rule_for_names_is_no_rule_for_all(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(
		gap(&arena, ACCESS_CI_JOB,
			"[{apiGroups: [''], resources: ['*'], verbs: ['*'], resourceNames: [gitlab]}]\n"),
		"impersonate /users ");
}

static void
a_star_before_a_subresource_stands_for_any_resource(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *pods = "- {apiGroups: [''], resources: [pods, configmaps], verbs: ['*']}\n";
	assert_string_equal(gap(&arena, ACCESS_OCS, pods), "get /pods/log ");
	struct str both =
		arena_printf(&arena, "%s- {apiGroups: [''], resources: ['*/log'], verbs: [get]}\n", pods);
	assert_string_equal(gap(&arena, ACCESS_OCS, both.ptr), "nothing");
}

static void
named_needs_are_met_by_their_names(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct access_features features = features_of(&arena,
		"ci_access: {projects: [{id: g/a, access_as: {impersonate: {username: a, groups: [b, "
		"c]}}}]}\n");
	struct access_rules needs = access_rules_of(&arena, &features);
	const struct ynode *rules = yaml_parse(&arena,
		STR("[{apiGroups: [''], resources: [users, groups], verbs: [impersonate], resourceNames: [a, "
		    "b]}]\n"),
		0)
					    ->root;
	struct access_gap found;
	assert_int_equal(needs.len, 4);
	assert_false(access_find_gap(&needs.items[2], &rules, 1, &found));
	assert_true(access_find_gap(&needs.items[3], &rules, 1, &found));
	assert_true(str_eq(found.name, STR("c")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agent_that_declares_nothing_needs_only_its_election),
		cmocka_unit_test(flux_module_needs_its_objects_and_no_reading_of_secrets),
		cmocka_unit_test(ci_jobs_are_impersonated_with_all_their_extras),
		cmocka_unit_test(a_rule_that_two_features_need_stands_once_with_both_reasons),
		cmocka_unit_test(a_fixed_identity_is_granted_by_name_only),
		cmocka_unit_test(a_service_account_is_impersonated_in_its_namespace),
		cmocka_unit_test(a_broken_service_account_name_is_a_user),
		cmocka_unit_test(container_scanning_needs_pods_in_the_agents_namespace),
		cmocka_unit_test(whoever_acts_as_the_agent_is_unknown),
		cmocka_unit_test(what_grants_nothing_is_not_unknown),
		cmocka_unit_test(null_is_unset_as_the_server_reads_it),
		cmocka_unit_test(other_shapes_are_passed_over),
		cmocka_unit_test(stars_give_everything),
		cmocka_unit_test(what_no_rule_gives_is_named),
		cmocka_unit_test(rules_add_up),
		cmocka_unit_test(a_rule_for_names_is_no_rule_for_all),
		cmocka_unit_test(a_star_before_a_subresource_stands_for_any_resource),
		cmocka_unit_test(named_needs_are_met_by_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
