#include "scripts/ci_jobs.h"

#include "scripts/parts.h"
#include "vec.h"

/* Keys at the top that are no jobs (docs.gitlab.com/ci/yaml: global keywords, and what old files have). */
static bool
is_global(struct str key)
{
	static const struct str keys[] = { STR_INIT("default"), STR_INIT("include"), STR_INIT("stages"),
		STR_INIT("variables"), STR_INIT("workflow"), STR_INIT("spec"), STR_INIT("image"),
		STR_INIT("services"), STR_INIT("cache"), STR_INIT("before_script"),
		STR_INIT("after_script") };
	for (size_t i = 0; i < countof(keys); i++) {
		if (str_eq(key, keys[i])) {
			return true;
		}
	}
	return false;
}

/* A file of this repository that was read? */
static bool
is_read(struct arena *arena, const struct ci_jobs *jobs, struct str path)
{
	struct str clean;
	return path.len > 0 && path_join(arena, STR(""), path, &clean) && map_get(&jobs->files, clean);
}

/* "include: a.yml", "include: {local: a.yml}", or a list of both. */
static bool
is_include_read(struct arena *arena, const struct ci_jobs *jobs, const struct ynode *include)
{
	include = ynode_follow(include);
	if (!include) {
		return true;
	}
	if (include->kind == YNODE_SCALAR) {
		return is_read(arena, jobs, ynode_str(include));
	}
	if (include->kind == YNODE_MAPPING) {
		return is_read(arena, jobs, ynode_str(ynode_get(include, STR("local"))));
	}
	for (const struct ynode *item = include->first; item; item = item->next) {
		const struct ynode *one = ynode_follow(item);
		if (one->kind == YNODE_SEQUENCE || !is_include_read(arena, jobs, one)) {
			return false;
		}
	}
	return true;
}

static void
collect_document(struct arena *arena, struct ci_jobs *jobs, const struct file *file, const struct ynode *root)
{
	root = ynode_follow(root);
	const struct ynode *key = root->kind == YNODE_MAPPING ? root->first : NULL;
	jobs->is_whole = jobs->is_whole && is_include_read(arena, jobs, ynode_get(root, STR("include")));
	for (; key; key = key->next->next) {
		struct ci_job job = { file, root, key, ynode_follow(key->next) };
		if (job.body->kind == YNODE_MAPPING && !is_global(ynode_str(key))) {
			vec_push(arena, jobs, job);
			/* a child pipeline has jobs of its own */
			jobs->is_whole = jobs->is_whole && !ynode_get(job.body, STR("trigger"));
		}
	}
}

void
ci_jobs_collect(struct arena *arena, const struct files *files, struct ci_jobs *ret_jobs)
{
	struct ci_jobs jobs = { .is_whole = files_get(files, STR(".gitlab-ci.yml")) != NULL };
	collect_ci_files(arena, files, &jobs.files);
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		if (!map_get(&jobs.files, file->source.path)) {
			continue;
		}
		jobs.is_whole = jobs.is_whole && !file->syntax && !file->is_template;
		for (const struct ydoc *doc = file->is_template ? NULL : file->docs; doc; doc = doc->next) {
			collect_document(arena, &jobs, file, doc->root);
		}
	}
	*ret_jobs = jobs;
}

bool
ci_text_is_plain(struct str text)
{
	return !str_has_char(text, '$') && str_find(text, STR("{{")) == text.len
		&& str_find(text, STR("%{")) == text.len && str_find(text, STR("<<")) == text.len;
}
