#include "embedded.h"

struct str
embedded_get(struct str name)
{
	for (size_t i = 0; i < embedded_count; i++) {
		if (str_eq(embedded_files[i].name, name)) {
			return embedded_files[i].data;
		}
	}
	assert(false && "no such embedded file");
	return STR("");
}
