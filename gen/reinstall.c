#include "reinstall.h"

#include "ytree.h"

/* Where Helm keeps a release and how it is called; empty: no HelmRelease. */
struct release {
	struct str name, namespace; /* of the object */
	struct str release, target, storage;
};

static struct release
read_release(struct arena *arena, struct arena *scratch, struct str text)
{
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	*source = (struct source){ STR(""), text };
	if (!ytree_parse(arena, scratch, source, 1, YTREE_VALUES, &docs, &error) || !docs
		|| !str_eq(ynode_str(ynode_get(docs->root, STR("kind"))), STR("HelmRelease"))) {
		return (struct release){ 0 };
	}
	const struct ynode *metadata = ynode_get(docs->root, STR("metadata"));
	const struct ynode *spec = ynode_get(docs->root, STR("spec"));
	struct release release = { .name = ynode_str(ynode_get(metadata, STR("name"))),
		.namespace = ynode_str(ynode_get(metadata, STR("namespace"))),
		.release = ynode_str(ynode_get(spec, STR("releaseName"))),
		.target = ynode_str(ynode_get(spec, STR("targetNamespace"))),
		.storage = ynode_str(ynode_get(spec, STR("storageNamespace"))) };
	if (release.release.len == 0) {
		release.release = arena_printf(arena, "%.*s%s%.*s", STR_ARG(release.target),
			release.target.len > 0 ? "-" : "", STR_ARG(release.name));
	}
	release.target = release.target.len > 0 ? release.target : release.namespace;
	release.storage = release.storage.len > 0 ? release.storage : release.namespace;
	return release;
}

struct str
reinstall_reason(struct arena *arena, struct str old, struct str new)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct release was = read_release(&scratch, &scratch, old),
		       is = read_release(&scratch, &scratch, new);
	const struct {
		const char *field;
		struct str was, is;
	} parts[] = { { "metadata.name", was.name, is.name },
		{ "metadata.namespace", was.namespace, is.namespace },
		{ "spec.releaseName", was.release, is.release },
		{ "spec.targetNamespace", was.target, is.target },
		{ "spec.storageNamespace", was.storage, is.storage } };
	for (size_t i = 0; was.name.len > 0 && is.name.len > 0 && i < countof(parts); i++) {
		if (!str_eq(parts[i].was, parts[i].is)) {
			return arena_printf(arena, "%s from %.*s to %.*s", parts[i].field,
				STR_ARG(parts[i].was), STR_ARG(parts[i].is));
		}
	}
	return STR("");
}
