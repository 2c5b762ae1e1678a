/* How a kustomization file names files and directories (api/internal/loader, api/internal/git). */
#ifndef GLAGENT_KUSTOMIZE_LOADER_H
#define GLAGENT_KUSTOMIZE_LOADER_H

#include "kustomize/builder.h"

enum load_result {
	LOAD_FILE,      /* a file that may be read */
	LOAD_DIRECTORY, /* one that is there */
	LOAD_FORBIDDEN, /* a file outside of the directory that names it, and that is not allowed */
	LOAD_MISSING,
	LOAD_UNKNOWN, /* remote, absolute, outside of the repository, behind a link or in a submodule */
};

struct location {
	enum load_result result;
	struct str path;         /* clean, from the root of the repository; empty when UNKNOWN */
	const struct file *file; /* LOAD_FILE and LOAD_FORBIDDEN */
	const char *why;         /* LOAD_UNKNOWN */
	bool is_remote;
};

/* Where `path`, as the layer names it, leads. */
struct location site_locate(const struct site *site, struct str path, bool from_root);

/* An address that kustomize would clone or fetch when nothing local is there. */
bool path_is_remote(struct str path);

/* The file that a field of the site names; NULL after having recorded why not. `what` is "a patch", say. */
const struct file *site_load(struct site *site, const struct ynode *at, struct str path, const char *what);

/* The bytes of a file; false when they were not kept. */
bool file_content(const struct file *file, struct str *ret_content) NODISCARD;

#endif
