/* The functions that a Kptfile's pipeline runs, held against what kpt demands of them before it runs any. */
#ifndef GLAGENT_KPT_FUNCTIONS_H
#define GLAGENT_KPT_FUNCTIONS_H

#include "kpt/packages.h"
#include "rule.h"

/* Reports what makes kpt refuse the pipeline of a package whose fields are right. */
void kpt_functions_check(struct lint *lint, const struct kpt_package *package);

#endif
