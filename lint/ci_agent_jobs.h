/* Jobs of GitLab CI that use an agent's context, and the commands they run. */
#ifndef GLAGENT_CI_AGENT_JOBS_H
#define GLAGENT_CI_AGENT_JOBS_H

#include "ci_context_finding.h"
#include "scripts/scripts.h"
#include "shell_program.h"

struct agent_job {
	const struct ci_job *job;
	const struct ci_context *context; /* the first of an agent that it selects */
	bool is_only;                     /* it selects no other agent */
	const struct scripts *scripts;    /* those of all files */
};

/* Calls `check` for each job that selects an agent's context, in its commands or by KUBE_CONTEXT, and no
 * other context. `words` are
 * those that its scripts have to mention (ends with an empty one): others have no commands. */
void each_agent_job(struct lint *lint, const struct repository *repository, const struct str *words,
	void (*check)(struct lint *, const struct agent_job *));

/* A command of the job that talks to the cluster through kubectl or helm. */
struct agent_command {
	const struct script *script;
	const struct shell_command *command;
	bool is_helm;
	size_t arguments; /* index of the first word behind the program */
};

/* Calls `check` for each of those, in order; not for what names another cluster itself (--kubeconfig,
 * --server, another --context) or only writes a kubeconfig (kubectl config). With true, a finding was
 * reported, and that is enough for one job. */
void each_agent_command(struct lint *lint, const struct agent_job *job,
	bool (*check)(struct lint *, const struct agent_job *, const struct agent_command *));

/* The first word that is one of `flags` (ends with an empty one), alone or with "=…"; NULL: there is none. */
const struct shell_word *agent_command_flag(const struct agent_command *command, const struct str *flags);

#endif
