/*
 * The files of a repository: what is there, its bytes, its parsed YAML. One
 * slot a file, in path_cmp order; slot i is source id i + 1 for ever.
 */
#ifndef GLAGENT_FILES_H
#define GLAGENT_FILES_H

#include "fs.h"
#include "map.h"
#include "ytree.h"

enum file_state {
	FILE_NOT_READ,  /* a link, a device, or of no interest */
	FILE_TEXT,      /* UTF-8 */
	FILE_BINARY,    /* has a NUL byte or is not UTF-8 */
	FILE_TOO_LARGE, /* over SOURCE_BYTES_MAX */
	FILE_FAILED,    /* the system would not let us */
};

struct file {
	struct source source; /* path; text only while state is FILE_TEXT and the text is kept */
	uint32_t id;          /* source id */
	enum fs_kind kind;
	enum file_state state;
	uint64_t size;
	bool is_yaml;     /* read as YAML: .yaml, .yml, kustomization files, Kptfile */
	bool is_template; /* YAML only after something has filled it in: {{ }}, {% %}, %{ }, << >>, <%= … */
	const struct ydoc *docs;            /* what parsed; before the error when there is one */
	const struct ysyntax_error *syntax; /* NULL when all parsed */
};

struct files {
	struct file *items;
	size_t len;
	struct map by_path;     /* -> struct file */
	struct map directories; /* every directory that holds a file, however deep; the root is "" -> struct
				   directory */
};

/* Files directly in it and below it are items[first] … items[last - 1]; sub-directories lie within. */
struct directory {
	struct str path;
	size_t first, last;
};

/* The file at a clean path, or NULL. */
const struct file *files_get(const struct files *files, struct str path);

const struct directory *files_directory(const struct files *files, struct str path);

/* First file of `names` (ends with an empty one) that is a regular file directly in `directory`, or NULL. */
const struct file *files_first_of(const struct files *files, struct str directory, const struct str *names);

#endif
