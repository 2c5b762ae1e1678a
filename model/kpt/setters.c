#include "kpt/setters.h"

#include "buf.h"
#include "vec.h"
#include "yscalar.h"

/* Images of the function itself; another registry may have one of that name that does more. */
static bool
is_apply_setters(struct str image)
{
	static const struct str homes[] = { STR_INIT("gcr.io/kpt-fn"),
		STR_INIT("ghcr.io/kptdev/krm-functions-catalog"), STR_INIT("") };
	for (size_t i = 0; i < countof(homes); i++) {
		if (str_eq(path_parent(image), homes[i])
			&& str_eq(kpt_image_name(image), STR("apply-setters"))) {
			return true;
		}
	}
	return false;
}

/* The object in the file that configPath names; NULL: not known. */
static const struct ynode *
read_config(const struct files *files, const struct kpt_package *package, struct str text,
	const struct file **ret_file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str path;
	if (!path_join(&scratch, package->directory, text, &path)) {
		return NULL;
	}
	const struct file *file = files_get(files, path);
	bool is_read = file && file->kind == FS_REGULAR && file->docs && !file->syntax && !file->is_template;
	if (!is_read || file->docs->next) {
		return NULL;
	}
	*ret_file = file;
	return file->docs->root;
}

/* Functions of packages above work on what this one has done. */
static bool
is_worked_on(const struct kpt_packages *packages, const struct kpt_package *package)
{
	for (size_t i = 0; i < packages->len; i++) {
		const struct kpt_package *other = &packages->items[i];
		if (other != package && path_is_below(package->directory, other->directory)
			&& (!other->is_v1 || kpt_functions(other, "mutators"))) {
			return true;
		}
	}
	return false;
}

bool
kpt_setters_read(const struct files *files, const struct kpt_packages *packages,
	const struct kpt_package *package, struct kpt_setters *ret_setters)
{
	const struct ynode *item = package->is_v1 ? kpt_functions(package, "mutators") : NULL;
	const struct ynode *function = item && !item->next ? ynode_follow(item) : NULL;
	if (!is_apply_setters(kpt_text(function, "image")) || ynode_get(function, STR("selectors"))
		|| ynode_get(function, STR("exclude")) || ynode_get(function, STR("configRef"))
		|| is_worked_on(packages, package)) {
		return false;
	}
	*ret_setters = (struct kpt_setters){
		.package = package, .image = ynode_get(function, STR("image")), .file = package->file
	};
	struct str path = kpt_text(function, "configPath");
	if (path.len == 0) {
		ret_setters->data = ynode_get(function, STR("configMap"));
	} else {
		const struct ynode *config = read_config(files, package, path, &ret_setters->file);
		ret_setters->data = ynode_get(config, STR("data"));
	}
	return ynode_is(ret_setters->data, YNODE_MAPPING);
}

/* The pattern of a comment that follows at `at`, on the same line. */
static bool
pattern_at(struct str text, size_t at, struct str *ret_pattern)
{
	const struct str identifier = STR("# kpt-set: ");
	size_t start = at;
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t')) {
		at++;
	}
	struct str line = str_skip(text, at);
	line = str_first(line, str_find_char(line, '\n'));
	if (at == start || !str_starts(line, identifier)) {
		return false;
	}
	*ret_pattern = str_trim(str_skip(line, identifier.len));
	return ret_pattern->len > 0;
}

struct collecting {
	struct arena *arena;
	const struct file *file;
	const struct ynode *root;
	struct kpt_markers *markers;
};

static void
add_marker(struct collecting *c, const struct ynode *value, size_t at)
{
	struct str text = c->file->source.text, pattern;
	if (!pattern_at(text, at, &pattern)) {
		return;
	}
	uint32_t start = (uint32_t)(pattern.ptr - text.ptr);
	struct kpt_marker marker = { .file = c->file,
		.root = c->root,
		.value = value,
		.pattern = pattern,
		.span = { start, start + (uint32_t)pattern.len } };
	vec_push(c->arena, c->markers, marker);
}

static void collect_all(struct collecting *c, const struct ynode *node);

static void
collect_value(struct collecting *c, const struct ynode *key, const struct ynode *value)
{
	bool is_block = value->style == YSTYLE_BLOCK;
	if (value->kind == YNODE_SEQUENCE && key) {
		size_t colon = str_find_char(str_skip(c->file->source.text, key->span.end), ':');
		add_marker(c, value, is_block ? key->span.end + colon + 1 : value->span.end);
	}
	bool is_text = value->kind == YNODE_SCALAR && value->style <= YSTYLE_QUOTED;
	if (is_text && ynode_type(value, YDIALECT_YAML_V3) != YTYPE_NULL) {
		add_marker(c, value, value->span.end);
	}
	collect_all(c, value);
}

static void
collect_all(struct collecting *c, const struct ynode *node)
{
	if (node->kind == YNODE_SEQUENCE) {
		for (const struct ynode *item = node->first; item; item = item->next) {
			collect_value(c, NULL, item);
		}
	} else if (node->kind == YNODE_MAPPING) {
		for (const struct ynode *key = node->first; key; key = key->next->next) {
			collect_value(c, key, key->next);
		}
	}
}

/* Does kpt give the file to the function? That of its values may be changed, too, but is not judged. */
static bool
is_handed_over(
	const struct kpt_packages *packages, const struct kpt_setters *setters, const struct file *file)
{
	return file->is_yaml && file->kind == FS_REGULAR
		&& (file != setters->file || file == setters->package->file)
		&& kpt_package_of(packages, file->source.path) == setters->package;
}

static bool
is_readable(const struct file *file)
{
	return !file->is_template && !file->syntax && file->state == FILE_TEXT;
}

/* May a field of the file be marked that is not seen? */
static bool
is_unseen(const struct kpt_packages *packages, const struct kpt_setters *setters, const struct file *file)
{
	struct str text = file->source.text;
	bool is_config = file == setters->file && file != setters->package->file;
	return kpt_package_of(packages, file->source.path) != setters->package || file->kind != FS_REGULAR
		|| (file->is_yaml && !is_readable(file))
		|| (is_config && str_find(text, STR("kpt-set: ")) < text.len);
}

static void
collect_file(struct arena *arena, const struct file *file, struct kpt_markers *markers)
{
	for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
		struct collecting c = { arena, file, doc->root, markers };
		collect_all(&c, doc->root);
	}
}

void
kpt_markers_collect(struct arena *arena, const struct files *files, const struct kpt_packages *packages,
	const struct kpt_setters *setters, struct kpt_markers *ret_markers)
{
	const struct directory *home = files_directory(files, setters->package->directory);
	*ret_markers = (struct kpt_markers){ .is_whole = true };
	for (size_t i = home->first; i < home->last; i++) {
		const struct file *file = &files->items[i];
		if (str_eq(path_base(file->source.path), STR(".krmignore"))) {
			*ret_markers = (struct kpt_markers){ .is_whole = false };
			return;
		}
		if (is_handed_over(packages, setters, file) && is_readable(file)) {
			collect_file(arena, file, ret_markers);
		}
		if (is_unseen(packages, setters, file)) {
			ret_markers->is_whole = false;
		}
	}
}

bool
kpt_pattern_next(struct str pattern, size_t *at, struct str *ret_name)
{
	struct str rest = str_skip(pattern, *at);
	size_t start = str_find(rest, STR("${"));
	size_t end = str_find_char(str_skip(rest, start), '}');
	if (start == rest.len || end == rest.len - start) {
		return false;
	}
	*ret_name = str_first(str_skip(rest, start + 2), end - 2);
	*at += start + end + 1;
	return true;
}

/* A value that may be another when the function sees it: decrypted, or filled in. */
static bool
is_open(const struct ynode *value)
{
	struct str text = ynode_str(value);
	return value->kind != YNODE_SCALAR || ynode_type(value, YDIALECT_YAML_V3) == YTYPE_NULL
		|| str_find(text, STR("${")) < text.len || str_starts(text, STR("ENC["));
}

enum kpt_setting
kpt_setting(struct arena *arena, const struct kpt_setters *setters, struct str pattern, struct str *ret_text)
{
	struct buf out = { .arena = arena };
	struct str name;
	size_t at = 0, done = 0, known = 0, unknown = 0;
	while (kpt_pattern_next(pattern, &at, &name)) {
		const struct ynode *value = ynode_follow(ynode_get(setters->data, name));
		if (value && is_open(value)) {
			return KPT_OPEN;
		}
		known += value ? 1 : 0;
		unknown += value ? 0 : 1;
		buf_add(&out, str_first(str_skip(pattern, done), at - name.len - 3 - done));
		buf_add(&out, ynode_str(value));
		done = at;
	}
	buf_add(&out, str_skip(pattern, done));
	*ret_text = out.len ? buf_str(&out) : STR("");
	return known == 0 ? KPT_LEFT : unknown == 0 ? KPT_TEXT : KPT_OPEN;
}

const struct ynode *
kpt_setting_list(struct arena *arena, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs;
	struct ysyntax_error error;
	*source = (struct source){ STR(""), text };
	if (text.len == 0) {
		return ynode_collection(arena, YNODE_SEQUENCE);
	}
	bool is_read = ytree_parse(arena, &scratch, source, 0, YTREE_VALUES, &docs, &error) && docs;
	return is_read && ynode_is(docs->root, YNODE_SEQUENCE) ? docs->root : NULL;
}
