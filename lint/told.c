#include "told.h"

static bool
has_word(struct str line, const struct str *words)
{
	for (; words->len > 0; words++) {
		if (str_find(line, *words) < line.len) {
			return true;
		}
	}
	return false;
}

bool
text_tells_of(const struct files *files, struct str name, const struct str *words)
{
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		struct str rest = file->is_yaml ? (struct str){ NULL, 0 } : file_words(file);
		while (rest.ptr) {
			struct str line = str_cut(&rest, '\n');
			if (str_find(line, name) < line.len && has_word(line, words)) {
				return true;
			}
		}
	}
	return false;
}
