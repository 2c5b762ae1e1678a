/*
 * Where an Application of Argo CD finds its values files: "$NAME/path" is one
 * of the repository that the source with `ref: NAME` names
 * (reposerver/repository/repository.go, resolveReferencedSources).
 */
#include "install_parts.h"
#include "path.h"

/* An address as it is compared. */
static struct str
address(const struct ynode *source)
{
	struct str url = ynode_str(ynode_get(source, STR("repoURL")));
	while (str_ends(url, STR("/"))) {
		url.len--;
	}
	url.len -= str_ends(url, STR(".git")) ? 4 : 0;
	return url;
}

/* The default branch has many names. */
static bool
is_same_revision(const struct ynode *a, const struct ynode *b)
{
	struct str one = ynode_str(ynode_get(a, STR("targetRevision")));
	struct str two = ynode_str(ynode_get(b, STR("targetRevision")));
	return str_eq(one.len ? one : STR("HEAD"), two.len ? two : STR("HEAD"));
}

/* Does the source apply the directory in which the Application lies? Then it is this repository that it
 * reads. */
static bool
applies(struct install_reader *reader, const struct ynode *source, const struct resource *application)
{
	struct str path;
	const struct ynode *at = ynode_get(source, STR("path"));
	return applied_is_plain(at) && path_join(reader->arena, STR(""), ynode_str(at), &path)
		&& path_is_below(path_parent(application->file->source.path), path);
}

static bool
leads_here(struct install_reader *reader, const struct ynode *source, const struct ynode *reference,
	const struct resource *application)
{
	return source && str_eq(address(source), address(reference)) && is_same_revision(source, reference)
		&& applies(reader, source, application);
}

/* Is it this repository, at the commit that its Applications come from? */
static bool
is_own(struct install_reader *reader, const struct ynode *reference, const struct resource *application)
{
	for (size_t i = 0; i < reader->resources->len; i++) {
		const struct resource *other = &reader->resources->items[i];
		if (!resource_is(other, STR("argoproj.io"), STR("Application"))) {
			continue;
		}
		const struct ynode *spec = ynode_get(other->root, STR("spec"));
		const struct ynode *list = ynode_get(spec, STR("sources"));
		if (leads_here(reader, ynode_get(spec, STR("source")), reference, application)) {
			return true;
		}
		const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
		for (; item; item = item->next) {
			if (leads_here(reader, ynode_follow(item), reference, application)) {
				return true;
			}
		}
	}
	return false;
}

static const struct ynode *
find_reference(const struct resource *application, struct str name)
{
	const struct ynode *list = ynode_at(application->root, "spec", "sources", NULL);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		if (name.len > 0 && str_eq(ynode_str(ynode_get(item, STR("ref"))), name)) {
			return ynode_follow(item);
		}
	}
	return NULL;
}

const struct file *
application_file(struct install_reader *reader, const struct resource *application, struct str entry)
{
	struct str rest = entry, name = str_cut(&rest, '/'), path;
	if (!str_starts(name, STR("$")) || !rest.ptr || str_has_char(rest, '$') || str_has_char(rest, '*')) {
		return NULL;
	}
	const struct ynode *reference = find_reference(application, str_skip(name, 1));
	if (!reference || address(reference).len == 0 || str_has_char(address(reference), '{')
		|| !is_own(reader, reference, application)
		|| !path_join(reader->arena, STR(""), rest, &path)) {
		return NULL;
	}
	return files_get(reader->files, path);
}
