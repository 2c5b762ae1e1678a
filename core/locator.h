/* Line and column of many offsets: remembers the last line, so places in order cost one pass over the text.
 */
#ifndef GLAGENT_LOCATOR_H
#define GLAGENT_LOCATOR_H

#include "source.h"

struct locator {
	const struct sources *sources;
	uint32_t source; /* that `line` is in; 0 at first */
	uint32_t line;
	size_t start; /* offset of the line's first byte */
};

/* As source_position. */
struct position locate(struct locator *locator, uint32_t source, uint32_t offset);

#endif
