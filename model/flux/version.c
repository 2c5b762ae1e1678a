#include "flux/parts.h"
#include "path.h"

enum { MINOR_MAX = 999 };

static bool
read_number(struct str *rest, unsigned *ret_number)
{
	size_t digits = 0;
	*ret_number = 0;
	while (digits < rest->len && rest->ptr[digits] >= '0' && rest->ptr[digits] <= '9') {
		*ret_number = *ret_number * 10 + (unsigned)(rest->ptr[digits] - '0');
		if (*ret_number > MINOR_MAX) {
			return false;
		}
		digits++;
	}
	*rest = str_skip(*rest, digits);
	return digits > 0;
}

bool
flux_version_read(struct str number, struct flux_version *ret_version)
{
	if (!read_number(&number, &ret_version->major) || !str_starts(number, STR("."))) {
		return false;
	}
	number = str_skip(number, 1);
	return read_number(&number, &ret_version->minor);
}

/* pkg/manifestgen/install of fluxcd/flux2: comments in front of the first document. */
struct flux_version
flux_version_of(const struct files *files, struct str directory)
{
	static const struct str names[] = { STR_INIT("gotk-components.yaml"), STR_INIT("") };
	const struct file *file = files_first_of(files, directory, names);
	struct str rest = file ? file_words(file) : STR("");
	while (rest.ptr) {
		struct flux_version version = { .file = file };
		struct str line = str_cut(&rest, '\n');
		struct str number = str_skip(line, STR("# Flux Version: v").len);
		if (str_starts(line, STR("# Flux Version: v"))) {
			return flux_version_read(number, &version) ? version : (struct flux_version){ 0 };
		}
		if (line.len > 0 && line.ptr[0] != '#' && !str_starts(line, STR("---"))) {
			break;
		}
	}
	return (struct flux_version){ 0 };
}
