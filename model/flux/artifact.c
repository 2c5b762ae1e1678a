/* What kustomize-controller finds in an artifact, and what it generates where no kustomization file is. */
#include "flux/parts.h"
#include "kustomize/decode.h"
#include "path.h"
#include "vec.h"

struct walk {
	struct arena *arena;
	struct artifact *artifact;
	struct {
		struct str *items;
		size_t len, cap;
	} entries;
	const struct file *refused;
};

/* A build that is the same for all Kustomizations of a path. */
struct remembered {
	const struct build *build;
};

static struct artifact *
artifact_new(struct artifacts *artifacts, struct str spec_ignore)
{
	struct arena *arena = artifacts->arena;
	const struct files *files = artifacts->files;
	struct artifact *artifact = arena_new(arena, struct artifact);
	bool *hidden = arena_new_n(arena, bool, files->len + 1);
	struct ignore ignore;
	ignore_collect(arena, files, spec_ignore, &ignore);
	for (size_t i = 0; i < files->len; i++) {
		hidden[i] = ignore_excludes(&ignore, files->items[i].source.path);
	}
	*artifact = (struct artifact){ .spec_ignore = spec_ignore, .ignore = ignore };
	artifact->view = (struct view){ files, hidden };
	artifact->builder = builder_new(arena, &artifact->view, artifacts->resources);
	return artifact;
}

struct artifact *
artifact_get(struct artifacts *artifacts, struct str spec_ignore)
{
	for (size_t i = 0; i < artifacts->known.len; i++) {
		if (str_eq(artifacts->known.items[i]->spec_ignore, spec_ignore)) {
			return artifacts->known.items[i];
		}
	}
	struct artifact *artifact = artifact_new(artifacts, spec_ignore);
	vec_push(artifacts->arena, &artifacts->known, artifact);
	return artifact;
}

/* The topmost directory above `path` and below `base` that has a kustomization file; empty when there is
 * none.
 */
static struct str
opaque_directory(const struct walk *walk, struct str base, struct str path)
{
	const struct file *second;
	size_t at = base.len > 0 ? base.len + 1 : 0;
	for (;;) {
		size_t slash = at + str_find_char(str_skip(path, at), '/');
		if (slash >= path.len) {
			return STR("");
		}
		struct str directory = str_first(path, slash);
		if (view_kustomization(&walk->artifact->view, walk->arena, directory, &second)) {
			return directory;
		}
		at = slash + 1;
	}
}

static void
visit_file(struct walk *walk, const struct file *file)
{
	struct str extension = path_extension(file->source.path);
	if (!view_has(&walk->artifact->view, file)
		|| (!str_eq(extension, STR(".yaml")) && !str_eq(extension, STR(".yml")))) {
		return;
	}
	vec_push(walk->arena, &walk->entries, file->source.path);
	if (!walk->refused && builder_decode(walk->artifact->builder, file)->verdict == DECODE_REFUSED) {
		walk->refused = file;
	}
}

/* scanManifests of fluxcd/pkg/kustomize: by name, a directory's contents where its name stands. Flux stops at
 * the first file that it cannot decode; the rest is what it would read when that one is gone. */
static void
walk_directory(struct walk *walk, const struct directory *directory)
{
	const struct files *files = walk->artifact->view.files;
	size_t i = directory->first;
	while (i < directory->last) {
		const struct file *file = &files->items[i];
		struct str opaque = opaque_directory(walk, directory->path, file->source.path);
		if (opaque.len > 0) {
			vec_push(walk->arena, &walk->entries, opaque);
			i = files_directory(files, opaque)->last;
		} else {
			visit_file(walk, file);
			i++;
		}
	}
}

static bool
has_link(const struct files *files, struct str path)
{
	for (struct str above = path; above.len > 0; above = path_parent(above)) {
		const struct file *file = files_get(files, above);
		if (file && file->kind != FS_REGULAR) {
			return true;
		}
	}
	return false;
}

/* A path that is nowhere, or that the source filter leaves out. A submodule may hold it; a link is dropped
 * from the artifact. */
static const struct build *
build_missing(struct arena *arena, const struct files *files, struct str path)
{
	struct build *build = arena_new(arena, struct build);
	bool is_hidden = files_get(files, STR(".gitmodules")) != NULL && !files_directory(files, path);
	build->directory = path;
	build->result = is_hidden ? BUILD_INCOMPLETE : BUILD_FAILS;
	build->why = STR("kustomization path not found");
	build->fault = is_hidden ? FAULT_OTHER : has_link(files, path) ? FAULT_LINK : FAULT_PATH;
	return build;
}

/* Does kustomize_build_root read anything of the spec? */
static bool
is_plain(const struct ynode *spec)
{
	static const struct str fields[] = { STR_INIT("targetNamespace"), STR_INIT("namePrefix"),
		STR_INIT("nameSuffix"), STR_INIT("patches"), STR_INIT("patchesJson6902"),
		STR_INIT("patchesStrategicMerge"), STR_INIT("components") };
	for (size_t i = 0; i < countof(fields); i++) {
		if (ynode_get(spec, fields[i])) {
			return false;
		}
	}
	return true;
}

static const struct build *
build_path(struct arena *arena, struct artifact *artifact, struct str path, const struct ynode *spec)
{
	const struct file *second;
	struct walk walk = { .arena = arena, .artifact = artifact };
	struct build_overlay overlay = { .spec = spec };
	const struct directory *directory = files_directory(artifact->view.files, path);
	if (!directory || !ignore_keeps_directory(&artifact->ignore, artifact->view.files, path)) {
		return build_missing(arena, artifact->view.files, path);
	}
	if (builder_is_spent(artifact->builder)) {
		struct build *build = arena_new(arena, struct build);
		*build = (struct build){
			.directory = path, .result = BUILD_INCOMPLETE, .why = STR("too many objects")
		};
		return build;
	}
	if (!view_kustomization(&artifact->view, arena, path, &second)) {
		static const struct str none[1] = { STR_INIT("") };
		walk_directory(&walk, directory);
		overlay.entries = walk.entries.len > 0 ? walk.entries.items : none;
		overlay.entry_count = walk.entries.len;
		overlay.refused = walk.refused;
	}
	return kustomize_build_root(artifact->builder, path, &overlay);
}

const struct build *
artifact_build(struct arena *arena, struct artifact *artifact, struct str path, const struct ynode *spec)
{
	bool plain = is_plain(spec);
	const struct remembered *known = plain ? map_get(&artifact->plain, path) : NULL;
	if (known) {
		return known->build;
	}
	const struct build *build = build_path(arena, artifact, path, spec);
	if (plain) {
		struct remembered *made = arena_new(arena, struct remembered);
		made->build = build;
		map_put(arena, &artifact->plain, path, made);
	}
	return build;
}
