#include "scripts/ci_contexts.h"

#include "scripts/scripts.h"
#include "shell_program.h"
#include "vec.h"

struct collecting {
	struct arena *arena;
	struct ci_contexts *out;
};

/* What is behind $CI_PROJECT_PATH; all of `text` when it does not begin so. */
static struct str
behind_own(struct str text)
{
	static const struct str spellings[] = { STR_INIT("$CI_PROJECT_PATH:"),
		STR_INIT("${CI_PROJECT_PATH}:") };
	for (size_t i = 0; i < countof(spellings); i++) {
		if (str_starts(text, spellings[i])) {
			return str_skip(text, spellings[i].len - 1);
		}
	}
	return text;
}

static void
add(struct collecting *c, struct ci_context context)
{
	struct str rest = behind_own(context.text);
	context.is_own = rest.len < context.text.len;
	if (rest.len == 0 || !ci_text_is_plain(rest)) {
		return;
	}
	context.project = str_cut(&rest, ':');
	context.agent = rest;
	vec_push(c->arena, c->out, context);
}

static void
add_node(struct collecting *c, enum ci_context_kind kind, const struct file *file, const struct ynode *root,
	const struct ynode *node)
{
	node = ynode_follow(node);
	if (ynode_is(node, YNODE_MAPPING)) { /* {value: …, description: …} */
		node = ynode_follow(ynode_get(node, STR("value")));
	}
	if (node && node->kind == YNODE_SCALAR) {
		add(c,
			(struct ci_context){ .kind = kind,
				.file = file,
				.span = node->span,
				.at = node,
				.root = root,
				.text = ynode_str(node) });
	}
}

static const struct ynode *
context_variable(const struct ynode *map)
{
	return ynode_at(map, "variables", "KUBE_CONTEXT", NULL);
}

static void
add_of_jobs(struct collecting *c, const struct ci_jobs *jobs)
{
	const struct ynode *root = NULL;
	for (size_t i = 0; i < jobs->len; i++) {
		const struct ci_job *job = &jobs->items[i];
		if (job->root != root) {
			root = job->root;
			add_node(c, CI_CONTEXT_VARIABLE, job->file, root, context_variable(root));
		}
		add_node(c, CI_CONTEXT_VARIABLE, job->file, root, context_variable(job->body));
		add_node(c, CI_CONTEXT_ENVIRONMENT, job->file, root,
			ynode_at(job->body, "environment", "kubernetes", "agent", NULL));
	}
}

/* The word as it is written, without quotes around all of it. */
static struct str
written(const struct script *script, const struct shell_word *word)
{
	struct str text = str_first(
		str_skip(script->file->source.text, word->span.start), word->span.end - word->span.start);
	bool quoted = text.len >= 2 && (text.ptr[0] == '"' || text.ptr[0] == '\'')
		&& text.ptr[text.len - 1] == text.ptr[0];
	return quoted ? str_first(str_skip(text, 1), text.len - 2) : text;
}

/* kubectl config [FLAG…] use-context CONTEXT */
static void
add_of_command(struct collecting *c, const struct script *script, const struct shell_command *command)
{
	static const struct str names[] = { STR_INIT("kubectl") };
	struct shell_program program;
	if (!shell_program_find(command, names, countof(names), STR("kubectl"), &program)) {
		return;
	}
	for (size_t i = program.arguments; i + 1 < command->len; i++) {
		const struct shell_word *word = &command->words[i + 1];
		if (!str_eq(command->words[i].text, STR("use-context"))) {
			continue;
		}
		if (word->is_known || script->is_exact) {
			add(c,
				(struct ci_context){ .kind = CI_CONTEXT_COMMAND,
					.file = script->file,
					.span = word->span,
					.text = word->is_known && !word->is_default ? word->text
						: script->is_exact                  ? written(script, word)
										    : STR("") });
		}
		return;
	}
}

void
ci_contexts_collect(struct arena *arena, const struct files *files, struct ci_contexts *ret_contexts)
{
	static const struct str words[] = { STR_INIT("use-context"), { NULL, 0 } };
	struct ci_contexts contexts = { 0 };
	struct collecting c = { arena, &contexts };
	struct ci_jobs jobs;
	struct scripts scripts;
	ci_jobs_collect(arena, files, &jobs);
	add_of_jobs(&c, &jobs);
	scripts_collect(arena, files, words, &scripts);
	for (size_t i = 0; i < scripts.len; i++) {
		const struct script *script = &scripts.items[i];
		/* elsewhere it may be the context of another cluster's provider */
		for (size_t j = 0;
			map_get(&jobs.files, script->file->source.path) && j < script->commands.len; j++) {
			add_of_command(&c, script, &script->commands.items[j]);
		}
	}
	*ret_contexts = contexts;
}
