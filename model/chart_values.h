/*
 * The values that the official gitlab-agent chart reads, with the versions
 * that do. Helm takes any key: the chart has no values.schema.json.
 */
#ifndef GLAGENT_CHART_VALUES_H
#define GLAGENT_CHART_VALUES_H

#include "str.h"

enum chart_value {
	CHART_GROUP, /* a mapping whose keys are values of their own */
	CHART_TEXT,
	CHART_FLAG,
	CHART_NUMBER,
	CHART_LIST,
	CHART_MAPPING, /* of any keys */
};

struct chart_key {
	struct str path; /* "config.kasAddress" */
	enum chart_value kind;
	struct str since;     /* the first version that is known to read it; empty: all do */
	struct str until;     /* the first version that no longer does; empty: none is known */
	struct str successor; /* what takes its place then */
};

/* NULL: no known version reads it. */
const struct chart_key *chart_key_find(struct str path);

/* "token" of "config.token". */
struct str chart_key_name(struct str path);

/* Are all values known that this version reads? Of others, some are. */
bool chart_keys_are_known(struct str chart);

/* May that version read it? True where it is not known. */
bool chart_key_is_read(const struct chart_key *key, struct str chart);

/* The value beside `path` that is spelled nearly so and that `chart` may read; NULL when there is none, or
 * several. */
const struct chart_key *chart_key_near(struct str path, struct str chart);

/* The one value called so that lies somewhere else: "config.token" for "token"; NULL when there is none, or
 * several. */
const struct chart_key *chart_key_elsewhere(struct str path, struct str chart);

#endif
