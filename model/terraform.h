/*
 * Terraform that bootstraps Flux: resource "flux_bootstrap_git" of
 * fluxcd/terraform-provider-flux (internal/provider/resource_bootstrap_git.go).
 *
 * Literals and templates of them are known; var.x and local.x where the same
 * directory gives them a literal. A variable's default may be set otherwise by
 * who runs Terraform or calls the module, and says so.
 */
#ifndef GLAGENT_TERRAFORM_H
#define GLAGENT_TERRAFORM_H

#include "bootstrap.h"
#include "hcl.h"

struct terraform_bootstrap {
	const struct file *file;
	struct str name;
	struct span span; /* of the block */
	struct argument path, namespace;
	/* The path in the repository that Flux gets, clean; "" is its root, also when there is no path. */
	struct str directory;
	enum argument_state directory_state; /* KNOWN or UNKNOWN */
	bool is_default;
};

struct terraform {
	struct {
		struct terraform_bootstrap *items;
		size_t len, cap;
	} bootstraps; /* in file order */
	struct {
		const struct file **items;
		size_t len, cap;
	} unread; /* files that mention the resource and cannot be read as HCL */
};

void terraform_collect(struct arena *arena, const struct files *files, struct terraform *ret_terraform);

/* Values that the *.tf files of a directory give to variables and locals. */
void terraform_scope(
	struct arena *arena, const struct files *files, struct str directory, struct hcl_scope *ret_scope);

bool terraform_is_source(struct str path);

#endif
