#include "ci_agent_jobs.h"
#include "path.h"

/* The job's image, or that of all jobs of the file; NULL where another job or file may say it. */
static const struct ynode *
image_of(const struct ci_job *job)
{
	const struct ynode *image = ynode_get(job->body, STR("image"));
	bool is_own = image || ynode_get(job->body, STR("extends")) || ynode_get(job->body, STR("inherit"))
		|| ynode_get(job->body, STR("<<"));
	image = is_own ? image : ynode_at(job->root, "default", "image", NULL);
	image = is_own || image ? image : ynode_get(job->root, STR("image"));
	return ynode_is(image, YNODE_MAPPING) ? ynode_get(image, STR("name")) : ynode_follow(image);
}

/* bitnami/kubectl:1.27.1-debian-11-r0, registry.k8s.io/kubectl:v1.27.0, alpine/k8s:1.27.1. */
static bool
has_the_bug(struct str image)
{
	struct str tag = path_base(image), name = str_cut(&tag, ':');
	tag = tag.ptr && str_starts(tag, STR("v")) ? str_skip(tag, 1) : tag;
	bool is_kubectl = str_eq(name, STR("kubectl")) || str_find(image, STR("alpine/k8s:")) < image.len;
	bool is_old = tag.ptr && (str_starts(tag, STR("1.27.0")) || str_starts(tag, STR("1.27.1")));
	size_t end = sizeof("1.27.0") - 1;
	return is_kubectl && is_old && (tag.len == end || str_has_char(STR("-+_@"), tag.ptr[end]));
}

static bool
check_command(struct lint *lint, const struct agent_job *job, const struct agent_command *command)
{
	static const struct str verbs[] = { STR_INIT("apply"), STR_INIT("create"), STR_INIT("replace"),
		{ NULL, 0 } };
	static const struct str files[] = { STR_INIT("-f"), STR_INIT("--filename"), STR_INIT("-k"),
		STR_INIT("--kustomize"), { NULL, 0 } };
	static const struct str validate[] = { STR_INIT("--validate"), { NULL, 0 } };
	const struct ynode *image = image_of(job->job);
	bool is_of_files = agent_command_flag(command, verbs) && agent_command_flag(command, files);
	if (command->is_helm || !is_of_files || agent_command_flag(command, validate)) {
		return false;
	}
	struct finding *finding = lint_report(
		lint, image, "kubectl of this version cannot validate what it applies through an agent");
	lint_relate_at(
		lint, finding, job->job->file, command->command->span, "this stops with \"status code 426\"");
	lint_help(lint, finding, "use kubectl 1.27.2 or later");
	lint_object(lint, finding, job->job->root, image);
	return true;
}

static void
check_job(struct lint *lint, const struct agent_job *job)
{
	const struct ynode *image = image_of(job->job);
	if (ynode_is(image, YNODE_SCALAR) && has_the_bug(ynode_str(image))) {
		each_agent_command(lint, job, check_command);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	static const struct str words[] = { STR_INIT("kubectl"), { NULL, 0 } };
	each_agent_job(lint, repository, words, check_job);
}

const struct rule rule_CI008 = {
	.code = "CI008",
	.name = "kubectl-426",
	.summary = "A job applies manifests through an agent with a kubectl that fails at it.",
	.rationale =
		"`kubectl` 1.27.0 and 1.27.1 ask for the cluster's schema in a way that does not get through "
		"the agent server, and stop with *error validating data: the server responded with the "
		"status code 426 but did not return more information*.\n\nSaid of jobs whose image is one of "
		"`kubectl` or `alpine/k8s` of these versions, which select an agent's context and run "
		"`kubectl apply`, `create` or `replace` without `--validate`.",
	.advice =
		"Use another version of `kubectl`; `--validate=false` helps too, but then nobody validates.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#validation-errors",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
