/* The only file that knows PCRE2. */
#include "regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	PATTERN_BYTES_MAX = 64 * 1024,
	MATCH_STEPS_MAX = 1000 * 1000, /* a fraction of a second; patterns in use take hundreds */
	MATCH_DEPTH_MAX = 100 * 1000,
	MATCH_HEAP_KIB_MAX = 16 * 1024,
};

struct regex {
	pcre2_general_context *memory;
	pcre2_compile_context *reading;
	pcre2_match_context *limits; /* only read while matching, so threads may share it */
	pcre2_code *code;
};

/* Never NULL, so that no PCRE2 function fails for want of memory: it has no other error there to tell from.
 */
static void *
allocate(size_t size, void *unused)
{
	(void)unused;
	void *memory = malloc(size);
	if (!memory) {
		fatal_out_of_memory();
	}
	return memory;
}

static void
release(void *memory, void *unused)
{
	(void)unused;
	free(memory);
}

static struct regex *
contexts_new(void)
{
	struct regex *regex = allocate(sizeof(*regex), NULL);
	regex->memory = pcre2_general_context_create(allocate, release, NULL);
	regex->reading = pcre2_compile_context_create(regex->memory);
	regex->limits = pcre2_match_context_create(regex->memory);
	regex->code = NULL;
	pcre2_set_max_pattern_length(regex->reading, PATTERN_BYTES_MAX);
	/* ECMA-262's line terminators, but for U+2028 and U+2029: what `.` does not match. */
	pcre2_set_newline(regex->reading, PCRE2_NEWLINE_ANYCRLF);
	pcre2_set_match_limit(regex->limits, MATCH_STEPS_MAX);
	pcre2_set_depth_limit(regex->limits, MATCH_DEPTH_MAX);
	pcre2_set_heap_limit(regex->limits, MATCH_HEAP_KIB_MAX);
	return regex;
}

struct regex *
regex_new(struct str pattern, struct error *reterr)
{
	/* Where ECMA-262 differs from Perl: $ is the very end, [] is empty and [^] anything, \uHHHH is a
	 * character, a group that took no part matches the empty text. */
	static const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS
		| PCRE2_ALT_BSUX | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
	int code;
	size_t at;

	struct regex *regex = contexts_new();
	regex->code =
		pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, &code, &at, regex->reading);
	if (!regex->code) {
		char reason[256];
		(void)pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof(reason));
		(void)error_set(reterr, "pattern \"%.*s\": %s at offset %zu",
			STR_ARG(str_first(pattern, 200)), reason, at);
		regex_release(regex);
		return NULL;
	}
	return regex;
}

void
regex_release(struct regex *regex)
{
	if (regex) {
		pcre2_code_free(regex->code);
		pcre2_match_context_free(regex->limits);
		pcre2_compile_context_free(regex->reading);
		pcre2_general_context_free(regex->memory);
		free(regex);
	}
}

enum regex_result
regex_find(const struct regex *regex, struct str text, size_t from, size_t *ret_start, size_t *ret_end)
{
	/* Whoever looks on behind a match has had the text checked by the look before. */
	uint32_t options = from > 0 ? PCRE2_NO_UTF_CHECK : 0;
	if (from > text.len) {
		return REGEX_NO_MATCH;
	}
	pcre2_match_data *match = pcre2_match_data_create_from_pattern(regex->code, regex->memory);
	int count =
		pcre2_match(regex->code, (PCRE2_SPTR)text.ptr, text.len, from, options, match, regex->limits);
	if (count > 0) {
		const PCRE2_SIZE *places = pcre2_get_ovector_pointer(match);
		*ret_start = places[0];
		*ret_end = places[1];
	}
	pcre2_match_data_free(match);
	if (count == PCRE2_ERROR_NOMEMORY) {
		fatal_out_of_memory();
	}
	return count > 0 ? REGEX_MATCH : count == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_GAVE_UP;
}
