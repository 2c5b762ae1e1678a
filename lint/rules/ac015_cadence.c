#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_CADENCE);
}

const struct rule rule_AC015 = {
	.code = "AC015",
	.name = "ocs-cadence-invalid",
	.summary = "Container scanning has no schedule, or one that the scanner cannot read.",
	.rationale = "Without `cadence` the agent server refuses the whole file. With a `cadence` that is no "
		     "cron expression it takes the file, but `agentk` cannot read the schedule and never "
		     "scans: nobody is told but its log. The scanner reads five fields in UTC: minute 0 to "
		     "59, hour 0 to 23, day 1 to 31, month 1 to 12, day of the week 0 to 6, where Sunday is "
		     "0 and never 7; also `@daily` and the like.\n\nTo verify: the log of `agentk` says why "
		     "it cannot parse the cadence; no report appears on the agent's **Security** tab.",
	.advice = "Write for instance `cadence: '0 0 * * *'` for every midnight, or `'0 13 * * 0'` for "
		  "Sundays at 13:00.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/vulnerabilities/#enable-via-agent-configuration",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
