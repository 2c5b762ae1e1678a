#include "import_parts.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "fs.h"
#include "fs_open.h"
#include "names.h"
#include "vec.h"
#include "versions.h"

#define CHART STR("gitlab-agent")
#define TITLE STR("USER-SUPPLIED VALUES")
#define FIRST_NAME STR("my-agent") /* of an agent that nothing names */

void
import_note(struct importing *im, struct str line)
{
	struct str where = im->path;
	vec_push(im->arena, &im->import->notes,
		arena_printf(
			im->arena, "%.*s%s%.*s", STR_ARG(where), where.len > 0 ? ": " : "", STR_ARG(line)));
}

void
import_put_text(struct ylist *map, const char *key, struct str text)
{
	if (text.len > 0) {
		ylist_put(map, str_from(key), ynode_scalar(map->arena, text, YSTYLE_QUOTED));
	}
}

void
import_put_word(struct ylist *map, const char *key, const char *word)
{
	ylist_put(map, str_from(key), ynode_scalar(map->arena, str_from(word), YSTYLE_PLAIN));
}

void
import_put_map(struct ylist *map, const char *key, const struct ylist *inner)
{
	if (inner->parent->len > 0) {
		ylist_put(map, str_from(key), inner->parent);
	}
}

/* The directory below the path of Flux that is called after the cluster; empty: not to be told. */
static struct str
cluster_of(const struct importing *im)
{
	struct str pattern = im->situation->flux_path, hole = STR("{cluster}");
	size_t at = str_find(pattern, hole);
	struct str rest = str_skip(im->path, at);
	return im->situation->has_flux && at < pattern.len && str_starts(im->path, str_first(pattern, at))
		? str_cut(&rest, '/')
		: STR("");
}

static struct str
name_of(const struct importing *im, const struct ynode *root, struct str release)
{
	struct str said = ynode_str(ynode_at(root, "metadata", "annotations", "glagent.dev/agent", NULL));
	if (name_is_label(said)) {
		return said;
	}
	if (im->situation->agents.len == 1) {
		return im->situation->agents.items[0].name;
	}
	return name_is_label(release) ? release : FIRST_NAME;
}

static void
put_version(struct importing *im, struct ylist *agent, struct str stated)
{
	struct ylist chart = ylist_mapping(im->arena);
	struct version parsed;
	bool is_exact = version_parse(stated, &parsed) && chart_agent_version(stated).len > 0;
	if (!is_exact) {
		import_note(im,
			arena_printf(im->arena,
				"it states no exact version of the chart; %.*s is written, the newest known: "
				"correct it to what is installed",
				STR_ARG(chart_newest())));
	}
	import_put_text(&chart, "version", is_exact ? stated : chart_newest());
	import_put_map(agent, "chart", &chart);
}

/* valuesFrom without the token, which the generator takes from a Secret by its name. */
static const struct ynode *
without_token(struct importing *im, const struct ynode *list)
{
	struct ylist kept = ylist_sequence(im->arena);
	for (const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
		item; item = item->next) {
		if (str_eq(ynode_str(ynode_get(item, STR("targetPath"))), STR("config.token"))) {
			import_note(im,
				STR("its token comes by valuesFrom; ours is mounted from the Secret of "
				    "token.secretName, key \"token\", in the namespace of the release"));
		} else {
			ylist_add(&kept, ynode_head(im->arena, item));
		}
	}
	return kept.parent->len > 0 ? kept.parent : NULL;
}

/* What is in the HelmRelease's spec beside what the generator writes itself. */
static void
put_release(struct importing *im, struct ylist *install, const struct ynode *spec)
{
	static const char *const ours[] = { "chart", "chartRef", "releaseName", "targetNamespace", "values" };
	struct ylist release = ylist_mapping(im->arena);
	for (const struct ynode *key = spec->first; key; key = key->next->next) {
		bool is_ours = false;
		for (size_t i = 0; i < countof(ours); i++) {
			is_ours = is_ours || str_eq(ynode_str(key), str_from(ours[i]));
		}
		bool is_list = str_eq(ynode_str(key), STR("valuesFrom"));
		if (!is_ours) {
			ylist_put(&release, ynode_str(key),
				is_list ? without_token(im, key->next) : ynode_head(im->arena, key->next));
		}
	}
	if (!ynode_get(spec, STR("storageNamespace"))) { /* the generator would state one, and reinstall */
		import_put_word(&release, "storageNamespace", "null");
	}
	import_put_map(install, "helmRelease", &release);
}

static void
put_source(struct importing *im, const struct ynode *root, const struct ynode *spec)
{
	struct ylist source = ylist_mapping(im->arena);
	const struct ynode *reference = ynode_at(spec, "chart", "spec", "sourceRef", NULL);
	struct str namespace = ynode_str(ynode_at(root, "metadata", "namespace", NULL));
	if (im->import->flux.parent->len > 0) {
		return; /* the first release says it for all */
	}
	if (im->situation->has_flux) {
		import_put_text(&im->import->flux, "path", im->situation->flux_path);
	}
	import_put_text(&im->import->flux, "namespace", namespace);
	import_put_text(&source, "name", ynode_str(ynode_get(reference, STR("name"))));
	import_put_map(&im->import->flux, "source", &source);
}

static void
add_release(struct importing *im, const struct ynode *root)
{
	const struct ynode *spec = ynode_get(root, STR("spec")), *values = ynode_get(spec, STR("values"));
	struct ylist agent = ylist_mapping(im->arena), install = ylist_mapping(im->arena);
	struct str object = ynode_str(ynode_at(root, "metadata", "name", NULL));
	struct str target = ynode_str(ynode_get(spec, STR("targetNamespace")));
	struct str release = ynode_str(ynode_get(spec, STR("releaseName")));
	if (release.len == 0) {
		release = arena_printf(
			im->arena, "%.*s%s%.*s", STR_ARG(target), target.len > 0 ? "-" : "", STR_ARG(object));
	}
	struct str name = name_of(im, root, release), cluster = cluster_of(im);
	import_put_text(&agent, "name", name);
	import_put_text(&agent, "cluster", str_eq(cluster, name) ? STR("") : cluster);
	import_put_text(&agent, "releaseName", release);
	import_put_text(&agent, "namespace",
		target.len > 0 ? target : ynode_str(ynode_at(root, "metadata", "namespace", NULL)));
	put_version(im, &agent, ynode_str(ynode_at(spec, "chart", "spec", "version", NULL)));
	import_put_word(&install, "method", "flux");
	put_release(im, &install, spec);
	import_put_map(&agent, "install", &install);
	import_values(im,
		ynode_is(values, YNODE_MAPPING) ? values : ynode_collection(im->arena, YNODE_MAPPING),
		&agent);
	put_source(im, root, spec);
	if (!str_eq(object, release)) {
		import_note(im,
			arena_printf(im->arena,
				"the HelmRelease is called \"%.*s\" and its release \"%.*s\": ours has one "
				"name, "
				"and Flux would install anew",
				STR_ARG(object), STR_ARG(release)));
	}
	import_note(im, STR("remove it when `glagent-gen repo` has written its own"));
	ylist_add(&im->import->agents, agent.parent);
}

/* `helm get values` prints a title before them, which reads as a key without a value. */
static const struct ynode *
without_title(struct arena *arena, const struct ynode *root)
{
	struct ylist list = ylist_mapping(arena);
	for (const struct ynode *key = root->first; key; key = key->next->next) {
		if (!str_eq(ynode_str(key), TITLE)) {
			ylist_put(&list, ynode_str(key), ynode_head(arena, key->next));
		}
	}
	return list.parent;
}

static void
add_values(struct importing *im, const struct ynode *root)
{
	struct ylist agent = ylist_mapping(im->arena);
	bool is_one = im->situation->agents.len == 1;
	import_put_text(&agent, "name", is_one ? im->situation->agents.items[0].name : FIRST_NAME);
	put_version(im, &agent, STR(""));
	import_values(im, without_title(im->arena, root), &agent);
	import_note(im,
		STR("values do not say how release and namespace are called: state releaseName and "
		    "namespace"));
	ylist_add(&im->import->agents, agent.parent);
}

static bool
is_release(const struct ynode *root)
{
	return str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("HelmRelease"))
		&& str_eq(ynode_str(ynode_at(root, "spec", "chart", "spec", "chart", NULL)), CHART);
}

static bool
is_values(const struct ynode *root)
{
	return ynode_is(root, YNODE_MAPPING) && !ynode_get(root, STR("kind"))
		&& (ynode_get(root, TITLE) || ynode_get(root, STR("config")) || ynode_get(root, STR("rbac")));
}

/* A file that is named is read whole; of a directory only releases. */
static bool
read_file(struct importing *im, int fd, struct str path, bool is_named, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(im->arena, struct source);
	const struct ydoc *doc = NULL;
	struct ysyntax_error syntax;
	struct str text = STR("");
	im->path = path;
	if (fs_read(&scratch, fd, path, &text, reterr) != FS_READ_OK) {
		return !is_named;
	}
	if (!is_named
		&& (str_find(text, CHART) == text.len || str_find(text, STR("HelmRelease")) == text.len)) {
		return true;
	}
	*source = (struct source){ arena_str(im->arena, path), arena_str(im->arena, text) };
	im->path = source->path;
	bool is_yaml = ytree_parse(im->arena, &scratch, source, 1, YTREE_VALUES, &doc, &syntax);
	if (!is_yaml && is_named) {
		return error_set(reterr, "%.*s: no YAML: %.*s", STR_ARG(path), STR_ARG(syntax.problem));
	}
	for (; is_yaml && doc; doc = doc->next) {
		bool is_first = im->import->agents.parent->len == 0;
		if (is_release(doc->root)) {
			add_release(im, doc->root);
		} else if (is_named && is_values(doc->root)) {
			add_values(im, doc->root);
		}
		im->import->taken =
			is_first && im->import->agents.parent->len > 0 ? source->path : im->import->taken;
	}
	return true;
}

static bool
read_directory(struct importing *im, int fd, struct error *reterr)
{
	struct fs_entries entries = { 0 };
	if (!fs_walk(im->arena, fd, &entries, reterr)) {
		return false;
	}
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path, extension = path_extension(path);
		bool is_yaml = str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml"));
		if (entries.items[i].kind == FS_REGULAR && is_yaml
			&& !read_file(im, fd, path, false, reterr)) {
			return false;
		}
	}
	return true;
}

bool
import_read(struct arena *arena, const char *path, const struct situation *situation,
	struct import *ret_import, struct error *reterr)
{
	struct import import = {
		.agents = ylist_sequence(arena), .flux = ylist_mapping(arena), .taken = STR("")
	};
	struct importing im = { .arena = arena, .situation = situation, .import = &import, .path = STR("") };
	struct stat status;
	if (stat(path, &status) != 0) {
		return error_set_errno(reterr, "--from: %s", path);
	}
	bool is_directory = S_ISDIR(status.st_mode);
	int CLEANUP(fd_close) fd = open(is_directory ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return error_set_errno(reterr, "--from: %s", path);
	}
	if (!(is_directory ? read_directory(&im, fd, reterr)
			   : read_file(&im, fd, str_from(path), true, reterr))) {
		return false;
	}
	if (import.agents.parent->len == 0) {
		return error_set(reterr,
			"--from: nothing in %s installs the agent: looked for HelmReleases of the chart "
			"gitlab-agent%s",
			path,
			is_directory ? "; name a file with its values, if that is how"
				     : " and for its values");
	}
	*ret_import = import;
	return true;
}
