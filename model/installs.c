#include "installs.h"

#include "install_parts.h"
#include "vec.h"
#include "yscalar.h"

/* Of one repository. What goes beyond is not known: real ones stay far below. */
enum { COPIES_MAX = 2 * 1000 * 1000, PLACED_BYTES_MAX = 64 << 20 };

static void
add_release(struct install_reader *reader, const struct applied *applied)
{
	struct install install;
	bool is_whole = !applied->cluster
		|| (!applied->object->may_differ && applied->by->build->result != BUILD_FAILS
			&& flux_is_sure(applied->by));
	if (is_whole && install_of_release(reader, applied, &install)) {
		vec_push(reader->arena, &reader->installs->items, install);
	}
}

static void
add_releases(struct install_reader *reader, const struct clusters *clusters)
{
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			add_release(reader, &cluster->objects.items[j]);
		}
	}
	for (size_t i = 0; i < clusters->loose.len; i++) {
		add_release(reader, &clusters->loose.items[i]);
	}
}

bool
install_is_official(struct str url)
{
	return str_eq(url, STR("https://charts.gitlab.io")) || str_eq(url, STR("https://charts.gitlab.io/"));
}

const struct installs *
installs_collect(struct arena *arena, const struct files *files, const struct resources *resources,
	const struct clusters *clusters)
{
	struct installs *installs = arena_new(arena, struct installs);
	struct install_reader reader = { .arena = arena,
		.files = files,
		.resources = resources,
		.installs = installs,
		.copies_left = COPIES_MAX,
		.placed_left = PLACED_BYTES_MAX };
	add_releases(&reader, clusters);
	installs_of_applications(&reader);
	installs_of_commands(&reader);
	installs_of_terraform(&reader);
	installs_of_packages(&reader);
	return installs;
}

/* "__KAS__", "%KAS%", "@KAS@", "#{KAS}#": what a step of a pipeline replaces. */
static bool
is_marked(struct str text)
{
	static const struct str marks[] = { STR_INIT("__"), STR_INIT("%"), STR_INIT("@"), STR_INIT("#") };
	for (size_t i = 0; i < countof(marks); i++) {
		if (text.len > 2 * marks[i].len && str_starts(text, marks[i]) && str_ends(text, marks[i])) {
			return true;
		}
	}
	return false;
}

/* What another program puts a value in place of: vals, the plugins of Argo CD, SOPS, envsubst, whoever copies
 * an example. */
static bool
is_placeholder(struct str text)
{
	return str_has_char(text, '<') || str_starts(text, STR("ref+")) || str_starts(text, STR("secretref+"))
		|| str_starts(text, STR("ENC[")) || str_starts(text, STR("vault:")) || str_has_char(text, '$')
		|| is_marked(text);
}

/* Of a node that is there. */
static struct value
value_of(const struct ynode *node)
{
	node = ynode_follow(node);
	if (node->kind != YNODE_SCALAR) {
		return (struct value){ node->len ? VALUE_SET : VALUE_EMPTY, node, STR("") };
	}
	if (!applied_is_plain(node) || is_placeholder(ynode_str(node))) {
		return (struct value){ .state = VALUE_OPEN };
	}
	bool is_empty = ynode_str(node).len == 0 || ynode_type(node, YDIALECT_YAML_V3) == YTYPE_NULL;
	return (struct value){ is_empty ? VALUE_EMPTY : VALUE_SET, node,
		is_empty ? STR("") : ynode_str(node) };
}

struct value
install_value(const struct install *install, struct str path)
{
	const struct ynode *node = install->values;
	while (path.ptr) {
		struct str key = str_cut(&path, '.');
		if (!ynode_is(node, YNODE_MAPPING)) {
			return (struct value){ .state = VALUE_OPEN }; /* the chart does not render then */
		}
		node = ynode_get(node, key);
		if (!node) {
			return (struct value){ .state = install->is_open ? VALUE_OPEN : VALUE_ABSENT };
		}
	}
	return value_of(node);
}

enum answer
install_flag(const struct install *install, struct str path, bool otherwise)
{
	struct value value = install_value(install, path);
	switch (value.state) {
	case VALUE_OPEN:
		return ANSWER_OPEN;
	case VALUE_EMPTY:
		return ANSWER_NO;
	case VALUE_ABSENT:
		return otherwise ? ANSWER_YES : ANSWER_NO;
	case VALUE_SET:
		break;
	}
	enum ytype type = ynode_type(value.node, YDIALECT_YAML_V3);
	bool is_no = (type == YTYPE_BOOL && !yscalar_bool(value.text))
		|| (type == YTYPE_INT && str_eq(value.text, STR("0")));
	return is_no ? ANSWER_NO : ANSWER_YES;
}

bool
installs_read(const struct installs *installs, struct str path)
{
	return map_get(&installs->read, path) != NULL;
}
