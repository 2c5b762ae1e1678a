#include "flux_objects.h"
#include "substituted.h"

/* IsEncryptedSecret of kustomize-controller: a stanza of whatever content, and no word that it is to be left
 * alone. */
static bool
is_encrypted_secret(const struct object *object)
{
	const struct ynode *annotations = ynode_at(object->node, "metadata", "annotations", NULL);
	struct str decrypt = ynode_str(ynode_get(annotations, STR("kustomize.toolkit.fluxcd.io/decrypt")));
	return str_eq(object->id.kind, STR("Secret")) && object->id.group.len == 0
		&& str_eq(object->id.version, STR("v1")) && !object->may_differ
		&& ynode_key(object->node, STR("sops")) && !str_eq_nocase(decrypt, STR("disabled"));
}

static void
report(struct lint *lint, const struct flux_kustomization *kustomization, const struct object *secret,
	size_t others)
{
	const struct ynode *root = kustomization->resource->root;
	const struct ynode *at = ynode_key(root, STR("spec"));
	const struct ynode *sops = ynode_key(secret->written, STR("sops"));
	struct finding *finding = lint_report(lint, at ? at : root,
		"it applies Secrets that SOPS encrypted and has no spec.decryption: Flux fails with "
		"\"Secret/%.*s/%.*s is SOPS encrypted, configuring decryption is required\"",
		STR_ARG(secret->id.namespace), STR_ARG(secret->id.name));
	if (flux_is_suspended(kustomization)) {
		finding->severity = SEVERITY_WARNING;
	}
	if (others > 0) {
		lint_relate(lint, finding, sops ? sops : secret->written, "encrypted, like %zu more", others);
	} else {
		lint_relate(lint, finding, sops ? sops : secret->written, "encrypted");
	}
	lint_help(lint, finding,
		"add \"decryption: {provider: sops}\" to spec, with the secretRef of the key that SOPS "
		"encrypted for");
	lint_object(lint, finding, root, at ? at : root);
}

static void
check_kustomization(
	struct lint *lint, const struct flux_root *root, const struct flux_kustomization *kustomization)
{
	(void)root;
	const struct build *build = kustomization->build;
	const struct object *first = NULL;
	size_t count = 0;
	if (!flux_is_known(kustomization) || ynode_get(kustomization->spec, STR("decryption"))
		|| build->result == BUILD_FAILS) {
		return;
	}
	for (size_t i = 0; i < build->objects.len; i++) {
		if (is_encrypted_secret(&build->objects.items[i])) {
			first = first ? first : &build->objects.items[i];
			count++;
		}
	}
	if (first) {
		report(lint, kustomization, first, count - 1);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_followed(lint, repository, check_kustomization);
}

const struct rule rule_FX023 = {
	.code = "FX023",
	.name = "decryption-missing",
	.summary = "A Flux Kustomization applies Secrets that SOPS encrypted and does not decrypt.",
	.rationale =
		"Flux decrypts only where `spec.decryption` says so. Without it kustomize-controller finds "
		"the "
		"`sops` part in a Secret and applies nothing at all of the Kustomization: *Secret/… is SOPS "
		"encrypted, configuring decryption is required for this secret to be reconciled*. A "
		"Kustomization does not inherit the decryption of the one that applies it.\n\nThe spec is "
		"judged as it comes out in the end: what a parent's patches add counts, and where something "
		"that is not read may change it nothing is said. A Secret annotated with "
		"`kustomize.toolkit.fluxcd.io/decrypt: disabled` is meant to be applied as it is.",
	.advice = "Add `spec.decryption` with `provider: sops`, and the `secretRef` of the key where the "
		  "controller has no key of its own; or move the Secrets to a Kustomization that has it.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
