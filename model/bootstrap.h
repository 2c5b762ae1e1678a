/*
 * `flux bootstrap` and `glab cluster agent bootstrap` in the scripts of a
 * repository: what each is given, as the programs read their arguments.
 *
 * Flags are those of fluxcd/flux2 (cmd/flux/bootstrap*.go, main.go, with the
 * kubeconfig flags of k8s.io/cli-runtime) and of gitlab-org/cli
 * (internal/commands/cluster/agent/bootstrap), read as spf13/pflag does: --x v,
 * --x=v, -x v, -xv, -x=v, before or behind other arguments; the last one wins;
 * `--` ends them. A word that is unknown as a whole may be any flag: what it may
 * set is unknown, unless a later flag sets it.
 */
#ifndef GLAGENT_BOOTSTRAP_H
#define GLAGENT_BOOTSTRAP_H

#include "scripts/scripts.h"

enum argument_state { ARGUMENT_ABSENT, ARGUMENT_KNOWN, ARGUMENT_UNKNOWN };

struct argument {
	enum argument_state state;
	bool is_default;  /* known, unless whoever runs it sets a variable */
	struct str text;  /* KNOWN: what the program gets; UNKNOWN: what it begins with for sure */
	struct span span; /* the value's place; {0, 0} when absent */
};

enum bootstrap_kind { BOOTSTRAP_FLUX, BOOTSTRAP_GLAB };

enum bootstrap_argument {
	/* of flux */
	BOOTSTRAP_PATH,
	BOOTSTRAP_NAMESPACE,
	BOOTSTRAP_URL,
	BOOTSTRAP_OWNER,
	BOOTSTRAP_REPOSITORY,
	BOOTSTRAP_STRAY_PATH, /* path=… without dashes: flux takes it for nothing (ARGUMENT_KNOWN or ABSENT)
			       */
	/* of glab */
	BOOTSTRAP_MANIFEST_PATH,
	BOOTSTRAP_AGENT,
	BOOTSTRAP_PROJECT, /* -R: which repository, where it is not that of the working directory */
	BOOTSTRAP_RELEASE_NAME,
	BOOTSTRAP_RELEASE_NAMESPACE,
	BOOTSTRAP_RELEASE_TARGET_NAMESPACE,
	BOOTSTRAP_RELEASE_FILE,
	BOOTSTRAP_RELEASE_VALUES,
	BOOTSTRAP_SOURCE_FILE,
	BOOTSTRAP_TOKEN_SECRET,
	BOOTSTRAP_FLUX_SOURCE_TYPE,
	BOOTSTRAP_FLUX_SOURCE_NAMESPACE,
	BOOTSTRAP_FLUX_SOURCE_NAME,
	BOOTSTRAP_UNKNOWN_PATH, /* --path, which glab does not have; its place is the flag's */
	/* of both */
	BOOTSTRAP_BRANCH,
	BOOTSTRAP_ARGUMENT_COUNT,
	BOOTSTRAP_NONE = BOOTSTRAP_ARGUMENT_COUNT, /* a flag that nobody here asks for */
};

struct bootstrap {
	enum bootstrap_kind kind;
	const struct script *script; /* its file, and whether places are exact */
	struct span span;            /* of the command */
	bool is_sure; /* false: run through something that is not known, or under a name that is a variable */
	bool has_unknown_flag; /* the program knows no such flag, and stops */
	struct str provider; /* of flux: "git", "github", "gitlab", "gitea", "bitbucket-server", or empty when
				unknown */
	struct argument arguments[BOOTSTRAP_ARGUMENT_COUNT];
	/* --path as flux cleans it (".." stops at the root; SafeRelativePath), or --manifest-path as glab
	 * joins it to its files' names (path.Join); "" is the root of the repository, also when the flag is
	 * absent. Only where directory_state is KNOWN. */
	struct str directory;
	enum argument_state directory_state; /* KNOWN or UNKNOWN */
	bool is_default;                     /* of the directory */
	bool is_outside;                     /* glab: the path is absolute, or leads out of the repository */
};

struct bootstraps {
	struct scripts scripts; /* those that mention bootstrapping */
	struct {
		struct bootstrap *items;
		size_t len, cap;
	} commands; /* in file order */
};

void bootstraps_collect(struct arena *arena, const struct files *files, struct bootstraps *ret_bootstraps);

/* Is the command one of the two? Then fills *ret_bootstrap, but for `script`; `text` is that of its file. */
bool bootstrap_read(struct arena *arena, struct str text, const struct shell_command *command,
	struct bootstrap *ret_bootstrap) NODISCARD;

/* A path as flux takes --path (SafeRelativePath: ".." stops at the root); the root is "". */
struct str bootstrap_flux_directory(struct arena *arena, struct str path);

#endif
