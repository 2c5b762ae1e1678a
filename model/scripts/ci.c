/*
 * GitLab CI (docs.gitlab.com/ci/yaml: script, before_script, after_script,
 * variables, include:local) and workflows of GitHub (docs.github.com/actions:
 * jobs.*.steps[*].run, env).
 */
#include "scripts/parts.h"

enum { INCLUDE_DEPTH_MAX = 20, LIST_DEPTH_MAX = 10 };

static void add_include(struct arena *arena, const struct files *files, struct str path,
	struct map *ret_files, unsigned depth);

static void
add_includes_of(struct arena *arena, const struct files *files, const struct ynode *include,
	struct map *ret_files, unsigned depth)
{
	include = ynode_follow(include);
	if (!include) {
		return;
	}
	if (include->kind == YNODE_SCALAR) {
		add_include(arena, files, ynode_str(include), ret_files, depth);
	} else if (include->kind == YNODE_MAPPING) {
		add_include(arena, files, ynode_str(ynode_get(include, STR("local"))), ret_files, depth);
	}
	const struct ynode *item = include->kind == YNODE_SEQUENCE ? include->first : NULL;
	for (; item; item = item->next) {
		add_includes_of(arena, files, item, ret_files, depth + 1);
	}
}

/* A path with variables or patterns is no file's. */
static void
add_include(struct arena *arena, const struct files *files, struct str path, struct map *ret_files,
	unsigned depth)
{
	struct str clean;
	if (path.len == 0 || depth > INCLUDE_DEPTH_MAX || !path_join(arena, STR(""), path, &clean)) {
		return;
	}
	const struct file *file = files_get(files, clean);
	if (!file || file->kind != FS_REGULAR || map_get(ret_files, clean)) {
		return;
	}
	map_put(arena, ret_files, file->source.path, (void *)(uintptr_t)file);
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		add_includes_of(arena, files, ynode_get(doc->root, STR("include")), ret_files, depth + 1);
	}
}

void
collect_ci_files(struct arena *arena, const struct files *files, struct map *ret_files)
{
	add_include(arena, files, STR(".gitlab-ci.yml"), ret_files, 0);
}

/* Sets what a mapping of names and values says; whoever starts the run may set other values. */
static void
set_all(struct collector *c, const struct ynode *map, struct shell_variables *variables)
{
	map = ynode_follow(map);
	if (!map || map->kind != YNODE_MAPPING) {
		return;
	}
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		const struct ynode *value = ynode_follow(key->next);
		if (value->kind == YNODE_MAPPING) { /* {value: …, description: …} */
			value = ynode_get(value, STR("value"));
		}
		struct str text = ynode_str(value);
		if (ynode_is(value, YNODE_SCALAR) && !str_has_char(text, '$')) {
			shell_set(c->arena, variables, ynode_str(key), text, true);
		} else {
			shell_forget(c->arena, variables, ynode_str(key));
		}
	}
}

/* Lists in lists are flattened, as GitLab does. */
static void
collect_lines(
	struct collector *c, const struct ynode *lines, struct shell_variables *variables, unsigned depth)
{
	lines = ynode_follow(lines);
	if (!lines || depth > LIST_DEPTH_MAX || str_eq(ynode_tag(lines), STR("!reference"))) {
		return;
	}
	if (lines->kind == YNODE_SCALAR) {
		collect_scalar(c, lines, variables);
	}
	const struct ynode *item = lines->kind == YNODE_SEQUENCE ? lines->first : NULL;
	for (; item && c->scalars < SCALARS_MAX; item = item->next) {
		collect_lines(c, item, variables, depth + 1);
	}
}

/* Does something else set variables of the job, maybe over those that are seen here? */
static bool
has_other_variables(const struct ynode *job)
{
	static const char *const keys[] = { "extends", "inherit", "rules", "parallel", "<<" };
	bool found = false;
	for (size_t i = 0; i < countof(keys); i++) {
		found = found || ynode_get(job, str_from(keys[i]));
	}
	return found;
}

static void
collect_job(struct collector *c, const struct ynode *job, const struct ynode *global)
{
	struct shell_variables variables = { 0 }, after = { 0 };
	if (!has_other_variables(job)) {
		set_all(c, global, &variables);
		set_all(c, ynode_get(job, STR("variables")), &variables);
		set_all(c, global, &after);
		set_all(c, ynode_get(job, STR("variables")), &after);
	}
	collect_lines(c, ynode_get(job, STR("before_script")), &variables, 0);
	collect_lines(c, ynode_get(job, STR("script")), &variables, 0);
	collect_lines(c, ynode_get(job, STR("after_script")), &after, 0); /* in a shell of its own */
}

void
collect_gitlab_ci(struct collector *c)
{
	for (const struct ydoc *doc = c->file->docs; doc; doc = doc->next) {
		const struct ynode *root = ynode_follow(doc->root);
		const struct ynode *global = ynode_get(root, STR("variables"));
		const struct ynode *key = root->kind == YNODE_MAPPING ? root->first : NULL;
		if (key) {
			collect_job(c, root, global); /* before_script of old files */
		}
		for (; key; key = key->next->next) {
			if (ynode_is(key->next, YNODE_MAPPING)) {
				collect_job(c, ynode_follow(key->next), global);
			}
		}
	}
}

static bool
is_posix_shell(struct str shell)
{
	return shell.len == 0 || str_starts(shell, STR("bash")) || str_starts(shell, STR("sh"));
}

static void
collect_steps(
	struct collector *c, const struct ynode *steps, const struct ynode *const *env, size_t env_count)
{
	const struct ynode *step = ynode_is(steps, YNODE_SEQUENCE) ? steps->first : NULL;
	for (; step && c->scalars < SCALARS_MAX; step = step->next) {
		struct shell_variables variables = { 0 };
		if (!is_posix_shell(ynode_str(ynode_get(step, STR("shell"))))) {
			continue;
		}
		for (size_t i = 0; i < env_count; i++) {
			set_all(c, env[i], &variables);
		}
		set_all(c, ynode_get(step, STR("env")), &variables);
		collect_scalar(c, ynode_get(step, STR("run")), &variables);
	}
}

void
collect_workflow(struct collector *c)
{
	for (const struct ydoc *doc = c->file->docs; doc; doc = doc->next) {
		const struct ynode *root = doc->root;
		const struct ynode *jobs = ynode_get(root, STR("jobs"));
		const struct ynode *key = ynode_is(jobs, YNODE_MAPPING) ? jobs->first : NULL;
		for (; key; key = key->next->next) {
			const struct ynode *env[] = { ynode_get(root, STR("env")),
				ynode_get(key->next, STR("env")) };
			collect_steps(c, ynode_get(key->next, STR("steps")), env, countof(env));
		}
		collect_steps(c, ynode_at(root, "runs", "steps", NULL), NULL, 0);
	}
}
