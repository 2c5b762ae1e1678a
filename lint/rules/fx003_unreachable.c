#include "aside.h"
#include "buf.h"
#include "path.h"
#include "rule.h"
#include "vec.h"

enum { COMMANDS_MAX = 10 * 1000 };

struct search {
	struct lint *lint;
	const struct repository *repository;
	struct {
		struct str *items;
		size_t len, cap;
	} commands; /* lines of any file that run kubectl */
};

static bool
is_release(const struct resource *resource)
{
	return resource_is(resource, STR("helm.toolkit.fluxcd.io"), STR("HelmRelease"))
		&& str_eq(ynode_str(ynode_at(resource->root, "spec", "chart", "spec", "chart", NULL)),
			STR("gitlab-agent"));
}

static bool
is_agent_source(const struct resource *resource)
{
	struct str url = ynode_str(ynode_at(resource->root, "spec", "url", NULL));
	while (str_ends(url, STR("/"))) {
		url.len--;
	}
	return resource_is(resource, STR("source.toolkit.fluxcd.io"), STR("HelmRepository"))
		&& str_eq(url, STR("https://charts.gitlab.io"));
}

/* Does a comment of the text name it? Then it was taken out on purpose. */
static bool
is_commented_out(struct str text, struct str name)
{
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');
		size_t hash = str_find_char(line, '#');
		struct str comment = str_skip(line, hash);
		if (hash < line.len && str_find(comment, name) < comment.len) {
			return true;
		}
	}
	return false;
}

/* Does a kustomization file above name the file, or a directory that leads to it, in a comment? */
static bool
is_disabled(const struct files *files, struct str path)
{
	for (struct str below = path; below.len > 0; below = path_parent(below)) {
		const struct file *file = files_first_of(files, path_parent(below), kustomization_names);
		if (file && is_commented_out(file->source.text, path_base(below))) {
			return true;
		}
	}
	return false;
}

static struct str
line_around(struct str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n') {
		at--;
	}
	struct str rest = str_skip(text, at);
	return str_first(rest, str_find_char(rest, '\n'));
}

/* The lines that run kubectl; false when there are more than can be looked through for each resource. */
static bool
collect_commands(struct search *search)
{
	const struct files *files = search->repository->files;
	for (size_t i = 0; i < files->len; i++) {
		struct str text = file_words(&files->items[i]);
		for (size_t at = str_find(text, STR("kubectl")); at < text.len;) {
			if (search->commands.len == COMMANDS_MAX) {
				return false;
			}
			struct str line = line_around(text, at);
			vec_push(lint_arena(search->lint), &search->commands, line);
			at = (size_t)(line.ptr - text.ptr) + line.len;
			at += str_find(str_skip(text, at), STR("kubectl"));
		}
	}
	return true;
}

/* Does a script hand the file, or its directory, to kubectl? */
static bool
is_applied_by_hand(const struct search *search, struct str path)
{
	struct str directory = path_base(path_parent(path));
	for (size_t i = 0; i < search->commands.len; i++) {
		struct str line = search->commands.items[i];
		if (str_find(line, path_base(path)) < line.len
			|| (directory.len > 0 && str_find(line, directory) < line.len)) {
			return true;
		}
	}
	return false;
}

static bool
covers(struct str directory, struct str path)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str clean;
	return !path_join(&scratch, STR(""), directory, &clean) || path_is_below(path, clean);
}

static bool
application_covers(const struct resource *resource, struct str path)
{
	const struct ynode *list = ynode_at(resource->root, "spec", "sources", NULL);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		if (covers(ynode_str(ynode_get(item, STR("path"))), path)) {
			return true;
		}
	}
	return str_eq(resource->kind, STR("ApplicationSet"))
		|| covers(ynode_str(ynode_at(resource->root, "spec", "source", "path", NULL)), path);
}

/* Something in this repository that could deliver it, applied in ways that Git does not show. */
static bool
is_covered(const struct repository *repository, struct str path)
{
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		bool is_stray =
			resource_is(resource, STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"))
			&& !flux_reaches(repository->flux, resource->file);
		if (is_stray && covers(ynode_str(ynode_at(resource->root, "spec", "path", NULL)), path)) {
			return true;
		}
		if (str_eq(resource->group, STR("argoproj.io")) && application_covers(resource, path)) {
			return true;
		}
	}
	return false;
}

/* Is it sure that nothing applies the resource, and likely that something should? */
static bool
is_lost(const struct search *search, const struct resource *resource)
{
	const struct repository *repository = search->repository;
	struct str path = resource->file->source.path;
	if (flux_reaches(repository->flux, resource->file) || flux_may_reach(repository->flux, resource->file)
		|| resource->file->is_template || files_in_chart(repository->files, path)
		|| path_is_aside(path) || is_covered(repository, path)) {
		return false;
	}
	return !is_disabled(repository->files, path) && !is_applied_by_hand(search, path);
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
	return repository->agents->len > 0 || str_eq(base, STR("gitlab-agent-helm-release.yaml"))
		|| str_eq(base, STR("gitlab-helm-repository.yaml"));
}

static const struct ynode *
name_node(const struct resource *resource)
{
	const struct ynode *name = ynode_at(resource->root, "metadata", "name", NULL);
	return name ? name : ynode_get(resource->root, STR("kind"));
}

static void
relate_roots(const struct search *search, struct finding *finding)
{
	const struct flux *flux = search->repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct flux_kustomization *root = flux->roots.items[i].kustomization;
		const struct ynode *at = root->path_node ? root->path_node : name_node(root->resource);
		lint_relate(search->lint, finding, at, "Flux starts at \"%.*s\"",
			STR_ARG(root->path.len > 0 ? root->path : STR("./")));
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

static void
advise(const struct search *search, struct finding *finding, const struct resource *resource)
{
	const struct flux *flux = search->repository->flux;
	struct str entry;
	const struct file *above = reached_above(search->repository, resource->file->source.path, &entry);
	if (above) {
		lint_help(search->lint, finding, "list \"%.*s\" under resources of \"%.*s\"", STR_ARG(entry),
			STR_ARG(above->source.path));
		lint_relate_file(search->lint, finding, above, "this file does not lead to it");
		return;
	}
	struct str root = flux->roots.items[0].kustomization->path;
	if (flux->roots.len > 1) {
		lint_help(search->lint, finding,
			"move it below the path of its cluster: what Flux has as --path, "
			"\"glab cluster agent bootstrap\" must have as --manifest-path");
		return;
	}
	lint_help(search->lint, finding,
		"move it below \"%.*s\"; \"glab cluster agent bootstrap\" takes the same as --manifest-path",
		STR_ARG(root.len > 0 ? root : STR("./")));
}

static void
report(const struct search *search, const struct resource *resource)
{
	struct finding *finding = lint_report(search->lint, name_node(resource),
		"the agent's %.*s \"%.*s\" lies outside of everything that Flux applies from this repository",
		STR_ARG(resource->kind), STR_ARG(resource->name));
	if (!is_meant_for_a_cluster(search->repository, resource->file)) {
		finding->severity = SEVERITY_WARNING;
	}
	relate_roots(search, finding);
	advise(search, finding, resource);
	lint_object(search->lint, finding, resource->root, name_node(resource));
}

static bool
names_source(const struct resource *release, const struct resource *source)
{
	const struct ynode *reference = ynode_at(release->root, "spec", "chart", "spec", "sourceRef", NULL);
	struct str namespace = ynode_str(ynode_get(reference, STR("namespace")));
	return str_eq(ynode_str(ynode_get(reference, STR("name"))), source->name)
		&& str_eq(namespace.len > 0 ? namespace : release->namespace, source->namespace);
}

/* Does Flux apply a release that names the source? One that is lost as well has its own finding. */
static bool
is_needed(const struct repository *repository, const struct resource *source)
{
	bool needed = false;
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *other = &repository->resources->items[i];
		bool reached = flux_reaches(repository->flux, other->file) != NULL;
		if (is_release(other) && names_source(other, source)) {
			needed = needed || reached;
		}
		if (is_agent_source(other) && reached) {
			return false; /* after transformers it may be the one that is named */
		}
	}
	return needed;
}

static bool
is_all_known(const struct flux *flux)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (!flux->roots.items[i].is_complete) {
			return false;
		}
	}
	return flux->roots_are_known || flux->roots_are_bounded;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct search search = { .lint = lint, .repository = repository };
	if (!is_all_known(repository->flux) || !collect_commands(&search)) {
		return;
	}
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		bool is_candidate = is_release(resource)
			|| (is_agent_source(resource) && is_needed(repository, resource));
		if (is_candidate && is_lost(&search, resource)) {
			report(&search, resource);
		}
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
		     "be one of a stock that no cluster uses.",
	.advice = "Move the manifests below the path that Flux applies, or list them in a "
		  "`kustomization.yaml` that it "
		  "reads, and give `glab cluster agent bootstrap` the same path as `--manifest-path`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/"
		     "#error-failed-to-reconcile-the-gitlab-agent",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
