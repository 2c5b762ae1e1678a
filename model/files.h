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
	FILE_BINARY,    /* has a NUL byte or is not UTF-8; YAML that is not UTF-8 has a syntax error too */
	FILE_TOO_LARGE, /* over SOURCE_BYTES_MAX */
	FILE_FAILED,    /* the system would not let us */
};

struct file {
	struct source source; /* path; text only while it is kept: of YAML always, of others when a finding is
				 in it or the models need it */
	uint32_t id;          /* source id */
	enum fs_kind kind;
	enum file_state state;
	uint64_t size;
	bool is_kept;     /* no YAML, but its text stays: the models look for words in it */
	bool is_loaded;   /* no YAML, but a build needs its text: files_keep */
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
	const struct map *instead; /* -> struct str, by path: read in the place of what is on disk; or NULL */
};

/* Files directly in it and below it are items[first] … items[last - 1]; sub-directories lie within. */
struct directory {
	struct str path;
	size_t first, last;
};

/*
 * The listing of what a walk found; nothing is read yet. Every file becomes a
 * source: file i has the id i + 1.
 */
void files_list(struct arena *arena, const struct fs_entries *entries, struct files *ret_files,
	struct sources *ret_sources);

/*
 * Reads `file`, which is one of `files`, and parses it when it is YAML: sets
 * state, text, docs, syntax, is_kept and is_template. Trees and text that stays
 * go to `arena`; other text goes to `scratch`, as what only reading needs. With
 * FILE_FAILED *reterr says why. Touches nothing but this file, so different
 * files may be loaded at the same time.
 */
void files_load(const struct files *files, struct file *file, int root_fd, struct arena *arena,
	struct arena *scratch, struct error *reterr);

/* Reads the text of a file again, to stay in `arena`: of one that files_load let go. False with *reterr when
 * the system would not let us any more. */
bool files_keep(const struct files *files, struct file *file, int root_fd, struct arena *arena,
	struct error *reterr) NODISCARD;

/* Is there a Chart.yaml in a directory above `path`, below the root of the repository? Its tree is Helm's. */
bool files_in_chart(const struct files *files, struct str path);

/* The file at a clean path, or NULL. */
const struct file *files_get(const struct files *files, struct str path);

const struct directory *files_directory(const struct files *files, struct str path);

/* The text of YAML and of what is kept for the models; empty for others, whatever a report keeps of them. */
struct str file_words(const struct file *file);

/* First file of `names` (ends with an empty one) that is a regular file directly in `directory`, or NULL. */
const struct file *files_first_of(const struct files *files, struct str directory, const struct str *names);

#endif
