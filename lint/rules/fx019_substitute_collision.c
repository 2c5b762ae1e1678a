#include "substituted.h"

static bool
applies(const struct flux_kustomization *by, const struct resource *resource)
{
	for (size_t i = 0; by->build && i < by->build->objects.len; i++) {
		if (by->build->objects.items[i].resource == resource) {
			return true;
		}
	}
	return false;
}

/* Do all Kustomizations of the root that apply the object substitute in it, so that each takes the second
 * dollar sign away again? */
static bool
is_substituted_by(const struct substituted *s, const struct flux_root *root)
{
	for (size_t i = 0; i < root->closure.len; i++) {
		struct substitution substitution;
		substitution_read(s->scratch, root, root->closure.items[i], &substitution);
		if (substitution.happens != SUBSTITUTION_SURELY
			&& applies(root->closure.items[i], s->object->resource)) {
			return false;
		}
	}
	return root->is_complete;
}

static bool
is_substituted_by_all(const struct substituted *s)
{
	const struct flux *flux = s->repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (!is_substituted_by(s, &flux->roots.items[i])) {
			return false;
		}
	}
	return flux->roots_are_known;
}

static void
fix(const struct substituted *s, struct finding *finding, const struct substituted_place *place)
{
	struct edit *edit = arena_new(lint_arena(s->lint), struct edit);
	*edit = (struct edit){
		.source = place->file->id, .span = { place->span.start, place->span.start }, .text = STR("$")
	};
	lint_fix(s->lint, finding, edit);
}

static struct finding *
report(const struct substituted *s, const struct ynode *scalar, const struct substituted_place *place,
	struct str excerpt, enum envsubst_fault fault)
{
	struct finding *finding = lint_report_at(s->lint, place->file, place->span,
		"Flux reads \"%.*s\" as a variable and fails: \"%s\"", STR_ARG(excerpt),
		envsubst_fault_text(fault));
	if (flux_is_suspended(s->by)) {
		finding->severity = SEVERITY_WARNING;
	}
	const struct ynode *spec = ynode_key(s->by->resource->root, STR("spec"));
	if (spec) {
		lint_relate(s->lint, finding, spec, "the Kustomization \"%.*s\" substitutes",
			STR_ARG(s->by->name));
	}
	lint_help(s->lint, finding,
		"write \"$%.*s\" when the text is meant, or annotate the object with "
		"\"kustomize.toolkit.fluxcd.io/substitute: disabled\"",
		STR_ARG(excerpt));
	lint_object(s->lint, finding, s->object->resource->root, scalar);
	return finding;
}

/* One finding a text; all that Flux refuses of it is mended at once. */
static void
check_scalar(const struct substituted *s, const struct ynode *scalar, const struct envsubst *result)
{
	struct str text = ynode_str(scalar);
	struct envsubst rest = *result;
	struct finding *finding = NULL;
	bool is_exact = true;
	for (size_t base = 0; rest.fault != ENVSUBST_FINE && !rest.is_open;) {
		size_t at = base + rest.fault_at;
		struct str excerpt = substituted_excerpt(text, at);
		struct substituted_place place = substituted_place(s, scalar, at, excerpt.len);
		struct str key = arena_printf(s->scratch, "%u", place.span.start);
		if (!finding && !substituted_is_new(s, &place, key)) {
			return;
		}
		if (!finding) {
			finding = report(s, scalar, &place, excerpt, rest.fault);
			is_exact = place.is_exact && is_substituted_by_all(s);
		}
		if (is_exact && place.is_exact) {
			fix(s, finding, &place);
		}
		base = at + 2;
		envsubst_evaluate(s->scratch,
			arena_printf(s->scratch, "%.*s\n", STR_ARG(str_skip(text, base))),
			&s->substitution->scope, &rest);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_substituted(lint, repository, check_scalar);
}

const struct rule rule_FX019 = {
	.code = "FX019",
	.name = "substitute-bash-collision",
	.summary = "A text that Flux substitutes variables in holds `${` that is no variable of Flux.",
	.rationale =
		"With `spec.postBuild` Flux reads everything that a Kustomization applies as text with "
		"variables. It knows less than a shell does: `${array[@]}`, `${name-default}`, `${!name}`, "
		"`${{ matrix.os }}` and `${ }` are errors (*missing closing brace*, *unable to parse "
		"variable "
		"name*, *bad substitution*), and one of them ends the whole Kustomization: nothing of it is "
		"applied. Scripts, dashboards and descriptions in ConfigMaps and CustomResourceDefinitions "
		"are where it happens.\n\nSaid only where variables are surely substituted: not where "
		"`spec.postBuild` sets nothing, and not of objects labelled or annotated with "
		"`kustomize.toolkit.fluxcd.io/substitute: disabled`.",
	.advice = "Double the dollar sign (`$${array[@]}`): Flux makes one of it. Or leave the whole object "
		  "out with the annotation `kustomize.toolkit.fluxcd.io/substitute: disabled`; of a "
		  "generated ConfigMap under `generatorOptions.annotations`.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#post-build-variable-substitution",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
