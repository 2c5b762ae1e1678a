/*
 * Every place that installs the agent by its chart, with the values it gives:
 * HelmReleases, as each cluster gets them and as they lie unapplied,
 * Applications of Argo CD, commands of Helm in scripts, and Terraform; and packages of kpt. Values are merged
 * in Helm's order; what something unread may set or change is not among them.
 */
#ifndef GLAGENT_INSTALLS_H
#define GLAGENT_INSTALLS_H

#include "flux/release.h"
#include "scripts/scripts.h"
#include "strvals.h"

struct install {
	const struct applied *applied;      /* the HelmRelease; NULL: it is something else */
	const struct resource *application; /* of Argo CD */
	const struct script *script;        /* that runs the command */
	const struct resource *deployment;  /* of a package of kpt, which has no chart: config.kasAddress and
					       config.receptive.enabled are all that is told of it */
	const struct ynode *at;             /* where it is written: the place of what it does not say */
	struct str release, namespace;      /* empty: not known */
	struct str version;                 /* of the chart, "2.6.2"; empty: not known, or a range */
	bool is_official;             /* the chart comes from GitLab's own repository, as far as is seen */
	const struct ynode *values;   /* a mapping, of YAML 1.2's words; what is not known holds "${}" */
	bool is_open;                 /* something unread may set what `values` has not */
	bool is_patched;              /* a post-renderer may change what the chart makes */
	bool reuses_values;           /* a command: --reuse-values */
	const struct ynode *reuse_at; /* where that stands */
};

struct installs {
	struct scripts scripts; /* those that mention Helm and the chart */
	struct {
		struct install *items;
		size_t len, cap;
	} items; /* releases in the order of their clusters, the unapplied ones, the others in file order */
	struct {
		struct strvals_word *items;
		size_t len, cap;
	} secrets;       /* what commands say behind --password and the like */
	struct map read; /* paths of files that commands read, and of the commands' own */
};

const struct installs *installs_collect(struct arena *arena, const struct files *files,
	const struct resources *resources, const struct clusters *clusters);

enum value_state {
	VALUE_ABSENT, /* for sure */
	VALUE_OPEN,   /* not known */
	VALUE_EMPTY,  /* null, "", [] or {} */
	VALUE_SET,
};

struct value {
	enum value_state state;
	const struct ynode *node; /* when EMPTY or SET */
	struct str text;          /* of a scalar that is SET; else empty */
};

/* The value at a dotted path: install_value(install, STR("config.token")). */
struct value install_value(const struct install *install, struct str path);

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_OPEN };

/* Does a template's `if` take the value for true? `otherwise` is the chart's default. */
enum answer install_flag(const struct install *install, struct str path, bool otherwise);

/* Does a file with that path hold an install, or values of one, that is no HelmRelease? */
bool installs_read(const struct installs *installs, struct str path);

#endif
