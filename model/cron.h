/*
 * Schedules as the agent's scanner reads them: robfig/cron v3, ParseStandard
 * (https://pkg.go.dev/github.com/robfig/cron/v3#ParseStandard).
 */
#ifndef GLAGENT_CRON_H
#define GLAGENT_CRON_H

#include "str.h"

/*
 * Would ParseStandard take `spec`: five fields, @daily and the like, or @every
 * with a duration, behind an optional TZ=. The name of a time zone is not
 * looked up: which there are is up to the machine.
 */
bool cron_is_valid(struct str spec);

#endif
