#include "plain_secret.h"

enum { DEPTH_MAX = 100 };

static bool
ends_with(struct str key, struct str word)
{
	return key.len >= word.len && str_eq_nocase(str_skip(key, key.len - word.len), word);
}

/* "adminPassword" is one, "existingPasswordSecret", "secretKey" and "passwordKey" say where one is. */
static bool
is_credential_key(struct str key)
{
	static const struct str words[] = { STR_INIT("password"), STR_INIT("passwd"), STR_INIT("passphrase"),
		STR_INIT("token"), STR_INIT("apikey"), STR_INIT("api_key"), STR_INIT("api-key"),
		STR_INIT("clientsecret"), STR_INIT("client_secret"), STR_INIT("client-secret"),
		STR_INIT("privatekey"), STR_INIT("private_key"), STR_INIT("private-key") };
	for (size_t i = 0; i < countof(words); i++) {
		if (ends_with(key, words[i])) {
			bool is_annotation = str_has_char(key, '/');
			return !is_annotation
				&& !str_eq_nocase(str_first(key, strlen("existing")), STR("existing"));
		}
	}
	return false;
}

static void
check_value(struct lint *lint, const struct ynode *root, struct str key, const struct ynode *value)
{
	struct str text = ynode_str(value);
	if (!ynode_is(value, YNODE_SCALAR) || value->source == 0 || !is_credential_key(key)
		|| !is_secret_literal(text) || str_starts(text, STR("/"))
		|| plain_secret_is_told_of(key, text)) {
		return;
	}
	struct finding *finding =
		lint_report(lint, value, "the value of \"%.*s\" stands here in the open", STR_ARG(key));
	lint_help(lint, finding,
		"replace it, and take it from a Secret: valuesFrom with a targetPath, or what the chart "
		"calls "
		"existingSecret");
	lint_object(lint, finding, root, value);
	lint_hide(lint, value);
}

/* Values of any depth, and variables for containers: {name: X_PASSWORD, value: …}. */
static void
check_all(struct lint *lint, const struct ynode *root, const struct ynode *node, unsigned depth)
{
	if (!node || depth > DEPTH_MAX || node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return; /* what an alias names is seen at its anchor */
	}
	if (node->kind == YNODE_SEQUENCE) {
		for (const struct ynode *item = node->first; item; item = item->next) {
			check_all(lint, root, item, depth + 1);
		}
		return;
	}
	const struct ynode *name = ynode_get(node, STR("name")), *value = ynode_get(node, STR("value"));
	if (name && value) {
		check_value(lint, root, ynode_str(name), value);
	}
	for (const struct ynode *key = node->first; key; key = key->next->next) {
		check_value(lint, root, ynode_str(key), ynode_follow(key->next));
		check_all(lint, root, key->next, depth + 1);
	}
}

static void
check(struct lint *lint, const struct resource *resource)
{
	const struct ynode *root = resource->root, *spec = ynode_get(root, STR("spec"));
	if (!plain_secret_counts(lint_repository(lint), resource->file)) {
		return;
	}
	if (resource_is(resource, STR("helm.toolkit.fluxcd.io"), STR("HelmRelease"))) {
		check_all(lint, root, ynode_get(spec, STR("values")), 0);
	} else if (resource_is(resource, STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"))) {
		check_all(lint, root, ynode_at(spec, "postBuild", "substitute", NULL), 0);
	} else if (resource_is(resource, STR(""), STR("ConfigMap"))) {
		check_all(lint, root, ynode_get(root, STR("data")), 0);
	}
}

const struct rule rule_SE004 = {
	.code = "SE004",
	.name = "credential-in-values",
	.summary = "A password or token stands among a chart's values, variables of Flux, or in a ConfigMap.",
	.rationale = "Whoever can read the repository can read it, now and in its history; in the cluster it "
		     "is stored "
		     "again with the release or in a ConfigMap, for more eyes than a Secret has.\n\nMeant "
		     "are literal "
		     "values of keys that end in *password*, *token*, *api key*, *client secret* or *private "
		     "key*, in "
		     "`spec.values` of a HelmRelease, `spec.postBuild.substitute` of a Flux Kustomization "
		     "and the `data` of a "
		     "ConfigMap. Whether such a key holds a secret is for its chart to say, so the rule runs "
		     "only when it "
		     "is selected. Variables, placeholders, switches and what SOPS has encrypted are no "
		     "finding. The value is "
		     "never printed.",
	.advice = "Replace the value. Keep the new one in a Secret and refer to that: with `valuesFrom` and "
		  "`targetPath`, with what the chart calls `existingSecret`, or with `substituteFrom`.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#values-references",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.is_strict = true,
	.check_resource = check,
};
