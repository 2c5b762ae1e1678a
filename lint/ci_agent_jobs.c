#include "ci_agent_jobs.h"

#include "names.h"

static bool
is_within(struct span inner, struct span outer)
{
	return inner.start >= outer.start && inner.end <= outer.end;
}

/* "group/project:agent": other contexts are another cluster's, or of somebody's own making. */
static bool
is_agents(const struct ci_context *context)
{
	return context->agent.ptr && name_is_label(context->agent)
		&& (context->is_own || name_is_project(context->project));
}

/* Of the job itself, or of the variables that all jobs of the file have. */
static bool
is_of_job(const struct ci_context *context, const struct ci_job *job)
{
	const struct ynode *global = ynode_at(job->root, "variables", "KUBE_CONTEXT", NULL);
	bool is_global = global && context->at && is_within(context->at->span, global->span)
		&& !ynode_at(job->body, "variables", "KUBE_CONTEXT", NULL);
	return context->file == job->file && (is_global || is_within(context->span, job->body->span));
}

/* False when the job selects no agent, or another kind of context, too: no command is surely for either. */
static bool
find_context(const struct ci_contexts *contexts, struct agent_job *job)
{
	bool is_other = false;
	job->is_only = true;
	for (size_t i = 0; i < contexts->len; i++) {
		const struct ci_context *context = &contexts->items[i];
		if (context->kind == CI_CONTEXT_ENVIRONMENT || !is_of_job(context, job->job)) {
			continue;
		}
		is_other = is_other || !is_agents(context);
		job->context = job->context ? job->context : context;
		job->is_only = job->is_only && str_eq(job->context->text, context->text);
	}
	return job->context && !is_other;
}

void
each_agent_job(struct lint *lint, const struct repository *repository, const struct str *words,
	void (*check)(struct lint *, const struct agent_job *))
{
	struct ci_jobs jobs;
	struct ci_contexts contexts;
	struct scripts scripts;
	ci_jobs_collect(lint_arena(lint), repository->files, &jobs);
	ci_contexts_collect(lint_arena(lint), repository->files, &contexts);
	scripts_collect(lint_arena(lint), repository->files, words, &scripts);
	for (size_t i = 0; i < jobs.len; i++) {
		struct agent_job job = { .job = &jobs.items[i], .scripts = &scripts };
		if (find_context(&contexts, &job)) {
			check(lint, &job);
		}
	}
}

static bool
is_flag(struct str word, struct str flag)
{
	return str_starts(word, flag) && (word.len == flag.len || word.ptr[flag.len] == '=');
}

const struct shell_word *
agent_command_flag(const struct agent_command *command, const struct str *flags)
{
	for (size_t i = command->arguments; i < command->command->len; i++) {
		const struct shell_word *word = &command->command->words[i];
		if (str_eq(word->text, STR("--"))) {
			return NULL; /* what follows is run in a container */
		}
		for (const struct str *flag = flags; word->is_known && flag->len > 0; flag++) {
			if (is_flag(word->text, *flag)) {
				return word;
			}
		}
	}
	return NULL;
}

/* Does it go where the job's context does? */
static bool
goes_to_agent(const struct agent_command *command)
{
	static const struct str others[] = { STR_INIT("--kubeconfig"), STR_INIT("--server"), STR_INIT("-s"),
		STR_INIT("--context"), STR_INIT("--cluster"), STR_INIT("--kube-context"),
		STR_INIT("--kube-apiserver"), { NULL, 0 } };
	static const struct str config = STR_INIT("config");
	const struct shell_command *shell = command->command;
	for (size_t i = command->arguments; i < shell->len; i++) {
		if (!shell->words[i].is_known) {
			return false; /* may say another cluster */
		}
		if (!str_starts(shell->words[i].text, STR("-"))) {
			return !str_eq(shell->words[i].text, config) && !agent_command_flag(command, others);
		}
	}
	return false;
}

/* False when it is no command of the job that goes to the agent. */
static bool
read_command(const struct agent_job *job, const struct script *script, const struct shell_command *shell,
	struct agent_command *ret_command)
{
	static const struct str names[] = { STR_INIT("kubectl"), STR_INIT("helm") };
	struct shell_program program;
	if (script->file != job->job->file || !is_within(shell->span, job->job->body->span)
		|| !shell_program_find(shell, names, countof(names), STR(""), &program) || !program.is_sure) {
		return false;
	}
	*ret_command = (struct agent_command){ script, shell, program.which == 1, program.arguments };
	return goes_to_agent(ret_command);
}

void
each_agent_command(struct lint *lint, const struct agent_job *job,
	bool (*check)(struct lint *, const struct agent_job *, const struct agent_command *))
{
	for (size_t i = 0; i < job->scripts->len; i++) {
		const struct script *script = &job->scripts->items[i];
		for (size_t j = 0; j < script->commands.len; j++) {
			struct agent_command command;
			if (read_command(job, script, &script->commands.items[j], &command)
				&& check(lint, job, &command)) {
				return;
			}
		}
	}
}
