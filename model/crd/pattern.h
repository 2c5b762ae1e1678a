/* Patterns of schemas: Go's, of which only those are matched that PCRE reads alike. */
#ifndef GLAGENT_CRD_PATTERN_H
#define GLAGENT_CRD_PATTERN_H

#include "map.h"

/* Compiled patterns by their text. Holds memory outside of its arena: to be released. */
struct crd_patterns {
	struct arena *arena;
	struct map by_text;
};

void crd_patterns_release(struct crd_patterns *patterns);

enum crd_match { CRD_MATCHES, CRD_MATCHES_NOT, CRD_MATCH_OPEN };

/* Is there a match anywhere in `text`, as regexp.MatchString has it? */
enum crd_match crd_pattern_match(struct crd_patterns *patterns, struct str pattern, struct str text);

#endif
