#include <setjmp.h>
#include <stdarg.h>

#include "secret_shape.h"

#include <cmocka.h>

/* Made up, in the shape of real ones. */
#define BODY "r-dTRgMc2MQNxueVx3nD"
#define KEY "jzXyBKi3LESPf7zaHusBtZXt24P6AUtVicstcCXozjBB8cXT3xHZBxTLRM6AEph6"

static void
assert_token(const char *text, const char *expected)
{
	struct secret secret = { 0 };
	bool found = gitlab_token_next(str_from(text), 0, &secret);
	assert_int_equal(found, expected != NULL);
	if (expected) {
		assert_int_equal(secret.text.len, strlen(expected));
		assert_memory_equal(secret.text.ptr, expected, secret.text.len);
	}
}

static void
tokens_have_their_length_and_nothing_behind_it(void **state)
{
	(void)state;
	assert_token("a glpat-" BODY " b", "glpat-" BODY);
	assert_token("glrt-t1_" BODY, "glrt-t1_" BODY);
	assert_token("glcbt-5a_" BODY, "glcbt-5a_" BODY);
	assert_token("GR1348941" BODY, "GR1348941" BODY);
	assert_token("glpat-" BODY BODY ".0h1k2m3n4.", "glpat-" BODY BODY ".0h1k2m3n4");
	assert_token("glpat-" BODY "Q", NULL);
	assert_token("glpat-r-dTRgMc2MQNxueVx3n", NULL);
	assert_token("glpat-" BODY BODY ".short", NULL);
	assert_token("glxyz-" BODY, NULL);
}

static void
what_is_made_up_is_no_token(void **state)
{
	(void)state;
	assert_token("glpat-xxxxxxxxxxxxxxxxxxxx", NULL);
	assert_token("glpat-abcdefghij0123456789", NULL);
	assert_token("glpat-ABCDEFGHIJabcdefghij", NULL);
	assert_token("glpat-YourAccessToken12345", NULL);
	assert_token("glpat-aBcDeFgHiJkLmNoPqRsT", NULL);
	assert_token("glpat-A1b2C3d4E5f6G7h8I9j0", NULL);
	assert_token("gldt-production-cluster-1", NULL);
	assert_token("glft-my-Example-Q7z9K2r4T", NULL);
}

static void
the_first_of_several_kinds_is_found(void **state)
{
	(void)state;
	assert_token("GR1348941" BODY " glpat-" BODY, "GR1348941" BODY);
	assert_token("glpat-" BODY " GR1348941" BODY, "glpat-" BODY);
}

/* Also where it begins at the seam of two pieces. */
static void
what_stands_far_back_is_found(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct str key = STR("-----BEGIN PRIVATE KEY-----\n" KEY "\n-----END PRIVATE KEY-----");
	for (size_t before = SECRET_WINDOW_BYTES - 30; before < SECRET_WINDOW_BYTES + 3; before++) {
		struct secret secret = { 0 };
		size_t len = before + key.len;
		char *text = arena_alloc(&arena, len + 1);
		memset(text, '-', before);
		text[before - 1] = '\n';
		memcpy(text + before, key.ptr, key.len);
		assert_true(private_key_next((struct str){ text, len }, 0, &secret));
		assert_ptr_equal(secret.text.ptr, text + before);
		assert_int_equal(secret.text.len, key.len);
		memcpy(text + before, "glpat-" BODY, strlen("glpat-" BODY));
		assert_true(
			gitlab_token_next((struct str){ text, before + strlen("glpat-" BODY) }, 0, &secret));
		assert_ptr_equal(secret.text.ptr, text + before);
	}
}

static bool
is_key(const char *text)
{
	struct secret secret;
	return private_key_next(str_from(text), 0, &secret);
}

static void
keys_with_a_passphrase_or_without_a_body_are_none(void **state)
{
	(void)state;
	assert_true(is_key("-----BEGIN EC PRIVATE KEY-----\\n" KEY "\\n-----END EC PRIVATE KEY-----\\n"));
	assert_false(is_key("-----BEGIN PRIVATE KEY-----\n" KEY "\n"));
	assert_false(is_key("-----BEGIN PRIVATE KEY-----\n${KEY}\n-----END PRIVATE KEY-----\n"));
	assert_false(is_key("-----BEGIN PUBLIC KEY-----\n" KEY "\n-----END PUBLIC KEY-----\n"));
	assert_false(is_key(
		"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" KEY "\n-----END ENCRYPTED PRIVATE KEY-----\n"));
	assert_true(is_key("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU" KEY
			   "\n-----END OPENSSH PRIVATE KEY-----\n"));
	assert_false(is_key("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1j" KEY
			    "\n-----END OPENSSH PRIVATE KEY-----\n"));
}

static bool
has_password(const char *text)
{
	struct url_password url;
	return url_password_next(str_from(text), 0, &url);
}

static void
passwords_in_addresses_are_found_between_colon_and_at(void **state)
{
	(void)state;
	struct url_password url;
	assert_true(url_password_next(STR("a git+ssh://me:otter@git.acme.io:22/x@y b"), 0, &url));
	assert_true(str_eq(url.user, STR("me")) && str_eq(url.password, STR("otter")));
	assert_true(str_eq(url.host, STR("git.acme.io:22")));
	assert_false(has_password("https://git.acme.io:443/a@b"));
	assert_false(has_password("ssh://git@git.acme.io"));
	assert_false(has_password("https://me:${TOKEN}@git.acme.io"));
	assert_false(has_password("https://me:<token>@git.acme.io"));
	assert_false(has_password("https://me:@git.acme.io"));
	assert_false(has_password("://me:otter@git.acme.io"));
	assert_false(has_password("docker://alpine:3.18.4@sha256:48d9183eb12a05c99bcc0bf44a003607"));
}

static void
placeholders_say_so_themselves(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "  ", "${X}", "$X", "$(X)", "{{ .X }}", "<x>",
		"ref+vault://x", "vault:secret/x", "op://a/b", "ENC[AES256_GCM,…]", "changeme", "xxxx",
		"aaaaaaa", "abcdef", "my-example", "$2y$12$abc", "[PASS]", "{pass}", "%PASS%", "__PASS__",
		"awssm://a/b", "env:PASS", "[MASKED]", "A1B2C3D4E5" };
	for (size_t i = 0; i < countof(texts); i++) {
		assert_true(text_is_placeholder(str_from(texts[i])));
	}
	assert_false(text_is_placeholder(STR("hunter-2-b")));
	assert_false(text_is_placeholder(STR("otter 3 c$")));
	assert_false(text_is_placeholder(STR("https://hooks.acme.io/r7Kq2")));
	assert_false(text_is_placeholder(STR("postgres://me:otter@db")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_have_their_length_and_nothing_behind_it),
		cmocka_unit_test(what_is_made_up_is_no_token),
		cmocka_unit_test(the_first_of_several_kinds_is_found),
		cmocka_unit_test(what_stands_far_back_is_found),
		cmocka_unit_test(keys_with_a_passphrase_or_without_a_body_are_none),
		cmocka_unit_test(passwords_in_addresses_are_found_between_colon_and_at),
		cmocka_unit_test(placeholders_say_so_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
