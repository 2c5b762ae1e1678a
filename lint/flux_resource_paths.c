#include "flux_resource_paths.h"

enum { PARTS = 6 };

struct kind {
	struct str group, plural, kind;
};

static const struct kind kinds[] = {
	{ STR_INIT("helm.toolkit.fluxcd.io"), STR_INIT("helmreleases"), STR_INIT("HelmRelease") },
	{ STR_INIT("kustomize.toolkit.fluxcd.io"), STR_INIT("kustomizations"), STR_INIT("Kustomization") },
};

static const struct kind *
kind_of_group(struct str group)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kinds[i].group, group)) {
			return &kinds[i];
		}
	}
	return NULL;
}

static void
parse(struct flux_resource_path *path)
{
	struct str rest = ynode_str(path->value), parts[PARTS];
	size_t count = 0;
	for (; rest.ptr && count < PARTS; count++) {
		parts[count] = str_cut(&rest, '/');
	}
	const struct kind *kind = count > 2 ? kind_of_group(parts[0]) : NULL;
	if (!kind || !ci_text_is_plain(parts[1])) {
		return;
	}
	path->group = kind->group;
	path->kind = kind->kind;
	path->version = parts[1];
	bool whole = count == PARTS && !rest.ptr && str_eq(parts[2], STR("namespaces"))
		&& str_eq(parts[PARTS - 2], kind->plural);
	if (path->is_plain && whole) {
		path->namespace = parts[3];
		path->name = parts[PARTS - 1];
	}
}

static void
visit_value(struct lint *lint, const struct ci_job *job, const struct ynode *value,
	void (*visit)(struct lint *, const struct flux_resource_path *))
{
	struct str text = ynode_str(value);
	if (ynode_is(value, YNODE_SCALAR) && text.len > 0) {
		struct flux_resource_path path = {
			.job = job, .value = value, .is_plain = ci_text_is_plain(text)
		};
		parse(&path);
		visit(lint, &path);
	}
}

void
each_flux_resource_path(struct lint *lint, const struct repository *repository,
	void (*visit)(struct lint *, const struct flux_resource_path *))
{
	struct ci_jobs jobs;
	ci_jobs_collect(lint_arena(lint), repository->files, &jobs);
	for (size_t i = 0; i < jobs.len; i++) {
		const struct ynode *kubernetes =
			ynode_at(jobs.items[i].body, "environment", "kubernetes", NULL);
		visit_value(lint, &jobs.items[i], ynode_get(kubernetes, STR("flux_resource_path")), visit);
		visit_value(lint, &jobs.items[i],
			ynode_at(kubernetes, "dashboard", "flux_resource_path", NULL), visit);
	}
}

struct finding *
report_flux_resource_path(struct lint *lint, const struct flux_resource_path *path, struct str message)
{
	struct finding *finding = lint_report(lint, path->value, "%.*s", STR_ARG(message));
	lint_object(lint, finding, path->job->root, path->value);
	return finding;
}
