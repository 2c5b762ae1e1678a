/*
 * Applications of Argo CD: what it runs `helm template` with
 * (reposerver/repository/repository.go, util/helm/cmd.go).
 */
#include "aside.h"
#include "install_parts.h"
#include "path.h"
#include "vec.h"
#include "versions.h"

/* Parameters are --set with commas escaped, so each is one pair. */
static void
lay_parameter(struct install_reader *reader, struct install *install, const struct ynode *parameter)
{
	const struct ynode *name = ynode_get(parameter, STR("name")),
			   *value = ynode_get(parameter, STR("value"));
	bool is_text = str_eq(ynode_str(ynode_get(parameter, STR("forceString"))), STR("true"));
	struct strvals_word word = {
		.text = arena_printf(
			reader->arena, "%.*s=%.*s", STR_ARG(ynode_str(name)), STR_ARG(ynode_str(value))),
		.kind = is_text ? STRVALS_TEXT : STRVALS_TYPED,
		.is_open = install->is_open,
		.source = value ? value->source : 0,
		.span = value ? value->span : (struct span){ 0, 0 },
		.copies_left = &reader->copies_left,
	};
	bool is_plain = applied_is_plain(name) && applied_is_plain(value) && !str_has_char(word.text, ',')
		&& !str_has_char(ynode_str(value), '{');
	const struct ynode *laid = is_plain ? strvals_lay(reader->arena, install->values, &word) : NULL;
	if (laid) {
		install->values = laid;
	} else {
		values_open(reader->arena, install);
	}
}

static void
lay_inline(struct install_reader *reader, struct install *install, const struct ynode *helm)
{
	const struct ynode *object = ynode_get(helm, STR("valuesObject"));
	const struct ynode *text = ynode_get(helm, STR("values")), *tree = NULL;
	bool is_read = object ? values_clean(reader->arena, ynode_follow(object), &tree)
		: text ? ynode_is(text, YNODE_SCALAR) && values_of_scalar(reader, ynode_follow(text), &tree)
		       : true;
	if (is_read) {
		values_lay(reader, install, tree);
	} else {
		values_open(reader->arena, install);
	}
}

static bool
has_items(const struct ynode *list)
{
	return list && !(ynode_is(list, YNODE_SEQUENCE) && ynode_follow(list)->len == 0);
}

/* Files in the chart, but the one of its defaults when it comes first, and from elsewhere are not known. */
static void
lay_files(struct install_reader *reader, struct install *install, const struct ynode *list)
{
	if (list && !ynode_is(list, YNODE_SEQUENCE)) {
		values_open(reader->arena, install);
		return;
	}
	const struct ynode *first = list ? ynode_follow(list)->first : NULL;
	for (const struct ynode *item = first; item; item = item->next) {
		if (item != first || !str_eq(ynode_str(item), STR("values.yaml"))) {
			values_lay_file(reader, install,
				application_file(reader, install->application, ynode_str(item)), false);
		}
	}
}

static void
lay_values(struct install_reader *reader, struct install *install, const struct ynode *helm)
{
	const struct ynode *parameters = ynode_get(helm, STR("parameters"));
	lay_files(reader, install, ynode_get(helm, STR("valueFiles")));
	lay_inline(reader, install, helm);
	if (ynode_is(parameters, YNODE_SEQUENCE)) {
		for (const struct ynode *item = ynode_follow(parameters)->first; item; item = item->next) {
			lay_parameter(reader, install, ynode_follow(item));
		}
	}
	if (has_items(ynode_get(helm, STR("fileParameters")))) {
		values_open(reader->arena, install);
	}
}

/* Does a kustomization file lie beside it or above it, whose patches may change it? */
static bool
may_be_patched(const struct install_reader *reader, const struct file *file)
{
	struct str directory = file->source.path;
	bool is_found = false;
	while (directory.len > 0 && !is_found) {
		directory = path_parent(directory);
		is_found = files_first_of(reader->files, directory, kustomization_names) != NULL;
	}
	return is_found;
}

static void
read_source(struct install_reader *reader, const struct resource *application, const struct ynode *source)
{
	const struct ynode *chart = ynode_get(source, STR("chart")), *helm = ynode_get(source, STR("helm"));
	const struct ynode *release = ynode_get(helm, STR("releaseName"));
	const struct ynode *revision = ynode_get(source, STR("targetRevision"));
	const struct ynode *namespace = ynode_at(application->root, "spec", "destination", "namespace", NULL);
	if (!str_eq(ynode_str(chart), STR("gitlab-agent"))) {
		return;
	}
	struct install install = {
		.application = application,
		.at = helm ? ynode_key(source, STR("helm")) : chart,
		.release = applied_is_plain(release) ? ynode_str(release)
			: release                    ? STR("")
						     : application->name,
		.namespace = applied_is_plain(namespace) ? ynode_str(namespace) : STR(""),
		.version = applied_is_plain(revision) ? chart_exact_version(ynode_str(revision)) : STR(""),
		.is_official = install_is_official(ynode_str(ynode_get(source, STR("repoURL")))),
		.values = ynode_collection(reader->arena, YNODE_MAPPING),
	};
	lay_values(reader, &install, helm);
	/* A plugin renders the chart by itself, with values from wherever it likes. */
	install.is_open = install.is_open || !install.is_official || ynode_get(source, STR("plugin"))
		|| may_be_patched(reader, application->file);
	if (!ynode_get(install.values, STR("gitlab-agent"))) {
		vec_push(reader->arena, &reader->installs->items, install);
		(void)map_put(reader->arena, &reader->installs->read, application->file->source.path,
			(void *)(uintptr_t)application->file);
	}
}

void
installs_of_applications(struct install_reader *reader)
{
	for (size_t i = 0; i < reader->resources->len; i++) {
		const struct resource *resource = &reader->resources->items[i];
		struct str path = resource->file->source.path;
		if (!resource_is(resource, STR("argoproj.io"), STR("Application"))
			|| resource->file->is_template || path_is_archived(path)
			|| files_in_chart(reader->files, path)) {
			continue;
		}
		const struct ynode *spec = ynode_get(resource->root, STR("spec"));
		const struct ynode *sources = ynode_get(spec, STR("sources"));
		if (!ynode_is(sources, YNODE_SEQUENCE)) {
			read_source(reader, resource, ynode_get(spec, STR("source")));
			continue;
		}
		for (const struct ynode *item = ynode_follow(sources)->first; item; item = item->next) {
			read_source(reader, resource, ynode_follow(item));
		}
	}
}
