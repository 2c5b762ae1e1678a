#include "adopt.h"

#include "edit.h"
#include "fs.h"
#include "vec.h"

/* A version on disk, for the agents of one generated file. */
struct adopted {
	const struct plan_file *file;
	struct str version; /* on disk */
};

struct adopting {
	struct arena *arena;
	const struct spec *spec;
	const struct source *source;
	struct {
		struct adopted *items;
		size_t len, cap;
	} found;
	struct error *error;
};

/* The chart's version in the text of a HelmRelease or OCIRepository; empty when it states none. */
static struct str
version_in(struct arena *arena, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	*source = (struct source){ STR(""), text };
	if (!ytree_parse(arena, &scratch, source, 1, YTREE_VALUES, &docs, &error) || !docs) {
		return STR("");
	}
	bool is_release = str_eq(ynode_str(ynode_get(docs->root, STR("kind"))), STR("HelmRelease"));
	return ynode_str(is_release ? ynode_at(docs->root, "spec", "chart", "spec", "version", NULL)
				    : ynode_at(docs->root, "spec", "ref", "tag", NULL));
}

static bool
find_versions(struct adopting *a, const struct plan *plan, int root_fd)
{
	for (size_t i = 0; i < plan->len; i++) {
		const struct plan_file *file = &plan->items[i];
		struct str text = STR(""), rendered = version_in(a->arena, file->data);
		bool exists = false;
		if (rendered.len == 0) {
			continue;
		}
		if (!fs_exists(root_fd, file->path, &exists, a->error)
			|| (exists
				&& fs_read(a->arena, root_fd, file->path, &text, a->error) != FS_READ_OK)) {
			return false;
		}
		struct adopted adopted = { file, exists ? version_in(a->arena, text) : STR("") };
		if (adopted.version.len > 0 && !str_eq(adopted.version, rendered)) {
			vec_push(a->arena, &a->found, adopted);
		}
	}
	return true;
}

/* Is the file the agent's: its own, or that of its cluster? */
static bool
is_of(const struct plan_file *file, const struct spec_agent *agent)
{
	bool is_shared = str_ends(file->path, STR("ocirepository.yaml"));
	return agent->view.install.method == INSTALL_FLUX
		&& (is_shared ? strcmp(file->agent->view.cluster, agent->view.cluster) == 0
			      : file->agent == agent);
}

/* The version that is adopted for an agent; empty: none. */
static struct str
version_for(const struct adopting *a, const struct spec_agent *agent)
{
	for (size_t i = 0; i < a->found.len; i++) {
		if (is_of(a->found.items[i].file, agent)) {
			return a->found.items[i].version;
		}
	}
	return STR("");
}

static const struct ynode *
version_node(const struct spec_agent *agent)
{
	return ynode_at(agent->tree, "chart", "version", NULL);
}

/* May the node say another version? Other agents may take theirs from it as well. */
static bool
agree(const struct adopting *a, const struct spec_agent *agent, struct str version)
{
	for (size_t i = 0; i < a->spec->len; i++) {
		const struct spec_agent *other = &a->spec->agents[i];
		if (version_node(other) && version_node(other)->span.start == version_node(agent)->span.start
			&& !str_eq(version_for(a, other), version)) {
			return error_set(a->error,
				"--adopt: the chart.version of agent \"%s\" is that of \"%s\", too, whose "
				"files do not say "
				"%.*s: state it for each of the two in the spec",
				agent->view.name, other->view.name, STR_ARG(version));
		}
	}
	return true;
}

struct edits {
	struct edit_group *items;
	size_t len, cap;
};

static bool
is_edited(const struct edits *edits, const struct ynode *node)
{
	for (size_t i = 0; i < edits->len; i++) {
		struct span span = edits->items[i].first->span;
		if (node->span.start <= span.start && span.end <= node->span.end) {
			return true;
		}
	}
	return false;
}

static bool
take_over(struct adopting *a, struct str *ret_text, size_t *ret_count)
{
	struct edits edits = { 0 };
	for (size_t i = 0; i < a->spec->len; i++) {
		const struct spec_agent *agent = &a->spec->agents[i];
		struct str version = version_for(a, agent);
		const struct ynode *node = version.len > 0 ? version_node(agent) : NULL;
		if (!node || is_edited(&edits, node)) {
			continue;
		}
		const struct edit *edit = edit_scalar(a->arena, a->source->text, node, version);
		struct edit_group group = { edit, true };
		if (!edit) {
			return error_set(a->error,
				"--adopt: chart.version of agent \"%s\" cannot be changed where it stands",
				agent->view.name);
		}
		if (!agree(a, agent, version)) {
			return false;
		}
		vec_push(a->arena, &edits, group);
	}
	*ret_count = edits.len;
	*ret_text = edits.len == 0 ? a->source->text
				   : edits_apply(a->arena, edits.items[0].first->source, a->source->text,
					   edits.items, edits.len);
	return true;
}

bool
adopt_versions(struct arena *arena, const struct spec *spec, const struct source *source,
	const struct plan *plan, int root_fd, struct str *ret_text, size_t *ret_count, struct error *reterr)
{
	struct adopting a = { .arena = arena, .spec = spec, .source = source, .error = reterr };
	return find_versions(&a, plan, root_fd) && take_over(&a, ret_text, ret_count);
}
