#include "locator.h"

#include "utf8.h"

static void
go_back(struct locator *locator, struct str text, size_t offset)
{
	while (locator->start > offset) {
		locator->start--; /* onto the line end before */
		while (locator->start > 0 && text.ptr[locator->start - 1] != '\n') {
			locator->start--;
		}
		locator->line--;
	}
}

static void
go_on(struct locator *locator, struct str text, size_t offset)
{
	for (;;) {
		size_t next = locator->start + str_find_char(str_skip(text, locator->start), '\n') + 1;
		if (next > offset || next > text.len) {
			return;
		}
		locator->start = next;
		locator->line++;
	}
}

struct position
locate(struct locator *locator, uint32_t source, uint32_t offset)
{
	struct str text = sources_get(locator->sources, source)->text;
	size_t at = offset < text.len ? offset : text.len;
	if (locator->source != source) {
		locator->source = source;
		locator->line = 1;
		locator->start = 0;
	}
	go_back(locator, text, at);
	go_on(locator, text, at);
	struct str before = { text.ptr + locator->start, at - locator->start };
	return (struct position){ locator->line, 1 + (uint32_t)utf8_points(before) };
}
