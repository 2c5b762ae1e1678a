#include "ci_agent_jobs.h"

static bool
check_command(struct lint *lint, const struct agent_job *job, const struct agent_command *command)
{
	static const struct str of_kubectl[] = { STR_INIT("--insecure-skip-tls-verify"), { NULL, 0 } };
	static const struct str of_helm[] = { STR_INIT("--kube-insecure-skip-tls-verify"), { NULL, 0 } };
	const struct shell_word *word = agent_command_flag(command, command->is_helm ? of_helm : of_kubectl);
	if (!word || str_ends(word->text, STR("=false"))) {
		return false;
	}
	struct finding *finding = lint_report_at(lint, job->job->file, word->span,
		"the job's token goes to whoever answers: the agent server's certificate is not checked");
	lint_relate_at(lint, finding, job->context->file, job->context->span,
		"the agent's context is selected here");
	lint_help(lint, finding,
		"set the CI/CD variable SSL_CERT_FILE to the CA, or pass --certificate-authority");
	return true;
}

static void
check_job(struct lint *lint, const struct agent_job *job)
{
	each_agent_command(lint, job, check_command);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	static const struct str words[] = { STR_INIT("insecure-skip-tls-verify"), { NULL, 0 } };
	each_agent_job(lint, repository, words, check_job);
}

const struct rule rule_CI007 = {
	.code = "CI007",
	.name = "kubectl-insecure-skip-tls",
	.summary = "A job talks to an agent without checking the server's certificate.",
	.rationale =
		"Through an agent's context `kubectl` talks to the agent server of GitLab, over the network "
		"between runner and GitLab, and sends the job's token along. With "
		"`--insecure-skip-tls-verify` whoever can put himself between the two gets the token, and "
		"with it what the job may do in the cluster, and can change what is applied.\n\nSaid of "
		"commands of `kubectl` and `helm` in jobs that select the context of an agent; not of "
		"commands that name another cluster or kubeconfig.",
	.advice = "Give the job the CA: a file-type CI/CD variable `SSL_CERT_FILE`, or "
		  "`--certificate-authority=$KAS_CERTIFICATE`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#environments-with-kas-that-use-self-signed-certificates",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
