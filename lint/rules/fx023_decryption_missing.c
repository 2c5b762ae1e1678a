#include "flux_objects.h"
#include "substituted.h"
#include "yscalar.h"

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

/* What those beside it in its namespace say that do decrypt. */
struct neighbours {
	const struct ynode *decryption; /* of the first; NULL: there is none */
	bool differ;
};

static struct neighbours
look_around(const struct flux *flux, const struct flux_kustomization *kustomization)
{
	struct neighbours found = { 0 };
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct flux_root *root = &flux->roots.items[i];
		for (size_t j = 0; j < root->closure.len; j++) {
			const struct flux_kustomization *other = root->closure.items[j];
			const struct ynode *decryption = ynode_get(other->spec, STR("decryption"));
			if (decryption && str_eq(other->namespace, kustomization->namespace)) {
				found.decryption = found.decryption ? found.decryption : decryption;
				found.differ = found.differ || !flux_is_known(other)
					|| !ynode_equal(found.decryption, decryption);
			}
		}
	}
	return found;
}

/* The lines to add; empty where more is to be said than SOPS and the Secret of its key, or where it is not
 * clear.
 */
static struct str
lines_of(struct arena *arena, const struct neighbours *neighbours)
{
	const struct ynode *decryption = neighbours->decryption;
	const struct ynode *key = ynode_get(decryption, STR("secretRef"));
	const struct ynode *name = ynode_get(key, STR("name"));
	bool is_sops = str_eq(ynode_str(ynode_get(decryption, STR("provider"))), STR("sops"))
		&& decryption->len == (key ? 4 : 2);
	bool is_named =
		name && key->len == 2 && applied_is_plain(name) && !yscalar_is_ambiguous(ynode_str(name));
	if (neighbours->differ || (decryption && !is_sops) || (key && !is_named)) {
		return STR("");
	}
	return key ? arena_printf(arena, "decryption:\n  provider: sops\n  secretRef:\n    name: %.*s",
		       STR_ARG(ynode_str(name)))
		   : STR("decryption:\n  provider: sops");
}

/* Adds what its neighbours have. Without any the controller may have a key of its own, or none. What
 * bootstrapping wrote it writes again. */
static void
mend(struct lint *lint, struct finding *finding, const struct flux_kustomization *kustomization)
{
	const struct object *object = kustomization->object;
	const struct ynode *key = object ? ynode_key(object->written, STR("spec")) : NULL;
	const struct ynode *spec = key ? key->next : NULL;
	struct neighbours neighbours = look_around(lint_repository(lint)->flux, kustomization);
	struct str lines = lines_of(lint_arena(lint), &neighbours);
	if (!spec || object->is_generated || spec->source != object->resource->file->id || ynode_extra(spec)
		|| ynode_key(spec, STR("decryption")) || lines.len == 0) {
		return;
	}
	lint_fix(lint, finding,
		edit_add_entry(lint_arena(lint), object->resource->file->source.text, spec, lines));
	finding->fix_is_unsafe = neighbours.decryption == NULL;
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
	mend(lint, finding, kustomization);
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
		  "controller has no key of its own; or move the Secrets to a Kustomization that has it. "
		  "Where the "
		  "Kustomizations of the same namespace that decrypt agree, their `decryption` is added; "
		  "without "
		  "any, `provider: sops` alone, which is a fix to be asked for: it is enough where the "
		  "controller "
		  "has the key.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
