#include "schema_words.h"
#include "substituted.h"
#include "vec.h"

enum { STRICT_MAJOR = 2, STRICT_MINOR = 9 };

/* Does a patch of the controller switch the new default off? */
static bool
is_switched_off(const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		struct str text = file_words(&repository->files->items[i]);
		if (str_find(text, STR("StrictPostBuildSubstitutions=false")) < text.len) {
			return true;
		}
	}
	return false;
}

static bool
is_strict(const struct substituted *s)
{
	const struct flux_version *version = &s->root->version;
	return version->major > STRICT_MAJOR
		|| (version->major == STRICT_MAJOR && version->minor >= STRICT_MINOR);
}

static void
advise(const struct substituted *s, struct finding *finding, struct str name)
{
	struct names names = { 0 };
	for (const struct map_entry *entry = s->substitution->scope.values.first; entry;
		entry = entry->next) {
		vec_push(s->scratch, &names, entry->key);
	}
	struct str near = words_nearest(&names, name);
	if (near.len > 0) {
		lint_help(s->lint, finding, "did you mean \"${%.*s}\"?", STR_ARG(near));
	} else {
		lint_help(s->lint, finding,
			"set it in spec.postBuild of the Kustomization \"%.*s\", give it a default "
			"(\"${%.*s:=…}\"), or write \"$${%.*s}\" when the text is meant",
			STR_ARG(s->by->name), STR_ARG(name), STR_ARG(name));
	}
}

static void
report(const struct substituted *s, const struct ynode *scalar, const struct envsubst_use *use)
{
	size_t len = substituted_excerpt(ynode_str(scalar), use->at).len;
	struct substituted_place place = substituted_place(s, scalar, use->at, len);
	if (!substituted_is_new(s, &place, use->name)) {
		return;
	}
	bool fails = is_strict(s) && !is_switched_off(s->repository);
	struct finding *finding = lint_report_at(s->lint, place.file, place.span,
		fails ? "nothing sets \"%.*s\": Flux fails with \"variable not set (strict mode)\""
		      : "nothing sets \"%.*s\": Flux puts nothing in its place, and fails from 2.9 on",
		STR_ARG(use->name));
	if (!fails || flux_is_suspended(s->by)) {
		finding->severity = SEVERITY_WARNING;
	}
	const struct ynode *spec = ynode_key(s->by->resource->root, STR("spec"));
	if (spec) {
		lint_relate(s->lint, finding, spec, "the Kustomization that substitutes");
	}
	advise(s, finding, use->name);
	lint_object(s->lint, finding, s->object->resource->root, scalar);
}

static void
check_scalar(const struct substituted *s, const struct ynode *scalar, const struct envsubst *result)
{
	for (size_t i = 0; result->fault == ENVSUBST_FINE && i < result->uses.len; i++) {
		const struct envsubst_use *use = &result->uses.items[i];
		if (!use->has_default && !envsubst_may_be_set(&s->substitution->scope, use->name)) {
			report(s, scalar, use);
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_substituted(lint, repository, check_scalar);
}

const struct rule rule_FX017 = {
	.code = "FX017",
	.name = "substitute-undefined",
	.summary = "A variable is used that the Flux Kustomization does not set.",
	.rationale =
		"With `spec.postBuild` Flux reads everything that a Kustomization applies as text with "
		"variables, scripts and descriptions too. From Flux 2.9 on one that nothing sets ends the "
		"whole Kustomization: *variable not set (strict mode)*. Before, it silently became nothing: "
		"an empty host name, an empty image tag.\n\nA variable with a default (`${NAME:=value}`) "
		"may be unset. Nothing is said where a Secret, or a ConfigMap that is not in this "
		"repository, may set it, and of objects with `kustomize.toolkit.fluxcd.io/substitute: "
		"disabled`. A warning where the version of Flux is older or not known (it is read from "
		"`gotk-components.yaml`).",
	.advice = "Set the variable, correct its name, or give it a default. Text that is no variable of "
		  "Flux is written with two dollar signs, `$${NAME}`; objects full of it, such as "
		  "scripts, are better left out with the annotation "
		  "`kustomize.toolkit.fluxcd.io/substitute: disabled`.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#post-build-variable-substitution",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
