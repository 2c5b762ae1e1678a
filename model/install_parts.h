/* What the readers of installs share: values in layers. */
#ifndef GLAGENT_INSTALL_PARTS_H
#define GLAGENT_INSTALL_PARTS_H

#include "installs.h"

struct install_reader {
	struct arena *arena;
	const struct files *files;
	const struct resources *resources;
	struct installs *installs;
	size_t copies_left; /* of nodes, for values that lie over others */
	size_t placed_left; /* bytes of files that values in scalars are placed in */
	struct map cleaned; /* path of a values file -> its tree */
	struct map charts;  /* repositories that commands add, by name: the reader itself for GitLab's own */
	/* What is told of the scripts of one file. */
	const struct file *asked;
	bool is_elsewhere, has_other_lines;
	struct map shared;  /* names that Helm's commands for other charts mention */
	struct map changed; /* names of files that other commands may change before Helm reads them */
};

/* Lays a mapping over the values; anything else may be any values. NULL is an empty file. */
void values_lay(struct install_reader *reader, struct install *install, const struct ynode *over);

/* Something unread is laid over them. */
void values_open(struct arena *arena, struct install *install);

/*
 * The text of a values file as a tree for values_lay: YAML 1.1's booleans are
 * spelled as 1.2's. False when it is not clear what Helm reads in it.
 */
bool values_read(struct arena *arena, const struct source *source, uint32_t id,
	const struct ynode **ret_tree) NODISCARD;
bool values_clean(struct arena *arena, const struct ynode *tree, const struct ynode **ret_tree) NODISCARD;

/* The same of a values file that is a scalar of another: its nodes stand where they are written, as far as
 * that can be told. */
bool values_of_scalar(
	struct install_reader *reader, const struct ynode *scalar, const struct ynode **ret_tree) NODISCARD;

/* Lays a values file, and notes that it is read; what cannot be told of it opens the install. NULL: not known
 * which file it is. Of one that other charts are given as well (`is_shared`), only the agent's chart's values
 * count. */
void values_lay_file(
	struct install_reader *reader, struct install *install, const struct file *file, bool is_shared);
/* Of values that other charts are given, too, those that the agent's chart has. */
const struct ynode *values_of_chart(
	struct arena *arena, const struct install *install, const struct ynode *tree);

/* A scalar that stands for what is not known. */
const struct ynode *values_unknown(struct arena *arena);

/* Reads the HelmRelease; false when it is none of the agent's chart. */
bool install_of_release(
	struct install_reader *reader, const struct applied *applied, struct install *ret_install) NODISCARD;

/* Reads the Applications of Argo CD. */
void installs_of_applications(struct install_reader *reader);

/* The file that an entry of valueFiles names; NULL: not known. */
const struct file *application_file(
	struct install_reader *reader, const struct resource *application, struct str entry);

/* Lays the list `values` of a helm_release in `file`. */
void terraform_lay_values(struct install_reader *reader, struct install *install, const struct file *file,
	struct str expression);

/* Reads the helm_release resources of Terraform. */
void installs_of_terraform(struct install_reader *reader);

/* Reads the Deployments in packages of kpt. */
void installs_of_packages(struct install_reader *reader);

/* Is it the address of GitLab's own chart repository? */
bool install_is_official(struct str url);

/* Reads the commands of Helm. */
void installs_of_commands(struct install_reader *reader);

/* The YAML file that the script reads by that path, from the root of the repository or from beside the
 * script; NULL: it is not sure which. */
const struct file *install_file_of(
	struct install_reader *reader, const struct script *script, struct str path);

/* What `helm upgrade` and `helm install` are given (pkg/cmd of helm.sh/helm, 3.19 and 4.0). */
enum helm_flag {
	HELM_OTHER,  /* a value that nobody here asks for */
	HELM_SECRET, /* such a value that is not to be shown */
	HELM_SWITCH,
	HELM_REUSE,       /* --reuse-values */
	HELM_RESET_REUSE, /* --reset-then-reuse-values */
	HELM_HELP,
	HELM_NAMESPACE,
	HELM_VERSION,
	HELM_REPOSITORY,
	HELM_POST_RENDERER,
	/* Values, in the order in which Helm lays them. */
	HELM_FILE,
	HELM_SET_JSON,
	HELM_SET,
	HELM_SET_STRING,
	HELM_SET_FILE,
	HELM_SET_LITERAL,
	HELM_NONE, /* Helm has no such flag */
};

/* Of a flag's name without its dashes. */
enum helm_flag helm_flag(struct str name);

enum { HELM_WORDS_MAX = 200 };

/* A flag's value. */
struct helm_value {
	enum helm_flag flag;
	struct strvals_word word; /* its text, and where it stands */
	bool is_default;          /* known, unless whoever runs it sets a variable */
};

struct helm_command {
	bool is_install; /* else an upgrade */
	struct helm_value *values;
	size_t len;
	const struct shell_word *positionals[2];
	size_t positional_count;
	bool is_open;    /* a word may be any flag */
	bool is_partial; /* a word may set more than is seen of it */
};

/* Is it `helm upgrade` or `helm install`, with flags that Helm has, and run for sure? */
bool helm_command_read(struct arena *arena, const struct script *script, const struct shell_command *command,
	struct helm_command *ret_command) NODISCARD;

#endif
