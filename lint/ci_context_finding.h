/* What rules about agents that GitLab CI names share. */
#ifndef GLAGENT_CI_CONTEXT_FINDING_H
#define GLAGENT_CI_CONTEXT_FINDING_H

#include "declared_gitlab.h"
#include "rule.h"
#include "scripts/ci_contexts.h"

/* Reports where the agent is named. `message` is a whole sentence. */
struct finding *report_ci_context(struct lint *lint, const struct ci_context *context, struct str message);

/* Is it an agent of the project that this repository is? A remote is not asked: a fork's is another's. */
bool ci_context_is_ours(const struct ci_context *context, const struct declared_gitlab *gitlab);

/* Reports agents of this very project for which there is no directory: in contexts of kubectl, or in
 * environments. */
void report_missing_agents(struct lint *lint, const struct repository *repository, bool of_environments);

#endif
