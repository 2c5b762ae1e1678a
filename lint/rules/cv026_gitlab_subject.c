#include "applied_finding.h"
#include "bound_roles.h"
#include "gitlab_subject.h"

/* A template's or somebody's placeholder. */
static bool
is_filled_in(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (str_has_char(STR("<>{}$%[]"), name.ptr[i])) {
			return true;
		}
	}
	return false;
}

static void
check_subject(struct lint *lint, const struct applied *applied, const struct ynode *subject)
{
	const struct ynode *name = ynode_get(subject, STR("name"));
	struct gitlab_subject_fault fault;
	if (!applied_is_plain(name) || is_filled_in(ynode_str(name))
		|| !gitlab_subject_is_wrong(lint_arena(lint), ynode_str(ynode_get(subject, STR("kind"))),
			ynode_str(name), &fault)) {
		return;
	}
	const struct ynode *place = applied_place(applied, name);
	struct finding *finding = lint_report(lint, place, "\"%.*s\" matches nobody: %.*s",
		STR_ARG(ynode_str(name)), STR_ARG(fault.message));
	if (!fault.is_sure) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_help(lint, finding, "%.*s", STR_ARG(fault.help));
	lint_applied(lint, finding, applied, place);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *subject = applied_is_binding(applied) ? binding_subjects(applied) : NULL;
	for (; subject; subject = subject->next) {
		check_subject(lint, applied, subject);
	}
}

const struct rule rule_CV026 = {
	.code = "CV026",
	.name = "gitlab-subject-malformed",
	.summary = "A binding names an identity of GitLab that nobody ever has.",
	.rationale = "An agent that impersonates tells the API server who asks by names that GitLab makes: "
		     "`gitlab:project:42`, `gitlab:project_env:42:production`, "
		     "`gitlab:group_role:7:developer` and a few "
		     "more. Kubernetes takes a binding to any other name and it gives nobody anything: the "
		     "jobs and users "
		     "it is for get *403*.\n\nUsual are a path in place of the number "
		     "(`gitlab:project:group/app`), a part "
		     "that is missing, a role in capitals, a tier that is none (`prod`) and a group where "
		     "GitLab gives the "
		     "name to a user. Only names with one of GitLab's own words between two colons are "
		     "judged, and a "
		     "warning is given for a word that is nearly one; roles that are not known here are left "
		     "alone.",
	.advice = "Use ids: the number on the page of the project or group, or `CI_PROJECT_ID` and "
		  "`CI_PROJECT_NAMESPACE_ID` of a job.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#impersonate-the-cicd-job-that-"
		"accesses-the-cluster",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
