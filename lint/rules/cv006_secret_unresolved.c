#include "flux_objects.h"
#include "install_finding.h"

struct search {
	struct lint *lint;
	const struct install *install;
	struct value name;
	const struct applied *here, *elsewhere; /* Secrets of that name; NULL: there is none */
};

static bool
names(const struct ynode *node, struct str name)
{
	if (node->kind == YNODE_SCALAR) {
		return str_eq(ynode_str(node), name);
	}
	for (const struct ynode *child = node->kind == YNODE_ALIAS ? NULL : node->first; child;
		child = child->next) {
		if (names(child, name)) {
			return true;
		}
	}
	return false;
}

static bool
is_secret(const struct applied *applied)
{
	return applied_is(applied, STR(""), STR("Secret"));
}

/* Anything but the releases may make the Secret, or copy it: an ExternalSecret, a policy, an operator by an
 * annotation. */
static bool
may_be_made(const struct search *s)
{
	const struct cluster *cluster = s->install->applied->cluster;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		bool is_plain = is_secret(applied) || applied_is_release(applied);
		if (str_ends(applied->object->id.group, STR("kyverno.io"))) {
			return true; /* its policies copy Secrets by patterns */
		}
		if (!is_plain && names(applied->object->node, s->name.text)) {
			return true;
		}
	}
	return !cluster->root->is_complete
		|| (s->elsewhere && ynode_at(s->elsewhere->object->node, "metadata", "annotations", NULL));
}

static void
find_secrets(struct search *s)
{
	const struct cluster *cluster = s->install->applied->cluster;
	s->here = cluster_find(cluster, STR(""), STR("Secret"), s->install->namespace, s->name.text);
	for (size_t i = 0; i < cluster->objects.len && !s->elsewhere; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (is_secret(applied) && str_eq(applied->object->id.name, s->name.text)
			&& !str_eq(applied->object->id.namespace, s->install->namespace)) {
			s->elsewhere = applied;
		}
	}
}

/* Does another agent's release use the Secret where it is? Then it is in its place. */
static bool
is_used_elsewhere(const struct search *s)
{
	const struct installs *installs = lint_repository(s->lint)->installs;
	for (size_t i = 0; i < installs->items.len; i++) {
		const struct install *other = &installs->items.items[i];
		enum value_state name = install_value(other, STR("config.secretName")).state;
		if (other != s->install && str_eq(other->namespace, s->elsewhere->object->id.namespace)
			&& (name == VALUE_OPEN
				|| str_eq(
					install_value(other, STR("config.secretName")).text, s->name.text))) {
			return true;
		}
	}
	return false;
}

static void
finish(const struct search *s, struct finding *finding, const struct ynode *place,
	const struct applied *secret)
{
	lint_relate(s->lint, finding, applied_name_node(secret), "this one");
	lint_install(s->lint, finding, s->install, place);
}

static void
report_elsewhere(const struct search *s)
{
	const struct ynode *place = install_place(s->install, s->name.node);
	struct finding *finding =
		lint_report(s->lint, place, "namespace \"%.*s\" gets no Secret \"%.*s\", but \"%.*s\" does",
			STR_ARG(s->install->namespace), STR_ARG(s->name.text),
			STR_ARG(s->elsewhere->object->id.namespace));
	lint_help(s->lint, finding, "the Secret has to be where the release is: correct its namespace");
	finish(s, finding, place, s->elsewhere);
}

/* Does the Secret surely lack the key? */
static bool
lacks_token(const struct applied *secret)
{
	const struct ynode *data = ynode_get(secret->object->node, STR("data"));
	const struct ynode *text = ynode_get(secret->object->node, STR("stringData"));
	bool has_any =
		(ynode_is(data, YNODE_MAPPING) && data->len) || (ynode_is(text, YNODE_MAPPING) && text->len);
	bool may_have = ynode_get(data, STR("token")) || ynode_get(text, STR("token"))
		|| ynode_get(data, STR("<<")) || ynode_get(text, STR("<<"));
	return has_any && !may_have && !secret->object->may_differ;
}

static void
report_key(const struct search *s)
{
	const struct ynode *place = install_place(s->install, s->name.node);
	struct finding *finding = lint_report(s->lint, place,
		"the Secret \"%.*s\" has no key \"token\", which is where the agent looks",
		STR_ARG(s->name.text));
	lint_help(s->lint, finding, "call the key \"token\"");
	finish(s, finding, place, s->here);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct search search = { lint, install, install_value(install, STR("config.secretName")), NULL,
		NULL };
	enum value_state token = install_value(install, STR("config.token")).state;
	bool is_own = token == VALUE_SET || token == VALUE_OPEN; /* the chart makes it */
	if (search.name.state != VALUE_SET || is_own || !install->applied || !install->applied->cluster
		|| install->namespace.len == 0 || install->is_patched) {
		return;
	}
	find_secrets(&search);
	if (search.here && lacks_token(search.here) && !may_be_made(&search)) {
		report_key(&search);
	} else if (!search.here && search.elsewhere && !may_be_made(&search) && !is_used_elsewhere(&search)) {
		report_elsewhere(&search);
	}
}

const struct rule rule_CV006 = {
	.code = "CV006",
	.name = "secret-name-unresolved",
	.summary = "The Secret with the agent's token lies in another namespace, or has another key.",
	.rationale =
		"The agent's Pods mount the Secret of `config.secretName` in their own namespace, which is "
		"`spec.targetNamespace` of the HelmRelease, and read its key `token`. Without the Secret "
		"they "
		"wait for ever (*MountVolume.SetUp failed … secret not found*), without the key they restart "
		"(*no such file or directory*).\n\nMost such Secrets are not in Git, so a missing one is no "
		"finding. One is when the same cluster gets a Secret of that name in another namespace, or "
		"without the key, and nothing else that is applied mentions the name, as an ExternalSecret, "
		"a SealedSecret or a policy that copies it would, nor does another agent use the Secret "
		"there.",
	.advice = "Correct the Secret's namespace, or call its key `token`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
