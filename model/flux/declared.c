/*
 * Roots that commands, Terraform, glagent.yaml and FluxInstances tell of. What is no root of a
 * gotk-sync.yaml may be one all the same: bootstrapping was not pushed yet, or
 * is another repository's, or an operator commits nothing.
 */
#include "buf.h"
#include "flux/parts.h"
#include "path.h"
#include "vec.h"

static const struct flux_root *
root_at(const struct flux *flux, struct str path)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (str_eq(flux->roots.items[i].kustomization->path, path)) {
			return &flux->roots.items[i];
		}
	}
	return NULL;
}

/* A kustomization file that names what lies above it, or is fetched. */
static bool
names_elsewhere(const struct file *file)
{
	static const struct str marks[] = { STR_INIT(".."), STR_INIT("://"), STR_INIT("git@"),
		STR_INIT("github.com"), STR_INIT("?ref=") };
	for (size_t i = 0; i < countof(marks); i++) {
		if (str_find(file->source.text, marks[i]) < file->source.text.len) {
			return true;
		}
	}
	return false;
}

/* Objects that lead Flux on: Kustomizations, charts from Git, ResourceSets. */
static bool
holds_flux_objects(const struct file *file)
{
	static const struct str groups[] = { STR_INIT("kustomize.toolkit.fluxcd.io/"),
		STR_INIT("helm.toolkit.fluxcd.io/"), STR_INIT("fluxcd.controlplane.io/"),
		STR_INIT("source.extensions.fluxcd.io/") };
	for (size_t i = 0; i < countof(groups); i++) {
		if (str_find(file->source.text, groups[i]) < file->source.text.len) {
			return true;
		}
	}
	return false;
}

static bool
leads_out(const struct files *files, struct str path)
{
	const struct directory *directory = files_directory(files, path);
	for (size_t i = directory ? directory->first : 0; directory && i < directory->last; i++) {
		const struct file *file = &files->items[i];
		if (!file->is_yaml) {
			continue;
		}
		bool is_list = kustomization_is_name_of(file->source.path);
		if (file->state != FILE_TEXT || file->syntax || file->is_template
			|| (is_list && names_elsewhere(file)) || holds_flux_objects(file)) {
			return true;
		}
	}
	return false;
}

static void
add(struct arena *arena, struct flux *flux, struct flux_declared declared)
{
	if (declared.is_path_sure) {
		declared.root = root_at(flux, declared.path);
		declared.leads_out = !declared.root && leads_out(flux->files, declared.path);
	}
	vec_push(arena, &flux->declared, declared);
}

static void
add_commands(struct arena *arena, struct flux *flux)
{
	bootstraps_collect(arena, flux->files, &flux->bootstraps);
	for (size_t i = 0; i < flux->bootstraps.commands.len; i++) {
		const struct bootstrap *command = &flux->bootstraps.commands.items[i];
		if (command->kind == BOOTSTRAP_FLUX) {
			struct flux_declared declared = { .kind = FLUX_DECLARED_COMMAND,
				.file = command->script->file,
				.span = command->span,
				.is_path_sure = command->directory_state == ARGUMENT_KNOWN
					&& !command->is_default && command->is_sure,
				.path = command->directory,
				.command = command };
			add(arena, flux, declared);
		}
	}
}

static void
add_terraform(struct arena *arena, struct flux *flux)
{
	terraform_collect(arena, flux->files, &flux->terraform);
	for (size_t i = 0; i < flux->terraform.bootstraps.len; i++) {
		const struct terraform_bootstrap *bootstrap = &flux->terraform.bootstraps.items[i];
		struct flux_declared declared = { .kind = FLUX_DECLARED_TERRAFORM,
			.file = bootstrap->file,
			.span = bootstrap->span,
			.is_path_sure =
				bootstrap->directory_state == ARGUMENT_KNOWN && !bootstrap->is_default,
			.path = bootstrap->directory,
			.terraform = bootstrap };
		add(arena, flux, declared);
	}
}

/* Does a source that the instance makes hold nothing of this repository for sure? */
static bool
is_elsewhere(struct arena *arena, const struct flux *flux, const struct ynode *sync)
{
	struct str url = ynode_str(ynode_get(sync, STR("url")));
	if (!str_eq(ynode_str(ynode_get(sync, STR("kind"))), STR("GitRepository")) || flux->roots.len == 0) {
		return false; /* an artifact may be pushed from here */
	}
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct resource *source = flux->roots.items[i].source;
		if (!source || flux_has_variable(url) || source_is_akin(arena, source->root, url)) {
			return false;
		}
	}
	return true;
}

/* spec.sync of fluxcd.controlplane.io/v1 (controlplaneio-fluxcd/flux-operator): the path is taken as it is,
 * from the root of what the source holds; patches may change it. */
static void
add_instance(struct arena *arena, struct flux *flux, const struct resource *instance)
{
	const struct ynode *spec = ynode_get(instance->root, STR("spec"));
	const struct ynode *sync = ynode_get(spec, STR("sync"));
	struct str path = ynode_str(ynode_get(sync, STR("path")));
	if (!sync || is_elsewhere(arena, flux, sync)) {
		return;
	}
	struct flux_declared declared = { .kind = FLUX_DECLARED_INSTANCE,
		.file = instance->file,
		.span = instance->root->span,
		.is_path_sure = str_eq(ynode_str(ynode_get(sync, STR("kind"))), STR("GitRepository"))
			&& !flux_has_variable(path) && !ynode_at(spec, "kustomize", "patches", NULL)
			&& !instance->file->is_template,
		.path = flux_clean_path(arena, path),
		.instance = instance };
	add(arena, flux, declared);
}

/* The text with the cluster's name for {cluster}. */
static struct str
fill_in(struct arena *arena, struct str text, struct str cluster)
{
	struct buf out = { .arena = arena };
	struct str mark = STR("{cluster}");
	for (size_t at = str_find(text, mark); at < text.len; at = str_find(text, mark)) {
		buf_add(&out, str_first(text, at));
		buf_add(&out, cluster);
		text = str_skip(text, at + mark.len);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

static bool
is_for_flux(const struct ynode *agent, const struct ynode *defaults)
{
	const struct ynode *method = ynode_at(agent, "install", "method", NULL);
	method = method ? method : ynode_at(defaults, "install", "method", NULL);
	return str_eq(ynode_str(method), STR("flux"));
}

/* Where the fleet's clusters start, when it says so and means this repository. */
static void
add_spec(struct arena *arena, struct flux *flux, const struct file *file)
{
	const struct ynode *root = file->docs ? file->docs->root : NULL;
	const struct ynode *spec = ynode_get(root, STR("spec"));
	const struct ynode *path = ynode_at(spec, "flux", "path", NULL);
	const struct ynode *agents = ynode_get(spec, STR("agents"));
	const struct ynode *agent = ynode_is(agents, YNODE_SEQUENCE) ? agents->first : NULL;
	bool is_ours = path && !ynode_at(spec, "flux", "project", NULL)
		&& str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("AgentFleet"));
	for (; is_ours && agent; agent = agent->next) {
		struct str cluster = ynode_str(ynode_get(agent, STR("cluster")));
		cluster = cluster.len > 0 ? cluster : ynode_str(ynode_get(agent, STR("name")));
		struct str filled = fill_in(arena, ynode_str(path), cluster);
		struct flux_declared declared = { .kind = FLUX_DECLARED_SPEC,
			.file = file,
			.span = path->span,
			.is_path_sure = cluster.len > 0 && !str_has_char(filled, '{'),
			.path = flux_clean_path(arena, filled) };
		if (is_for_flux(ynode_follow(agent), ynode_get(spec, STR("defaults")))) {
			add(arena, flux, declared);
		}
	}
}

void
declared_collect(struct arena *arena, const struct resources *resources, struct flux *flux)
{
	add_commands(arena, flux);
	add_terraform(arena, flux);
	for (size_t i = 0; i < flux->files->len; i++) {
		if (str_eq(path_base(flux->files->items[i].source.path), STR("glagent.yaml"))) {
			add_spec(arena, flux, &flux->files->items[i]);
		}
	}
	for (size_t i = 0; i < resources->len; i++) {
		if (resource_is(&resources->items[i], STR("fluxcd.controlplane.io"), STR("FluxInstance"))) {
			add_instance(arena, flux, &resources->items[i]);
		}
	}
}

/* A copy of the file's text that may be written to. */
static char *
own_text(struct arena *arena, const struct flux *flux, struct files *copy, const struct file *file)
{
	struct file *own = &copy->items[file - flux->files->items];
	if (own->source.text.ptr == file->source.text.ptr) {
		own->source.text = arena_str(arena, file->source.text);
	}
	return (char *)(uintptr_t)own->source.text.ptr;
}

static void
hide_word(struct arena *arena, const struct flux *flux, struct files *copy, const struct file *file,
	struct str word)
{
	struct str text = file_words(file);
	for (size_t at = str_find(text, word); at < text.len;) {
		memset(own_text(arena, flux, copy, file) + at, ' ', word.len);
		at += word.len;
		at += str_find(str_skip(text, at), word);
	}
}

/* The resource's name in all files of its directory, which may refer to it: unless something else of the
 * directory is not known. */
static void
hide_terraform(struct arena *arena, const struct flux *flux, struct files *copy, struct str directory)
{
	for (size_t i = 0; i < flux->declared.len; i++) {
		const struct flux_declared *other = &flux->declared.items[i];
		if (other->kind == FLUX_DECLARED_TERRAFORM && !other->is_path_sure
			&& str_eq(path_parent(other->file->source.path), directory)) {
			return;
		}
	}
	for (size_t i = 0; i < flux->terraform.unread.len; i++) {
		if (str_eq(path_parent(flux->terraform.unread.items[i]->source.path), directory)) {
			return;
		}
	}
	for (size_t i = 0; i < flux->files->len; i++) {
		const struct file *file = &flux->files->items[i];
		if (terraform_is_source(file->source.path)
			&& str_eq(path_parent(file->source.path), directory)) {
			hide_word(arena, flux, copy, file, STR("flux_bootstrap_git"));
		}
	}
}

/* Are all words of the declaration those that were read? A substitution may run another command, and the
 * place of folded text is all of it; an instance is often filled in and patched by others. */
static bool
is_told_exactly(const struct flux_declared *declared)
{
	struct str text = str_first(str_skip(declared->file->source.text, declared->span.start),
		declared->span.end - declared->span.start);
	switch (declared->kind) {
	case FLUX_DECLARED_COMMAND:
		return declared->is_path_sure && declared->command->script->is_exact
			&& str_find(text, STR("$(")) == text.len && !str_has_char(text, '`');
	case FLUX_DECLARED_TERRAFORM:
		return declared->is_path_sure;
	case FLUX_DECLARED_SPEC: /* it has no words that others look for */
	case FLUX_DECLARED_INSTANCE:
		break;
	}
	return false;
}

const struct files *
declared_hide(struct arena *arena, const struct flux *flux)
{
	struct files *copy = NULL;
	for (size_t i = 0; i < flux->declared.len; i++) {
		const struct flux_declared *declared = &flux->declared.items[i];
		if (!is_told_exactly(declared)) {
			continue;
		}
		if (!copy) {
			copy = arena_new(arena, struct files);
			*copy = *flux->files;
			copy->items = arena_new_n(arena, struct file, copy->len);
			memcpy(copy->items, flux->files->items, copy->len * sizeof(*copy->items));
		}
		if (declared->kind == FLUX_DECLARED_TERRAFORM) {
			hide_terraform(arena, flux, copy, path_parent(declared->file->source.path));
		} else {
			memset(own_text(arena, flux, copy, declared->file) + declared->span.start, ' ',
				declared->span.end - declared->span.start);
		}
	}
	return copy ? copy : flux->files;
}
