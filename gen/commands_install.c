/* The steps of an installation: where the token's Secret lies, what is committed, what an end leaves. */
#include "chart.h"
#include "commands_parts.h"
#include "names.h"
#include "path.h"
#include "rbac.h"

/*
 * Where the token lies in the cluster. A receptive agent's Secret is the chart's own, unless Flux takes the
 * token from one beside its HelmRelease.
 */
static void
put_secret(struct commands_builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	const struct ynode *values = rbac_chart_values(b->arena, b->agent);
	struct str release = str_from(view->release_name), space = str_from(view->namespace);
	struct str store = str_or_empty(view->token.external.store);
	bool is_receptive = view->receptive.url != NULL;
	if (is_receptive && view->install.method == INSTALL_HELM) {
		struct str full = chart_fullname(b->arena, release, values);
		commands_put(b, "secret", arena_printf(b->arena, "%.*s-token", STR_ARG(full)));
		commands_put(b, "secretSpace", space);
		return;
	}
	commands_put(b, "secret", str_or_empty(view->token.secret_name));
	commands_put(b, "secretSpace", is_receptive ? str_or_empty(b->spec->view.flux.namespace) : space);
	commands_put(
		b, "valuesFrom", is_receptive ? STR("valuesFrom with the targetPath config.token") : STR(""));
	commands_put(b, "externalStore", store);
	commands_put(b, "externalKey", str_or_empty(view->token.external.key));
	commands_put_flag(b, "makesSecret", store.len == 0);
	/* A receptive agent's is a value of the release, of which the chart keeps a checksum beside the pods.
	 */
	commands_put_flag(b, is_receptive ? "reconciles" : "restarts", true);
	commands_put(b, "rotation",
		is_receptive ? STR("The release takes the new one over.")
			     : STR("The pods read theirs only when they start."));
}

/* "key=value" for `kubectl label` */
static void
put_labels(struct commands_builder *b)
{
	const struct ynode *labels = ynode_follow(ynode_get(b->agent->tree, STR("namespaceLabels")));
	struct ylist list = ylist_sequence(b->arena);
	const struct ynode *key = ynode_is(labels, YNODE_MAPPING) ? labels->first : NULL;
	for (; key; key = key->next->next) {
		struct ylist word = ylist_mapping(b->arena);
		struct str label = arena_printf(
			b->arena, "%.*s=%.*s", STR_ARG(ynode_str(key)), STR_ARG(ynode_str(key->next)));
		ylist_put(&word, STR("label"), ynode_scalar(b->arena, label, YSTYLE_QUOTED));
		ylist_add(&list, word.parent);
	}
	ylist_put(&b->map, STR("labels"), list.parent);
}

/* A path from the top of the working tree, wherever git is called in it (gitglossary, "pathspec"). */
static void
add_path(struct ylist *paths, struct str path)
{
	struct ylist word = ylist_mapping(paths->arena);
	struct str from_top = arena_printf(paths->arena, ":/%.*s", STR_ARG(path));
	ylist_put(&word, STR("path"), ynode_scalar(paths->arena, from_top, YSTYLE_QUOTED));
	ylist_add(paths, word.parent);
}

/* What is committed for Flux, and whether the agent's configuration goes into the same repository. */
static void
put_paths(struct commands_builder *b)
{
	struct ylist paths = ylist_sequence(b->arena);
	const struct fleet_spec *fleet = &b->spec->view;
	struct str manifests = spec_path(b->arena, b->spec, STR("{manifestPath}"), b->agent);
	struct str source = spec_path(b->arena, b->spec, STR("{sourcePath}"), b->agent);
	bool by_flux = b->agent->view.install.method == INSTALL_FLUX;
	bool has_config = ynode_get(b->agent->tree, STR("config")) != NULL;
	bool is_one = !fleet->flux.project
		|| str_eq(str_from(fleet->flux.project), str_or_empty(fleet->gitlab.project));
	bool is_joined = by_flux && has_config && is_one;

	bool makes_source = fleet->flux.source.create;
	if (makes_source) {
		add_path(&paths, source);
	}
	if (!makes_source || !path_is_below(manifests, source)) {
		add_path(&paths, manifests);
	}
	if (is_joined) {
		struct str config =
			arena_printf(b->arena, ".gitlab/agents/%s/config.yaml", b->agent->view.name);
		add_path(&paths, config);
	}
	struct str more = arena_printf(
		b->arena, "\n  glagent-gen config --agent %s --output-dir ROOT", b->agent->view.name);
	commands_put(b, "render",
		arena_printf(b->arena, "glagent-gen flux --output-dir ROOT%.*s",
			STR_ARG(is_joined ? more : STR(""))));
	ylist_put(&b->map, STR("paths"), paths.parent);
	commands_put(b, "manifests", arena_printf(b->arena, ":/%.*s", STR_ARG(manifests)));
	commands_put_flag(b, "configuresApart", has_config && !is_joined);
	struct str name = spec_fill(b->arena, str_from(fleet->flux.kustomization), &b->agent->view);
	commands_put(b, "kustomizationSpace", str_cut(&name, '/'));
	commands_put(b, "kustomizationName", name);
}

/* The end of the sentence about what an uninstall leaves. */
static struct str
leftovers_of(const struct spec_agent *agent)
{
	bool by_helm = agent->view.install.method == INSTALL_HELM; /* else rbac.yaml goes with the rest */
	bool has_roles = rbac_is_needed(agent) && by_helm, has_receivers = agent->view.features.flux;
	if (has_roles && has_receivers) {
		return STR(",\nwhat rbac.yaml made, and the Receivers of the Flux module.");
	}
	return has_roles        ? STR(",\nand what rbac.yaml made.")
		: has_receivers ? STR(",\nand the Receivers of the Flux module.")
				: STR(".");
}

/* Is the namespace among what Flux or kpt applies? */
static bool
is_rendered(const struct commands_builder *b)
{
	return b->agent->view.create_namespace && b->agent->view.install.method != INSTALL_HELM;
}

/*
 * What the steps take from files. Flux makes the namespace, but the Secret that is made by hand needs it
 * before that; kpt applies first.
 */
static void
put_files(struct commands_builder *b)
{
	static const char *const files[INSTALL_METHOD_COUNT] = {
		[INSTALL_HELM] = "Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them.",
		[INSTALL_FLUX] = "It lies in the working tree of the repository that Flux reads.",
		[INSTALL_KPT] = "Beside it lies kpt, the package that glagent-gen renders.",
	};
	const struct agent_spec *view = &b->agent->view;
	bool by_flux = view->install.method == INSTALL_FLUX;
	bool holds_secret = commands_has(b, "makesSecret") && !view->receptive.url;
	commands_put(b, "files", str_from(files[view->install.method]));
	commands_put_flag(b, "makesNamespace",
		view->create_namespace && (!is_rendered(b) || (by_flux && holds_secret)));
	if (by_flux) {
		commands_put(b, "namespaceFile",
			spec_path(b->arena, b->spec, STR("{manifestPath}/namespace.yaml"), b->agent));
	} else {
		put_labels(b);
	}
}

/* Is the namespace this agent's alone, so that it may go with it? */
static bool
owns_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	const char *space = agent->view.namespace;
	if (name_is_kubernetes_namespace(str_from(space))) {
		return false;
	}
	for (size_t i = 0; i < spec->len; i++) {
		const struct spec_agent *other = &spec->agents[i];
		if (other != agent && strcmp(other->view.namespace, space) == 0
			&& strcmp(other->view.cluster, agent->view.cluster) == 0) {
			return false;
		}
	}
	return agent->view.create_namespace;
}

/* A Secret that was made by hand goes with its namespace, where that goes. */
static void
put_left_secret(struct commands_builder *b)
{
	bool is_made = commands_has(b, "makesSecret");
	struct str space = ynode_str(ynode_get(b->map.parent, STR("secretSpace")));
	bool is_elsewhere = !str_eq(space, str_from(b->agent->view.namespace));
	commands_put_flag(b, "leavesSecret", is_made && (is_elsewhere || !owns_namespace(b->spec, b->agent)));
	commands_put(b, "leftSecret",
		is_made ? arena_printf(b->arena, ", the Secret \"%s\"", b->agent->view.token.secret_name)
			: STR(", empty,"));
}

void
commands_put_install(struct commands_builder *b)
{
	bool by_helm = b->agent->view.install.method == INSTALL_HELM;
	put_secret(b);
	put_paths(b);
	put_files(b);
	put_left_secret(b);
	commands_put_flag(b, "ownsNamespace", owns_namespace(b->spec, b->agent));
	commands_put_flag(b, "leavesNamespace", !is_rendered(b) && owns_namespace(b->spec, b->agent));
	commands_put_flag(b, "needsRoles", by_helm && rbac_is_needed(b->agent));
	commands_put(b, "leftovers", leftovers_of(b->agent));
}
