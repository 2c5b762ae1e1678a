/* What SOPS encrypts in a file: by a rule of .sops.yaml, or by the stanza that it left in the file. */
#ifndef GLAGENT_SOPS_H
#define GLAGENT_SOPS_H

#include "regex.h"
#include "rule.h"

/*
 * The first creation rule of the nearest .sops.yaml above the file that is for it (sops 3.10,
 * config/config.go: the path counts from that file's directory, a rule without path_regex is for all). NULL
 * when there is none, or when it is not known which.
 */
const struct ynode *sops_rule_for(const struct files *files, const struct file *file);

/* Which values are encrypted. */
struct sops_scope {
	struct regex *encrypted, *unencrypted; /* of keys; NULL: none is stated */
	struct str encrypted_suffix, unencrypted_suffix;
	bool is_known; /* false: a pattern is not understood */
};

/* `mapping` is a creation rule or a stanza. */
void sops_scope_read(const struct ynode *mapping, struct sops_scope *ret_scope);
void sops_scope_release(struct sops_scope *scope);

/* The first value of the document that is to be encrypted, and is not; NULL when there is none. Empty values,
 * placeholders and the stanza do not count. */
const struct ynode *sops_plain_value(const struct sops_scope *scope, const struct ynode *root);

#endif
