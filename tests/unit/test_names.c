#include <setjmp.h>
#include <stdarg.h>

#include "names.h"

#include <cmocka.h>

struct name_case {
	bool (*is_valid)(struct str);
	const char *const *good, *const *bad;
};

static void
check(const struct name_case *names)
{
	for (size_t i = 0; names->good[i]; i++) {
		if (!names->is_valid(str_from(names->good[i]))) {
			fail_msg("\"%s\" is refused", names->good[i]);
		}
	}
	for (size_t i = 0; names->bad[i]; i++) {
		if (names->is_valid(str_from(names->bad[i]))) {
			fail_msg("\"%s\" is taken", names->bad[i]);
		}
	}
}

#define WORDS(...)                                                                                           \
	(const char *const[])                                                                                \
	{                                                                                                    \
		__VA_ARGS__, NULL                                                                            \
	}

static const char long_63[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char long_64[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static void
labels_are_lower_case_and_at_most_63(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_label, WORDS("a", "0", "prod-1", long_63),
		WORDS("", "Prod_1", "-a", "a-", "a.b", "a b", "\xc3\xa9", long_64) });
}

static void
releases_are_labels_joined_with_dots_and_at_most_53(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_release,
		WORDS("gitlab-agent", "a.b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
		WORDS("", ".a", "a..b", "A", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") });
}

static void
label_keys_may_have_a_domain(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_qualified,
		WORDS("team", "pod-security.kubernetes.io/enforce", "a_B.c"),
		WORDS("", "/a", "a/", "Example.com/a", "a/b/c", "-a", "a/-b") });
}

static void
images_are_lower_case_without_tag(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_repository,
		WORDS("agentk", "registry.example.com/mirror/agentk", "localhost:5000/agentk"),
		WORDS("", "agentk:v1", "Registry/a", "a//b", "https://a/b", "a/b:v1", "a@sha256:0",
			"a/b/") });
	check(&(struct name_case){
		name_is_tag, WORDS("v17.6.1", "stable", "_x"), WORDS("", "-a", ".a", "a b", "a/b", "a:b") });
}

static void
projects_have_a_group(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_project, WORDS("a/b", "Group/sub.group/my_project-1"),
		WORDS("", "a", "/a/b", "a/b/", "a//b", "https://gitlab.com/a/b", "a/b.git", "a/-b") });
}

static void
directories_never_lead_upward(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_directory, WORDS(".", "clusters/a", "./clusters", "a..b/c"),
		WORDS("", "/a", "..", "../a", "a/../b", "a/..", "a\nb", "a\\b") });
}

static void
versions_of_charts_have_three_numbers_and_no_v(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_chart_version, WORDS("2.9.1", "2.9.1-beta.1", "0.1.0+x"),
		WORDS("", "v2.9.1", "2.9", "2.x", ">=2", "02.9.1", "2.9.1.4", "2.9.1-") });
	check(&(struct name_case){ name_is_gitlab_version, WORDS("17.6", "17.6.1", "v17.6.1-ee"),
		WORDS("", "17", "17.6.", "17.6.1.2", "latest", "17.6ee") });
}

static void
durations_and_quantities_are_those_of_kubernetes(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_duration, WORDS("1h", "10m30s", "1.5s", "100ms"),
		WORDS("", "1", "-1h", "1d", "h", "1h 2m", "1..5s", ".s") });
	check(&(struct name_case){ name_is_quantity, WORDS("1", "500m", "1.5Gi", "0.1", "64k"),
		WORDS("", "m", ".", "1.1.1", "1K", "1 Gi", "-1", "1mi") });
}

static void
headers_have_a_name_and_a_value(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_header, WORDS("Cookie: gitlab-canary", "A:b"),
		WORDS("", "Cookie", ": x", "Cookie:", "Cookie: ", "A : b", "A: b\nC: d") });
}

static void
environments_have_no_slash_at_either_end(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_environment,
		WORDS("production", "agents/{agent}", "review/$CI_COMMIT_REF_SLUG", "a b"),
		WORDS("", "/a", "a/", "a:b", "a\nb") });
}

static void
each_url_has_its_schemes(void **state)
{
	(void)state;
	check(&(struct name_case){ name_is_kas_url,
		WORDS("wss://kas.gitlab.com", "grpcs://kas.gitlab.com:443",
			"ws://gitlab.example.com/-/kubernetes-agent/", "ws://[::1]:8150"),
		WORDS("", "https://gitlab.com", "wss://", "kas.gitlab.com", "wss://a b", "wss://a:0",
			"wss://a:70000", "wss://u@a", "WSS://a") });
	check(&(struct name_case){ name_is_receptive_url, WORDS("grpc://a:80", "grpcs://a.example.com:443"),
		WORDS("grpcs://a", "grpcs://a:443/", "wss://a:443") });
	check(&(struct name_case){ name_is_proxy_url, WORDS("http://proxy:3128", "socks5://p:1080"),
		WORDS("proxy:3128", "proxy.example.com", "ftp://a") });
	check(&(struct name_case){ name_is_web_url,
		WORDS("https://gitlab.com", "http://gitlab.local:8080/gitlab"),
		WORDS("gitlab.com", "https://u:p@gitlab.com", "https://a?b", "wss://a") });
}

static void
a_url_comes_apart(void **state)
{
	(void)state;
	struct url url;
	assert_true(url_parse(STR("https://me:pw@[fd00::1]:8443/a/b?c"), &url));
	assert_true(str_eq(url.scheme, STR("https")));
	assert_true(str_eq(url.user, STR("me:pw")));
	assert_true(str_eq(url.host, STR("[fd00::1]")));
	assert_true(str_eq(url.port, STR("8443")));
	assert_true(str_eq(url.path, STR("/a/b?c")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_lower_case_and_at_most_63),
		cmocka_unit_test(releases_are_labels_joined_with_dots_and_at_most_53),
		cmocka_unit_test(label_keys_may_have_a_domain),
		cmocka_unit_test(images_are_lower_case_without_tag),
		cmocka_unit_test(projects_have_a_group),
		cmocka_unit_test(directories_never_lead_upward),
		cmocka_unit_test(versions_of_charts_have_three_numbers_and_no_v),
		cmocka_unit_test(durations_and_quantities_are_those_of_kubernetes),
		cmocka_unit_test(headers_have_a_name_and_a_value),
		cmocka_unit_test(environments_have_no_slash_at_either_end),
		cmocka_unit_test(each_url_has_its_schemes),
		cmocka_unit_test(a_url_comes_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
