/*
 * Commands in YAML that says by itself what it is: containers of Kubernetes
 * objects, Taskfiles (taskfile.dev/reference/schema), tasks of Ansible
 * (ansible.builtin.command and ansible.builtin.shell).
 */
#include "scripts/parts.h"

static bool
is_shell_program(struct str name)
{
	static const struct str names[] = { STR_INIT("sh"), STR_INIT("bash"), STR_INIT("ash"),
		STR_INIT("dash") };
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(path_base(name), names[i])) {
			return true;
		}
	}
	return false;
}

static const struct ynode *
first_of(const struct ynode *list)
{
	return ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
}

/* What follows -c, -ec and the like; *ret_found says whether there is one, for it may be the last. */
static const struct ynode *
behind_flag(const struct ynode *item, bool *ret_found)
{
	*ret_found = false;
	for (; item && !*ret_found; item = item->next) {
		struct str text = ynode_str(item);
		*ret_found = str_starts(text, STR("-")) && str_ends(text, STR("c"));
	}
	return item;
}

/* The text that `sh -c` gets, in command or in args; NULL when the container runs something else. */
static const struct ynode *
shell_text(const struct ynode *command, const struct ynode *args)
{
	const struct ynode *program = first_of(command);
	bool found;
	if (!program || !is_shell_program(ynode_str(program))) {
		return NULL;
	}
	const struct ynode *text = behind_flag(program->next, &found);
	if (found) {
		return text ? text : first_of(args);
	}
	text = behind_flag(first_of(args), &found);
	return found ? text : NULL;
}

/* What an image runs when its container names no program. */
static struct str
program_of(struct str image)
{
	return str_find(image, STR("flux-cli")) < image.len ? STR("flux") : STR("");
}

static void
collect_container(struct collector *c, const struct ynode *container)
{
	const struct ynode *command = ynode_get(container, STR("command"));
	const struct ynode *args = ynode_get(container, STR("args"));
	const struct ynode *text = shell_text(command, args);
	struct shell_variables none = { 0 };
	if (text) {
		collect_scalar(c, text, &none);
	} else {
		const struct ynode *lists[] = { command, args };
		struct str image = ynode_str(ynode_get(container, STR("image")));
		collect_arguments(c, command ? STR("") : program_of(image), lists, countof(lists));
	}
}

static void
collect_containers(struct collector *c, const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS || c->scalars == SCALARS_MAX) {
		return;
	}
	if (ynode_is(ynode_get(node, STR("image")), YNODE_SCALAR)) {
		collect_container(c, node);
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		collect_containers(c, child);
	}
}

/* A command, or a mapping with `cmd`; references to other tasks are none. */
static void
collect_task_command(struct collector *c, const struct ynode *command)
{
	struct shell_variables none = { 0 };
	const struct ynode *text =
		ynode_is(command, YNODE_MAPPING) ? ynode_get(command, STR("cmd")) : command;
	collect_scalar(c, text, &none);
}

static void
collect_task_list(struct collector *c, const struct ynode *list)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		collect_task_command(c, item);
	}
}

static void
collect_taskfile(struct collector *c, const struct ynode *tasks)
{
	for (const struct ynode *key = tasks->first; key; key = key->next->next) {
		const struct ynode *task = ynode_follow(key->next);
		if (task->kind == YNODE_MAPPING) {
			collect_task_list(c, ynode_get(task, STR("cmds")));
			collect_task_command(c, ynode_get(task, STR("cmd")));
		} else {
			collect_task_list(c, task);
			collect_task_command(c, task);
		}
	}
}

static void
collect_module(struct collector *c, const struct ynode *value)
{
	struct shell_variables none = { 0 };
	const struct ynode *argv = ynode_get(value, STR("argv"));
	collect_scalar(c, ynode_is(value, YNODE_MAPPING) ? ynode_get(value, STR("cmd")) : value, &none);
	collect_arguments(c, STR(""), &argv, 1);
}

/* Plays, blocks and tasks hold each other in lists. */
static void
collect_ansible(struct collector *c, const struct ynode *node)
{
	static const struct str modules[] = { STR_INIT("command"), STR_INIT("shell"),
		STR_INIT("ansible.builtin.command"), STR_INIT("ansible.builtin.shell") };
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS || c->scalars == SCALARS_MAX) {
		return;
	}
	for (size_t i = 0; i < countof(modules) && node->kind == YNODE_MAPPING; i++) {
		const struct ynode *value = ynode_get(node, modules[i]);
		if (value) {
			collect_module(c, value);
		}
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		collect_ansible(c, child);
	}
}

void
collect_documents(struct collector *c)
{
	for (const struct ydoc *doc = c->file->docs; doc; doc = doc->next) {
		const struct ynode *root = doc->root;
		const struct ynode *tasks = ynode_get(root, STR("tasks"));
		if (root->kind == YNODE_SEQUENCE) {
			collect_ansible(c, root);
		} else if (ynode_get(root, STR("apiVersion")) && ynode_get(root, STR("kind"))) {
			collect_containers(c, root);
		} else if (ynode_get(root, STR("version")) && ynode_is(tasks, YNODE_MAPPING)) {
			collect_taskfile(c, tasks);
		}
	}
}
