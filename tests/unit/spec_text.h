/* Reading specs from text, for the tests that do; after cmocka.h. */
#ifndef GLAGENT_TEST_SPEC_H
#define GLAGENT_TEST_SPEC_H

#include "buf.h"
#include "spec.h"

/* Stands before a body in good() and messages(). */
#define HEADER "apiVersion: glagent.dev/v1alpha1\nkind: AgentFleet\nspec:\n"

struct reading {
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
};

static inline void
read_text(struct arena *arena, const char *text, struct reading *reading)
{
	struct source *source = arena_new(arena, struct source);
	struct spec_input input = { source, -1, false };
	struct error error = { { 0 } };
	*source = (struct source){ STR("glagent.yaml"), str_from(text) };
	reading->findings.arena = arena;
	if (!spec_read(arena, &input, &reading->sources, &reading->findings, &reading->spec, &error)) {
		fail_msg("%s", error.text);
	}
	findings_finish(&reading->findings, &reading->sources);
}

/* The spec below HEADER, which must be good. */
static inline const struct spec *
good(struct arena *arena, const char *body)
{
	struct reading reading = { 0 };
	read_text(arena, arena_printf(arena, HEADER "%s", body).ptr, &reading);
	if (!reading.spec) {
		fail_msg("%.*s", STR_ARG(reading.findings.items[0]->message));
	}
	return reading.spec;
}

/* Messages of a bad spec, a line each. */
static inline const char *
messages(struct arena *arena, const char *body)
{
	struct reading reading = { 0 };
	struct buf out = { .arena = arena };
	read_text(arena, arena_printf(arena, HEADER "%s", body).ptr, &reading);
	assert_null(reading.spec);
	for (size_t i = 0; i < reading.findings.len; i++) {
		buf_addf(&out, "%.*s\n", STR_ARG(reading.findings.items[i]->message));
	}
	return out.data;
}

#endif
