#include "kept_text.h"

#include "path.h"

enum { TERRAFORM_BYTES_MAX = 64 * 1024 };

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

/* Terraform's variables and locals, which resources in other files of the directory name. */
static bool
has_terraform_values(struct str path, struct str text)
{
	struct str extension = path_extension(path);
	bool is_source = str_eq(extension, STR(".tf")) || str_eq(extension, STR(".tofu"));
	return is_source && text.len <= TERRAFORM_BYTES_MAX
		&& (has(text, STR("variable \"")) || has(text, STR("locals {")));
}

bool
text_is_kept(struct str path, struct str text)
{
	if (str_eq(path_base(path), STR(".sourceignore")) || str_eq(path_base(path), STR("agent.token"))
		|| has_terraform_values(path, text)) {
		return true;
	}
	return !is_prose(path)
		&& (has(text, STR("flux")) || has(text, STR("Flux")) || has(text, STR("kubectl"))
			|| has(text, STR("glab ")) || has(text, STR("gitlab-agent")));
}
