/*
 * The packages of kpt in a repository: directories with a Kptfile. kpt v1 reads
 * it strictly (pkg/kptfile/kptfileutil and api/kptfile/v1 of kptdev/kpt): a
 * field that it does not know ends every command on the package.
 */
#ifndef GLAGENT_KPT_PACKAGES_H
#define GLAGENT_KPT_PACKAGES_H

#include "files.h"

struct kpt_package {
	const struct file *file; /* the Kptfile */
	struct str directory;
	const struct ynode *root; /* NULL where the file has no document, or a syntax error */
	bool is_v1;               /* apiVersion and kind are those that kpt v1 reads */
};

struct kpt_packages {
	struct kpt_package *items; /* in path order */
	size_t len, cap;
};

/* Those in archives, examples, charts and templates are left out: nobody's packages. */
void kpt_packages_collect(struct arena *arena, const struct files *files, struct kpt_packages *ret_packages);

/* The innermost package that holds `path`, or NULL. */
const struct kpt_package *kpt_package_of(const struct kpt_packages *packages, struct str path);

/* The first item of pipeline.LIST ("mutators", "validators"); NULL when there is none. */
const struct ynode *kpt_functions(const struct kpt_package *package, const char *list);

/* A text of a function, as kpt takes it: empty for null. */
struct str kpt_text(const struct ynode *map, const char *key);

/* What an image is called without registry, tag and digest: "apply-setters". */
struct str kpt_image_name(struct str image);

#endif
