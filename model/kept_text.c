#include "kept_text.h"

#include "path.h"

static bool
is_prose(struct str path)
{
	static const struct str extensions[] = { STR_INIT(".md"), STR_INIT(".mdx"), STR_INIT(".rst"),
		STR_INIT(".adoc"), STR_INIT(".txt"), STR_INIT(".html"), STR_INIT(".svg"), STR_INIT(".drawio"),
		STR_INIT(".json5"), STR_INIT(".lock") };
	struct str extension = path_extension(path);
	for (size_t i = 0; i < countof(extensions); i++) {
		if (str_eq(extension, extensions[i])) {
			return true;
		}
	}
	return false;
}

static bool
has(struct str text, struct str word)
{
	return str_find(text, word) < text.len;
}

bool
text_is_kept(struct str path, struct str text)
{
	if (str_eq(path_base(path), STR(".sourceignore"))) {
		return true;
	}
	return !is_prose(path)
		&& (has(text, STR("flux")) || has(text, STR("Flux")) || has(text, STR("kubectl")));
}
