#include "terraform.h"

#include "vec.h"

bool
terraform_is_source(struct str path)
{
	struct str extension = path_extension(path);
	return str_eq(extension, STR(".tf")) || str_eq(extension, STR(".tofu"));
}

static void
bind(struct arena *arena, struct hcl_scope *scope, const char *kind, struct str name, struct str expression,
	bool is_default)
{
	struct hcl_binding *binding = arena_new(arena, struct hcl_binding);
	*binding = (struct hcl_binding){ expression, is_default };
	map_put(arena, &scope->bindings, arena_printf(arena, "%s.%.*s", kind, STR_ARG(name)), binding);
}

static void
bind_block(struct arena *arena, struct hcl_scope *scope, const struct hcl_block *block)
{
	if (str_eq(block->type, STR("variable")) && block->label_count == 1) {
		const struct hcl_attribute *value = hcl_get(block, STR("default"));
		if (value) {
			bind(arena, scope, "var", block->labels[0], value->expression, true);
		}
	} else if (str_eq(block->type, STR("locals"))) {
		const struct hcl_attribute *local = block->attributes;
		for (; local; local = local->next) {
			bind(arena, scope, "local", local->name, local->expression, false);
		}
	}
}

void
terraform_scope(
	struct arena *arena, const struct files *files, struct str directory, struct hcl_scope *ret_scope)
{
	const struct directory *listing = files_directory(files, directory);
	*ret_scope = (struct hcl_scope){ 0 };
	for (size_t i = listing ? listing->first : 0; listing && i < listing->last; i++) {
		const struct file *file = &files->items[i];
		if (!terraform_is_source(file->source.path)
			|| !str_eq(path_parent(file->source.path), directory)) {
			continue;
		}
		const struct hcl_block *root = hcl_parse(arena, file_words(file));
		for (const struct hcl_block *block = root ? root->blocks : NULL; block; block = block->next) {
			bind_block(arena, ret_scope, block);
		}
	}
}

static struct argument
read_argument(
	struct arena *arena, const struct hcl_scope *scope, const struct hcl_block *block, struct str name)
{
	const struct hcl_attribute *attribute = hcl_get(block, name);
	if (!attribute || str_eq(attribute->expression, STR("null"))) {
		return (struct argument){ .state = ARGUMENT_ABSENT };
	}
	struct hcl_text value = hcl_resolve(arena, scope, attribute->expression);
	return (struct argument){ .state = value.is_known ? ARGUMENT_KNOWN : ARGUMENT_UNKNOWN,
		.is_default = value.is_default,
		.text = value.text,
		.span = attribute->value };
}

static void
add_bootstrap(struct arena *arena, const struct file *file, const struct hcl_scope *scope,
	const struct hcl_block *block, struct terraform *terraform)
{
	struct terraform_bootstrap found = { .file = file, .name = block->labels[1], .span = block->span };
	found.path = read_argument(arena, scope, block, STR("path"));
	found.namespace = read_argument(arena, scope, block, STR("namespace"));
	found.directory_state = found.path.state == ARGUMENT_UNKNOWN ? ARGUMENT_UNKNOWN : ARGUMENT_KNOWN;
	found.is_default = found.path.is_default;
	found.directory = found.path.state == ARGUMENT_KNOWN
		? bootstrap_flux_directory(arena, found.path.text)
		: STR("");
	vec_push(arena, &terraform->bootstraps, found);
}

static void
read_file(
	struct arena *arena, const struct files *files, const struct file *file, struct terraform *terraform)
{
	const struct hcl_block *root = hcl_parse(arena, file->source.text);
	struct hcl_scope scope;
	if (!root) {
		vec_push(arena, &terraform->unread, file);
		return;
	}
	terraform_scope(arena, files, path_parent(file->source.path), &scope);
	for (const struct hcl_block *block = root->blocks; block; block = block->next) {
		bool is_bootstrap = str_eq(block->type, STR("resource")) && block->label_count == 2
			&& str_eq(block->labels[0], STR("flux_bootstrap_git"));
		if (is_bootstrap) {
			add_bootstrap(arena, file, &scope, block, terraform);
		}
	}
}

void
terraform_collect(struct arena *arena, const struct files *files, struct terraform *ret_terraform)
{
	*ret_terraform = (struct terraform){ 0 };
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		struct str text = file_words(file);
		if (terraform_is_source(file->source.path)
			&& str_find(text, STR("flux_bootstrap_git")) < text.len) {
			read_file(arena, files, file, ret_terraform);
		}
	}
}
