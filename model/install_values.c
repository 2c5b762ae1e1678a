#include "install_parts.h"

#include "chart_values.h"
#include "ymerge.h"
#include "yscalar.h"

void
values_open(struct arena *arena, struct install *install)
{
	install->values = ynode_collection(arena, YNODE_MAPPING);
	install->is_open = true;
}

static size_t
count_nodes(const struct ynode *node)
{
	size_t count = 1;
	bool is_leaf = node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS;
	for (const struct ynode *child = is_leaf ? NULL : node->first; child; child = child->next) {
		count += count_nodes(child);
	}
	return count;
}

/* A merge copies what lies below, however little is laid over it. */
static bool
take_copies(struct install_reader *reader, const struct install *install, const struct ynode *over)
{
	size_t wanted = count_nodes(install->values) + count_nodes(over);
	bool is_within = wanted <= reader->copies_left;
	reader->copies_left -= is_within ? wanted : reader->copies_left;
	return is_within;
}

void
values_lay(struct install_reader *reader, struct install *install, const struct ynode *over)
{
	if (!over || ynode_type(over, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		return;
	}
	if (!ynode_is(over, YNODE_MAPPING) || !take_copies(reader, install, ynode_follow(over))) {
		values_open(reader->arena, install);
		return;
	}
	install->values = ymerge(reader->arena, install->values, over, YMERGE_NULL_IS_VALUE);
}

/* Entries of a group of values, "image.", that the chart has. */
static const struct ynode *
group_of_chart(struct arena *arena, struct str version, const struct ynode *group, struct str prefix)
{
	struct ylist list = ylist_mapping(arena);
	if (!ynode_is(group, YNODE_MAPPING)) {
		return group;
	}
	for (const struct ynode *entry = ynode_follow(group)->first; entry; entry = entry->next->next) {
		struct str path = arena_printf(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(ynode_str(entry)));
		const struct chart_key *key = chart_key_find(path);
		if (key && chart_key_is_read(key, version)) {
			struct str below = arena_printf(arena, "%.*s.", STR_ARG(path));
			ylist_add(&list, entry);
			ylist_add(&list,
				key->kind == CHART_GROUP ? group_of_chart(arena, version, entry->next, below)
							 : entry->next);
		}
	}
	return list.parent;
}

const struct ynode *
values_of_chart(struct arena *arena, const struct install *install, const struct ynode *tree)
{
	return group_of_chart(arena, install->version, tree, STR(""));
}

const struct ynode *
values_unknown(struct arena *arena)
{
	return ynode_scalar(arena, STR("${}"), YSTYLE_QUOTED);
}

/* A word that only YAML 1.1 takes for a boolean, as the boolean. */
static const struct ynode *
clean_scalar(struct arena *arena, const struct ynode *scalar)
{
	bool differs = ynode_type(scalar, YDIALECT_SIGS_YAML) == YTYPE_BOOL
		&& ynode_type(scalar, YDIALECT_YAML_V3) != YTYPE_BOOL;
	if (!differs) {
		return scalar;
	}
	struct ynode *out = ynode_scalar(
		arena, yscalar_bool(ynode_str(scalar)) ? STR("true") : STR("false"), YSTYLE_PLAIN);
	out->source = scalar->source;
	out->span = scalar->span;
	return out;
}

bool
values_clean(struct arena *arena, const struct ynode *tree, const struct ynode **ret_tree)
{
	if (tree->kind == YNODE_SCALAR) {
		*ret_tree = clean_scalar(arena, tree);
		return true;
	}
	if (tree->kind == YNODE_ALIAS || ynode_key(tree, STR("<<"))) {
		return false;
	}
	struct ynode *out = ynode_head(arena, tree);
	out->first = NULL;
	out->len = 0;
	struct ylist list = ylist_new(arena, out);
	bool is_value = tree->kind == YNODE_SEQUENCE;
	for (const struct ynode *child = tree->first; child; child = child->next) {
		const struct ynode *clean = child;
		if (is_value && !values_clean(arena, child, &clean)) {
			return false;
		}
		ylist_add(&list, clean);
		is_value = tree->kind == YNODE_SEQUENCE || !is_value;
	}
	*ret_tree = out;
	return true;
}

bool
values_read(struct arena *arena, const struct source *source, uint32_t id, const struct ynode **ret_tree)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs;
	struct ysyntax_error error;
	if (!ytree_parse(arena, &scratch, source, id, YTREE_VALUES, &docs, &error) || (docs && docs->next)) {
		return false;
	}
	*ret_tree = NULL;
	return !docs || values_clean(arena, docs->root, ret_tree);
}

/* The text of a literal scalar where it stands: everything before it is blank, so that places in it are
 * places in the file. */
static struct source
in_place(struct arena *arena, const struct file *file, const struct ynode *scalar)
{
	/* A span ends before the last line end, which a text inside may need. */
	bool has_end = str_starts(str_skip(file->source.text, scalar->span.end), STR("\n"))
		&& str_ends(ynode_str(scalar), STR("\n"));
	struct str whole = str_first(file->source.text, scalar->span.end + (has_end ? 1 : 0));
	struct str text = arena_str(arena, whole);
	char *bytes = arena_alloc(arena, whole.len + 1);
	size_t start = scalar->span.start;
	while (start < whole.len && whole.ptr[start] != '\n') {
		start++;
	}
	for (size_t i = 0; i < whole.len; i++) {
		bytes[i] = i > start || text.ptr[i] == '\n' ? text.ptr[i] : ' ';
	}
	return (struct source){ file->source.path, { bytes, whole.len } };
}

bool
values_of_scalar(struct install_reader *reader, const struct ynode *scalar, const struct ynode **ret_tree)
{
	struct source source = { .text = arena_str(reader->arena, ynode_str(scalar)) };
	uint32_t id = 0;
	if (scalar->source != 0 && scalar->style == YSTYLE_LITERAL
		&& reader->placed_left >= scalar->span.end) {
		reader->placed_left -= scalar->span.end;
		id = scalar->source;
		source = in_place(reader->arena, &reader->files->items[id - 1], scalar);
	}
	return values_read(reader->arena, &source, id, ret_tree);
}

/* Many installs may read one file. */
static bool
clean_file(struct install_reader *reader, const struct file *file, const struct ynode **ret_tree)
{
	*ret_tree = map_get(&reader->cleaned, file->source.path);
	if (*ret_tree || !file->docs) {
		return true;
	}
	bool is_clean = !file->docs->next && values_clean(reader->arena, file->docs->root, ret_tree);
	if (is_clean) {
		(void)map_put(
			reader->arena, &reader->cleaned, file->source.path, (void *)(uintptr_t)*ret_tree);
	}
	return is_clean;
}

void
values_lay_file(
	struct install_reader *reader, struct install *install, const struct file *file, bool is_shared)
{
	const struct ynode *tree = NULL;
	bool is_yaml =
		file && file->kind == FS_REGULAR && file->is_yaml && !file->is_template && !file->syntax;
	if (!is_yaml || !clean_file(reader, file, &tree)) {
		values_open(reader->arena, install);
		return;
	}
	values_lay(reader, install, is_shared && tree ? values_of_chart(reader->arena, install, tree) : tree);
	(void)map_put(reader->arena, &reader->installs->read, file->source.path, (void *)(uintptr_t)file);
}
