#include "flux_objects.h"
#include "token_secret.h"

struct search {
	struct lint *lint;
	const struct install *install;
	struct token_secret secret;
};

/* Does another agent's release use the Secret where it is? Then it is in its place. */
static bool
is_used_elsewhere(const struct search *s)
{
	const struct installs *installs = lint_repository(s->lint)->installs;
	for (size_t i = 0; i < installs->items.len; i++) {
		const struct install *other = &installs->items.items[i];
		enum value_state name = install_value(other, STR("config.secretName")).state;
		if (other != s->install && str_eq(other->namespace, s->secret.elsewhere->object->id.namespace)
			&& (name == VALUE_OPEN
				|| str_eq(install_value(other, STR("config.secretName")).text,
					s->secret.name.text))) {
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
	const struct ynode *place = install_place(s->install, s->secret.name.node);
	struct finding *finding =
		lint_report(s->lint, place, "namespace \"%.*s\" gets no Secret \"%.*s\", but \"%.*s\" does",
			STR_ARG(s->install->namespace), STR_ARG(s->secret.name.text),
			STR_ARG(s->secret.elsewhere->object->id.namespace));
	lint_help(s->lint, finding, "the Secret has to be where the release is: correct its namespace");
	finish(s, finding, place, s->secret.elsewhere);
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
	const struct ynode *place = install_place(s->install, s->secret.name.node);
	struct finding *finding = lint_report(s->lint, place,
		"the Secret \"%.*s\" has no key \"token\", which is where the agent looks",
		STR_ARG(s->secret.name.text));
	lint_help(s->lint, finding, "call the key \"token\"");
	finish(s, finding, place, s->secret.here);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct search search = { .lint = lint, .install = install };
	if (!token_secret_find(install, &search.secret) || search.secret.may_be_made) {
		return;
	}
	if (search.secret.here && lacks_token(search.secret.here)) {
		report_key(&search);
	} else if (!search.secret.here && search.secret.elsewhere && !is_used_elsewhere(&search)) {
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
