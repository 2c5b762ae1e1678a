#include "random_tree.h"

#define PICK(dice, words) (words)[dice_below(dice, countof(words))]

/* Adds `text` as a literal block. */
static void
add_block(struct buf *out, const char *indent, struct str text)
{
	while (text.ptr && text.len > 0) {
		struct str line = str_cut(&text, '\n');
		buf_addf(out, "%s%.*s\n", indent, STR_ARG(line));
	}
}

/* What merge patches say of the fields that random objects have. */
static const char *const merges[] = {
	"metadata: {labels: {app: patched}}\n",
	"metadata: {labels: {app: ~}}\n",
	"metadata: {annotations: {note: \"5\", more: yes}}\n",
	"spec: {replicas: 5}\n",
	"spec: {replicas: ~}\n",
	"spec: {template: {spec: {containers: [{name: main, image: \"patched:1\"}]}}}\n",
	"spec: {template: {spec: {containers: [{name: new, image: \"new:1\"}]}}}\n",
	"spec: {template: {spec: {containers: [{name: main, $patch: delete}]}}}\n",
	("spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: z}, {name: C, value: "
	 "c}]}]}}}\n"),
	("spec: {template: {spec: {containers: [{name: main, ports: [{containerPort: 53, protocol: TCP, "
	 "name: "
	 "d}]}]}}}\n"),
	"spec: {template: {spec: {volumes: [{name: v, emptyDir: {}}, {$patch: replace}]}}}\n",
	"spec: {template: {spec: {volumes: [{name: s, $patch: delete}]}}}\n",
	"spec: {values: {k: w, list: [9], empty: ~, deep: {x: {y: 1, z: ~}}}}\n",
	"spec: {values: {$patch: replace, only: this}}\n",
	"spec: {list: [{name: q, v: 2}], map: {b: ~, c: 3}}\n",
	"spec: {ports: [{port: 80, name: web}, {port: 53, protocol: TCP}]}\n",
	"data: {k0: patched, k9: \"9\"}\n",
	"data: {k1: ~}\n",
	"data: ~\n",
	"$patch: delete\n",
	"$patch: replace\nmetadata: {name: a}\nspec: {gone: true}\n",
	"$patch: odd\n",
	"spec: word\n",
	"spec: [1]\n",
	"metadata: {finalizers: [two, three]}\n",
	"subjects: [{kind: User, name: u}]\n",
	"kind: Changed\n",
};

static const char *const operations[] = {
	"- {op: add, path: /metadata/labels, value: {app: op}}\n",
	"- {op: replace, path: /spec/replicas, value: 7}\n",
	"- {op: remove, path: /spec/replicas}\n",
	"- {op: add, path: /data/k7, value: \"seven\"}\n",
	"- {op: remove, path: /data/k0}\n",
	"- {op: replace, path: /metadata/name, value: renamed}\n",
	"- {op: replace, path: /metadata/namespace, value: moved}\n",
	"- {op: replace, path: /kind, value: Other}\n",
	"- {op: add, path: /spec/template/spec/containers/-, value: {name: added, image: \"i:1\"}}\n",
	"- {op: replace, path: /spec/template/spec/containers/0/image, value: \"op:1\"}\n",
	"- {op: add, path: /spec/values/k, value: [1, 2.50, yes, ~]}\n",
	"- {op: test, path: /metadata/name, value: a}\n",
	"- {op: copy, from: /metadata/name, path: /metadata/labels}\n",
	"- {op: move, from: /data, path: /binaryData}\n",
	"- {op: add, path: /metadata/annotations/a.b~1c, value: slash}\n",
	"- {op: odd, path: /x}\n",
	"- {op: add, path: \"\"}\n",
	"- {op: add, path: /spec/list/0, value: {name: first}}\n",
	"- {op: add, path: /new, value: {deep: {er: 1}}}\n",
	"- {path: /x}\n",
};

static struct str
random_merge(struct arena *arena, struct dice *dice)
{
	struct buf out = { .arena = arena };
	struct str kind = random_kind(dice);
	buf_addf(&out, "apiVersion: %.*s\nkind: %.*s\n", STR_ARG(random_api_version(kind)), STR_ARG(kind));
	const char *merge = PICK(dice, merges);
	if (str_find(str_from(merge), STR("metadata:")) == strlen(merge)) {
		struct str name = random_name(dice);
		buf_addf(&out, "metadata: {name: %s%s}\n", name.ptr,
			dice_chance(dice, 10) ? ", namespace: one" : "");
		buf_addf(&out, "%s", merge);
	} else {
		struct str rest = str_from(merge);
		struct str head = str_first(rest, str_find_char(rest, '{') + 1);
		buf_addf(&out, "%.*sname: %s, %.*s", STR_ARG(head), random_name(dice).ptr,
			STR_ARG(str_skip(rest, head.len)));
	}
	if (dice_chance(dice, 5)) {
		buf_addf(&out,
			"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {second: x}\n",
			random_name(dice).ptr);
	}
	return buf_str(&out);
}

static struct str
random_operations(struct arena *arena, struct dice *dice)
{
	struct buf out = { .arena = arena };
	size_t count = 1 + dice_below(dice, 2);
	for (size_t i = 0; i < count; i++) {
		buf_addf(&out, "%s", PICK(dice, operations));
	}
	return buf_str(&out);
}

static void
add_target(struct buf *out, struct dice *dice)
{
	static const char *const patterns[] = { "a", "a|b", ".*", "web-.*", "\"[ab]\"", "nobody", "a.*" };
	static const char *const selectors[] = { "app=x", "app", "!app", "app in (x, y)", "app!=x,tier=back",
		"app notin (x)", "app=x tier", "tier>1" };
	buf_addf(out, "  target:\n");
	bool has_kind = dice_chance(dice, 80);
	if (has_kind) {
		struct str kind = random_kind(dice);
		buf_addf(out, "    kind: %.*s\n", STR_ARG(kind));
	}
	if (!has_kind || dice_chance(dice, 50)) {
		buf_addf(out, "    name: %s\n", PICK(dice, patterns));
	}
	if (dice_chance(dice, 15)) {
		buf_addf(out, "    labelSelector: \"%s\"\n", PICK(dice, selectors));
	}
	if (dice_chance(dice, 8)) {
		buf_addf(out, "    namespace: %s\n", dice_chance(dice, 50) ? "one" : "default");
	}
	if (dice_chance(dice, 5)) {
		buf_addf(out, "    group: apps\n    version: v1\n");
	}
}

static void
add_patch(struct arena *arena, struct buf *out, struct dice *dice, struct random_tree *tree,
	struct str directory)
{
	bool is_merge = dice_chance(dice, 60);
	struct str text = is_merge ? random_merge(arena, dice) : random_operations(arena, dice);
	if (dice_oddity(dice, 4)) {
		static const char *const odd[] = { "", "word", "a: b", "[]", "- a", "# nothing" };
		text = str_from(PICK(dice, odd));
	}
	if (dice_chance(dice, 30)) {
		bool is_missing = dice_oddity(dice, 4);
		const char *name = dice_chance(dice, 85) ? "patch.yaml" : "patch.txt";
		buf_addf(out, "- path: %s\n", is_missing ? "nowhere.yaml" : name);
		random_add_file(arena, tree, directory, name, text);
	} else {
		buf_addf(out, "- patch: |-\n");
		add_block(out, "    ", text);
	}
	if (!dice_oddity(dice, is_merge ? 20 : 2)) {
		add_target(out, dice);
	}
	if (is_merge && dice_chance(dice, 8)) {
		buf_addf(out, "  options: {allowNameChange: true, allowKindChange: %s}\n",
			dice_chance(dice, 50) ? "true" : "false");
	}
}

static void
add_old_patches(struct arena *arena, struct buf *out, struct dice *dice, struct random_tree *tree,
	struct str directory)
{
	if (dice_chance(dice, 50)) {
		buf_addf(out, "patchesStrategicMerge:\n");
		if (dice_chance(dice, 50)) {
			buf_addf(out, "- old.yaml\n");
			random_add_file(arena, tree, directory, "old.yaml", random_merge(arena, dice));
		} else {
			buf_addf(out, "- |-\n");
			add_block(out, "  ", random_merge(arena, dice));
		}
		return;
	}
	struct str kind = random_kind(dice);
	struct str version = random_api_version(kind);
	size_t slash = str_find_char(version, '/');
	buf_addf(out, "patchesJson6902:\n- target:\n    kind: %.*s\n    name: %s\n", STR_ARG(kind),
		random_name(dice).ptr);
	if (slash < version.len) {
		buf_addf(out, "    group: %.*s\n", (int)slash, version.ptr);
	}
	buf_addf(out, "    version: v1\n  patch: |-\n");
	add_block(out, "    ", random_operations(arena, dice));
}

void
random_patches(struct arena *arena, struct buf *out, struct dice *dice, struct random_tree *tree,
	struct str directory)
{
	if (dice_chance(dice, 40)) {
		size_t count = 1 + dice_below(dice, 2);
		buf_addf(out, "patches:\n");
		for (size_t i = 0; i < count; i++) {
			add_patch(arena, out, dice, tree, directory);
		}
	}
	if (dice_oddity(dice, 10)) {
		add_old_patches(arena, out, dice, tree, directory);
	}
}
