#include "flux_objects.h"
#include "lost_agents.h"
#include "path.h"

/* Beside the directory of a known cluster there may be that of one which was bootstrapped in a way that Git
 * does not show. */
static bool
may_be_of_another_cluster(const struct flux *flux, struct str path)
{
	bool is_beside = false;
	for (size_t i = 0; i < flux->roots.len; i++) {
		struct str root = flux->roots.items[i].kustomization->path, clusters = path_parent(root);
		if (path_is_below(path, root)) {
			return false;
		}
		is_beside = is_beside || (clusters.len > 0 && path_is_below(path, clusters));
	}
	return is_beside;
}

/* By its traces: the names that glab gives its files, or agents that this repository configures. Without them
 * it may be one of a stock of manifests, as it may be when a kustomization file lists it. */
static bool
is_meant_for_a_cluster(const struct repository *repository, const struct file *file)
{
	struct str base = path_base(file->source.path);
	if (map_get(repository->listed, file->source.path)) {
		return false;
	}
	return str_eq(base, STR("gitlab-agent-helm-release.yaml"))
		|| str_eq(base, STR("gitlab-helm-repository.yaml"))
		|| (repository->agents->len > 0
			&& !may_be_of_another_cluster(repository->flux, file->source.path));
}

static const struct ynode *
name_node(const struct resource *resource)
{
	const struct ynode *name = ynode_at(resource->root, "metadata", "name", NULL);
	return name ? name : ynode_get(resource->root, STR("kind"));
}

static void
relate_roots(struct lint *lint, struct finding *finding)
{
	const struct flux *flux = lint_repository(lint)->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct flux_kustomization *root = flux->roots.items[i].kustomization;
		const struct ynode *at = root->path_node ? root->path_node : name_node(root->resource);
		lint_relate(lint, finding, at, "Flux starts at \"%.*s\"", STR_ARG(shown_path(root->path)));
	}
}

/* The nearest kustomization file above that Flux reads; *ret_entry is what it would have to list: the file,
 * or the topmost directory on the way whose own kustomization file nobody reads. */
static const struct file *
reached_above(const struct repository *repository, struct str path, struct str *ret_entry)
{
	*ret_entry = path;
	for (struct str below = path; below.len > 0; below = path_parent(below)) {
		struct str directory = path_parent(below);
		const struct file *file = files_first_of(repository->files, directory, kustomization_names);
		if (file && flux_reaches(repository->flux, file)) {
			*ret_entry = str_skip(*ret_entry, directory.len > 0 ? directory.len + 1 : 0);
			return file;
		}
		*ret_entry = file ? directory : *ret_entry;
	}
	return NULL;
}

/* Where a lost manifest should go. */
struct way_out {
	const struct file *list; /* the kustomization file that should name `entry`, or NULL */
	struct str entry;
	const struct flux_root *hiding; /* the root whose path holds it, all the same; or NULL */
};

static struct way_out
find_way_out(const struct repository *repository, struct str path)
{
	struct way_out way = { 0 };
	way.list = reached_above(repository, path, &way.entry);
	for (size_t i = 0; !way.list && i < repository->flux->roots.len; i++) {
		const struct flux_root *root = &repository->flux->roots.items[i];
		if (path_is_below(path, root->kustomization->path)) {
			way.hiding = root;
		}
	}
	return way;
}

/* Of a lost source that lies beside the release, its name; empty when there is none to go the same way. */
static struct str
companion(const struct lost_agent *lost)
{
	struct str path = lost->source ? lost->source->file->source.path : STR("");
	bool is_beside = lost->source && lost->source->file != lost->resource->file
		&& str_eq(path_parent(path), path_parent(lost->resource->file->source.path));
	return is_beside ? path_base(path) : STR("");
}

static void
advise_list(
	struct lint *lint, struct finding *finding, const struct lost_agent *lost, const struct way_out *way)
{
	const struct source *text = &way->list->source;
	const struct ynode *root = way->list->docs ? way->list->docs->root : NULL;
	const struct ynode *list = ynode_get(root, STR("resources"));
	struct str base = path_base(lost->resource->file->source.path), other = companion(lost);
	struct str also = STR("");
	if (other.len > 0 && str_ends(way->entry, base)) {
		also = arena_printf(lint_arena(lint), " and \"%.*s%.*s\"",
			STR_ARG(str_first(way->entry, way->entry.len - base.len)), STR_ARG(other));
	}
	lint_help(lint, finding, "list \"%.*s\"%.*s under resources of \"%.*s\"", STR_ARG(way->entry),
		STR_ARG(also), STR_ARG(text->path));
	if (root) {
		lint_fix(lint, finding,
			list ? edit_append_item(lint_arena(lint), text->text, list, way->entry)
			     : edit_add_list(
				     lint_arena(lint), text->text, root, STR("resources"), way->entry));
	}
}

static void
advise_move(struct lint *lint, struct finding *finding, const struct lost_agent *lost)
{
	const struct flux *flux = lint_repository(lint)->flux;
	const struct flux_kustomization *root = flux->roots.items[0].kustomization;
	struct str path = shown_path(root->path), other = companion(lost), also = STR(""), list = STR("");
	if (finding->severity != SEVERITY_ERROR
		&& may_be_of_another_cluster(flux, lost->resource->file->source.path)) {
		lint_help(lint, finding,
			"nothing is to be done if it belongs to a cluster that is not bootstrapped from Git; "
			"else move it below the path of its cluster");
		return;
	}
	if (flux->roots.len > 1) {
		lint_help(lint, finding,
			"move it below the path of its cluster: what Flux has as --path, "
			"\"glab cluster agent bootstrap\" must have as --manifest-path");
		return;
	}
	if (other.len > 0) {
		also = arena_printf(lint_arena(lint), " and \"%.*s\"", STR_ARG(other));
	}
	if (root->build && root->build->kustomization) {
		list = arena_printf(lint_arena(lint), ", and list %s in \"%.*s\"",
			other.len > 0 ? "both" : "it", STR_ARG(root->build->kustomization->source.path));
	}
	lint_help(lint, finding,
		"move it%.*s below \"%.*s\"%.*s; \"glab cluster agent bootstrap\" takes the same as "
		"--manifest-path",
		STR_ARG(also), STR_ARG(path), STR_ARG(list));
}

static struct finding *
tell(struct lint *lint, const struct lost_agent *lost, const struct way_out *way)
{
	const struct resource *resource = lost->resource;
	const struct ynode *at = name_node(resource);
	if (way->list) {
		return lint_report(lint, at,
			"Flux does not apply the agent's %.*s \"%.*s\": \"%.*s\" does not lead to it",
			STR_ARG(resource->kind), STR_ARG(resource->name), STR_ARG(way->list->source.path));
	}
	if (way->hiding) {
		return lint_report(lint, at,
			"Flux does not apply the agent's %.*s \"%.*s\": an ignore pattern leaves the file "
			"out",
			STR_ARG(resource->kind), STR_ARG(resource->name));
	}
	return lint_report(lint, at,
		"the agent's %.*s \"%.*s\" lies outside of everything that Flux applies from this repository",
		STR_ARG(resource->kind), STR_ARG(resource->name));
}

static void
report(struct lint *lint, const struct lost_agent *lost)
{
	const struct resource *resource = lost->resource;
	const struct way_out way = find_way_out(lint_repository(lint), resource->file->source.path);
	struct finding *finding = tell(lint, lost, &way);
	if (!is_meant_for_a_cluster(lint_repository(lint), resource->file)) {
		finding->severity = SEVERITY_WARNING;
	}
	relate_roots(lint, finding);
	if (way.list) {
		lint_relate_file(lint, finding, way.list, "this file does not lead to it");
		advise_list(lint, finding, lost, &way);
	} else if (way.hiding) {
		lint_help(lint, finding,
			"take the pattern out of .sourceignore, or out of spec.ignore of the source");
	} else {
		advise_move(lint, finding, lost);
	}
	lint_object(lint, finding, resource->root, name_node(resource));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct lost_agents lost;
	lost_agents_collect(lint_arena(lint), repository, &lost);
	for (size_t i = 0; i < lost.len; i++) {
		report(lint, &lost.items[i]);
	}
}

const struct rule rule_FX003 = {
	.code = "FX003",
	.name = "agent-manifests-unreachable",
	.summary = "The agent's HelmRelease or its chart source lies where Flux does not look.",
	.rationale = "Flux applies what is below the path that it was bootstrapped with, and what the "
		     "Kustomizations found "
		     "there lead to. A HelmRelease elsewhere is never applied, and nothing says so: `flux "
		     "get` is green, "
		     "the agent is just not there. It comes from `glab cluster agent bootstrap "
		     "--manifest-path` with "
		     "another path than `flux bootstrap --path`; glab then ends with *failed to reconcile "
		     "the GitLab "
		     "Agent*.\n\nSaid only when every root of the repository is known and all that it "
		     "applies can be told. "
		     "An error when glab wrote the file or the repository configures agents, else a warning: "
		     "the manifest may "
		     "be one of a stock that no cluster uses, or, in a directory beside a cluster's, "
		     "belong to one that was bootstrapped in a way that Git does not show.",
	.advice = "Move the manifests below the path that Flux applies, or list them in a "
		  "`kustomization.yaml` that it "
		  "reads, and give `glab cluster agent bootstrap` the same path as `--manifest-path`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/"
		     "#error-failed-to-reconcile-the-gitlab-agent",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_UNSAFE,
	.any_file = true,
	.check_repository = check,
};
