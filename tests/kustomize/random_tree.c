#include "random_tree.h"

#include "vec.h"

#define PICK(dice, words) (words)[dice_below(dice, countof(words))]

enum { DIRECTORIES_MAX = 6 };

/* One kustomization file that is being written. */
struct writer {
	struct arena *arena;
	struct dice *dice;
	struct random_tree *tree;
	struct buf *out;
	struct str directory;
	size_t index; /* of the directory: it includes lower ones, mostly */
	bool is_component;
};

static const char *const directories[DIRECTORIES_MAX] = { "base", "deep/sub", "comp", "comp2", "mid", "top" };

void
random_add_file(struct arena *arena, struct random_tree *tree, struct str directory, const char *name,
	struct str text)
{
	struct random_file file = { arena_printf(arena, "%.*s/%s", STR_ARG(directory), name),
		arena_str(arena, text) };
	for (size_t i = 0; i < tree->len; i++) {
		if (str_eq(tree->items[i].path, file.path)) {
			tree->items[i] = file;
			return;
		}
	}
	vec_push(arena, tree, file);
}

static void
add_resources(struct writer *w)
{
	static const char *const names[] = { "one.yaml", "two.yaml", "three.yml" };
	static const char *const odd[] = { "nowhere.yaml", "*.yaml", "~", "\"\"", "../base/one.yaml", ".",
		"..", "one.yaml", "./one.yaml/", "sub", "https://example.com/x.yaml" };
	size_t count = dice_below(w->dice, 3) + (w->index == 0 ? 1 : 0);
	for (size_t i = 0; i < count && i < countof(names); i++) {
		struct buf text = { .arena = w->arena };
		random_objects(&text, w->dice);
		random_add_file(w->arena, w->tree, w->directory, names[i], buf_str(&text));
		buf_addf(w->out, "- %s\n", names[i]);
	}
	if (dice_oddity(w->dice, 3)) {
		buf_addf(w->out, "- %s\n", PICK(w->dice, odd));
	}
}

static const char *
way_to(const struct writer *w, size_t index)
{
	return arena_printf(w->arena, "%s%s",
		str_find_char(w->directory, '/') < w->directory.len ? "../../" : "../", directories[index])
		.ptr;
}

static bool
is_component(size_t index)
{
	return index == 2 || index == 3;
}

static void
add_bases(struct writer *w)
{
	for (size_t i = 0; i < w->index; i++) {
		bool wanted = !is_component(i)
			&& dice_chance(w->dice,
				w->is_component  ? 5
					: i == 4 ? 70
						 : 35);
		if (wanted) {
			buf_addf(w->out, "- %s\n", way_to(w, i));
		}
	}
	if (dice_oddity(w->dice, 2)) {
		buf_addf(w->out, "- %s\n", way_to(w, dice_below(w->dice, DIRECTORIES_MAX)));
	}
}

static void
add_components(struct writer *w)
{
	bool wanted = w->index > 3 ? dice_chance(w->dice, 40) : dice_oddity(w->dice, 1);
	if (wanted) {
		buf_addf(w->out, "components:\n- %s\n", way_to(w, 2));
		if (dice_chance(w->dice, 30)) {
			buf_addf(w->out, "- %s\n", way_to(w, 3));
		}
		if (dice_oddity(w->dice, 3)) {
			buf_addf(w->out, "- %s\n", way_to(w, 0));
		}
	}
}

static void
add_names(struct writer *w)
{
	static const char *const namespaces[] = { "one", "two", "three", "\"\"" };
	if (dice_chance(w->dice, 25)) {
		buf_addf(w->out, "namespace: %s\n", PICK(w->dice, namespaces));
	}
	if (dice_chance(w->dice, 20)) {
		buf_addf(w->out, "namePrefix: %s\n", dice_chance(w->dice, 80) ? "p-" : "q-");
	}
	if (dice_chance(w->dice, 15)) {
		buf_addf(w->out, "nameSuffix: -s\n");
	}
}

static void
add_labels(struct writer *w)
{
	if (dice_chance(w->dice, 12)) {
		buf_addf(w->out, "commonLabels: {app: common, team: t}\n");
	}
	if (dice_chance(w->dice, 15)) {
		static const char *const entries[] = { "pairs: {one: \"1\"}",
			"pairs: {one: \"1\"}\n  includeSelectors: true",
			"pairs: {one: \"1\"}\n  includeTemplates: true",
			("pairs: {one: \"1\"}\n  fields: [{path: spec/extra/labels, create: true, kind: "
			 "Widget}]"),
			"includeSelectors: true" };
		buf_addf(w->out, "labels:\n- %s\n", PICK(w->dice, entries));
	}
	if (dice_chance(w->dice, 12)) {
		buf_addf(w->out, "commonAnnotations: {by: \"yes\", note: over}\n");
	}
}

static void
add_generator(struct writer *w, const char *field)
{
	static const char *const sources[] = { "literals: [x=1, \"y='2'\"]",
		("literals: [z=<&>, "
		 "long=0123456789012345678901234567890123456789012345678901234567890123456789]"),
		"files: [data.txt]", "files: [key=data.txt, data.conf]", "envs: [vars.env]", "env: vars.env",
		"literals: []", "literals: [x=1, x=2]", "files: [nowhere.txt]", "literals: [novalue]",
		"files: [\"a=b=c\"]" };
	buf_addf(w->out, "%s:\n- name: %s\n", field, random_name(w->dice).ptr);
	size_t sound = 7, all = countof(sources);
	buf_addf(w->out, "  %s\n", sources[dice_below(w->dice, dice_oddity(w->dice, 8) ? all : sound)]);
	if (dice_oddity(w->dice, 15)) {
		static const char *const behaviors[] = { "merge", "replace", "create", "odd" };
		buf_addf(w->out, "  behavior: %s\n", PICK(w->dice, behaviors));
	}
	if (dice_chance(w->dice, 20)) {
		buf_addf(w->out, "  namespace: one\n");
	}
	if (dice_chance(w->dice, 25)) {
		buf_addf(w->out, "  options: {disableNameSuffixHash: %s, labels: {gen: g}}\n",
			dice_chance(w->dice, 60) ? "true" : "false");
	}
	random_add_file(w->arena, w->tree, w->directory, "data.txt", STR("some text\n"));
	random_add_file(w->arena, w->tree, w->directory, "data.conf", STR("a = \"b\"\r\n"));
	random_add_file(w->arena, w->tree, w->directory, "vars.env",
		STR("# comment\nONE=1\n TWO = 2\nTHREE\n\nFOUR=a=b\r\n"));
}

static void
add_generators(struct writer *w)
{
	static const char *const fields[] = { "configMapGenerator", "secretGenerator" };
	for (size_t i = 0; i < countof(fields); i++) {
		if (dice_chance(w->dice, 15)) {
			add_generator(w, fields[i]);
		}
	}
	if (dice_chance(w->dice, 6)) {
		buf_addf(w->out, "generatorOptions: {disableNameSuffixHash: %s, annotations: {all: \"x\"}}\n",
			dice_chance(w->dice, 50) ? "true" : "false");
	}
}

static void
add_images(struct writer *w)
{
	if (dice_chance(w->dice, 12)) {
		static const char *const images[] = { "{name: nginx, newTag: \"9\"}",
			"{name: nginx, newName: other, digest: \"sha256:1\"}",
			"{name: registry.example.com:5000/web, newTag: v2}", "{name: web, tagSuffix: -x}",
			"{name: busybox, newName: box}", "{newTag: \"1\"}" };
		const char *first = PICK(w->dice, images), *second = PICK(w->dice, images);
		buf_addf(w->out, "images: [%s, %s]\n", first, second);
	}
	if (dice_oddity(w->dice, 3)) {
		buf_addf(w->out, "replicas: [{name: %s, count: 4}]\n", random_name(w->dice).ptr);
	}
}

static void
add_replacements(struct writer *w)
{
	static const char *const sources[] = { "{kind: ConfigMap, name: a, fieldPath: data.k0}",
		"{kind: Deployment, name: a}", "{kind: ConfigMap, name: b, fieldPath: metadata.name}",
		("{kind: Deployment, name: a, fieldPath: "
		 "\"spec.template.spec.containers.[name=main].image\", "
		 "options: {delimiter: \":\", index: 1}}"),
		"{name: a, kind: Service, fieldPath: spec.ports.0.port}" };
	static const char *const targets[] = {
		"{select: {kind: ConfigMap}, fieldPaths: [data.copied], options: {create: true}}",
		"{select: {kind: Deployment}, fieldPaths: [\"spec.template.spec.containers.*.image\"]}",
		("{select: {kind: Deployment, name: a}, fieldPaths: "
		 "[\"spec.template.spec.containers.[name=main].image\"], "
		 "options: {delimiter: \":\", index: 1}}"),
		("{select: {kind: Service}, reject: [{name: b}], fieldPaths: [\"metadata.labels.[a.b/c]\"], "
		 "options: {create: true}}"),
		"{select: {kind: ConfigMap, name: nobody}}", "{fieldPaths: [x]}"
	};
	if (dice_chance(w->dice, 4)) {
		const char *source = PICK(w->dice, sources);
		buf_addf(w->out, "replacements:\n- source: %s\n  targets:\n  - %s\n", source,
			PICK(w->dice, targets));
	}
	if (dice_chance(w->dice, 4)) {
		buf_addf(w->out,
			"vars:\n- name: NAME\n  objref: {kind: ConfigMap, name: %s, apiVersion: v1}\n",
			random_name(w->dice).ptr);
		if (dice_chance(w->dice, 40)) {
			buf_addf(w->out, "  fieldref: {fieldPath: data.k0}\n");
		}
	}
}

static void
add_oddities(struct writer *w)
{
	static const char *const odd[] = { "namspace: x\n", "namePrefix: 5\n", "commonLabels: [a]\n",
		"commonLabels: {a: true}\n", "resources: word\n", "images: [{name: a, tag: b}]\n",
		"spec: {path: x}\n", "NAMESUFFIX: -t\n", "kind: Kustomisation\n", "apiVersion: v1\n",
		"metadata: {name: x}\n", "sortOptions: {order: fifo}\n", "sortOptions: {order: odd}\n",
		("sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service], orderLast: "
		 "[ConfigMap]}}\n"),
		"buildMetadata: [originAnnotations]\n", "buildMetadata: [managedByLabel]\n", "patches: {}\n",
		"openapi: {version: v1.20.4}\n", "helmCharts: [{name: x}]\n",
		"configurations: [config.yaml]\n", "crds: [nowhere.yaml]\n", "bases: []\n", "namespace: ~\n",
		"replicas: [{name: a, count: two}]\n" };
	if (dice_oddity(w->dice, 3)) {
		buf_addf(w->out, "%s", PICK(w->dice, odd));
		random_add_file(w->arena, w->tree, w->directory, "config.yaml",
			dice_chance(w->dice, 50) ? STR("nameReference:\n- kind: ConfigMap\n  fieldSpecs: "
						       "[{kind: Widget, path: spec/map/a}]\n"
						       "namePrefix: [{path: data/k0, kind: ConfigMap}]\n")
						 : STR("odd: true\n"));
	}
}

static void
write_fields(struct writer *w)
{
	if (w->is_component) {
		buf_addf(w->out, "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: %s\n",
			dice_oddity(w->dice, 2) ? "Kustomization" : "Component");
	} else if (dice_chance(w->dice, 50)) {
		buf_addf(w->out, "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
	}
	buf_addf(w->out, "%s:\n", dice_chance(w->dice, 97) ? "resources" : "Resources");
	add_resources(w);
	add_bases(w);
	if (w->out->data && str_ends(buf_str(w->out), STR(":\n"))) {
		w->out->len -= 1;
		buf_addf(w->out, " []\n");
	}
	add_components(w);
	add_names(w);
	add_labels(w);
	random_patches(w->arena, w->out, w->dice, w->tree, w->directory);
	add_generators(w);
	add_images(w);
	add_replacements(w);
	add_oddities(w);
}

static void
write_directory(struct arena *arena, struct dice *dice, struct random_tree *tree, size_t index)
{
	static const char *const names[] = { "kustomization.yml", "Kustomization", "Kustomization.yaml" };
	struct buf out = { .arena = arena };
	struct writer w = { arena, dice, tree, &out, str_from(directories[index]), index,
		is_component(index) };
	write_fields(&w);
	struct str text = buf_str(&out);
	if (dice_oddity(dice, 1)) {
		text = dice_chance(dice, 50) ? STR("# nothing\n") : STR("resources: [\n");
	}
	random_add_file(arena, tree, w.directory,
		dice_chance(dice, 98) ? "kustomization.yaml" : PICK(dice, names), text);
	if (dice_oddity(dice, 1)) {
		random_add_file(arena, tree, w.directory, "Kustomization", STR("resources: []\n"));
	}
}

void
random_tree(struct arena *arena, uint64_t number, struct random_tree *ret_tree)
{
	struct dice dice = { number, number % 2 == 1 };
	*ret_tree = (struct random_tree){ 0 };
	for (size_t i = 0; i < DIRECTORIES_MAX; i++) {
		write_directory(arena, &dice, ret_tree, i);
	}
	static const char *const builds[] = { "top", "top", "top", "mid", "base", "deep/sub", "comp" };
	ret_tree->build = str_from(PICK(&dice, builds));
}
