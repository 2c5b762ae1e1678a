#include "applied_finding.h"

/* Adds "type: oci" where none is written, or corrects the one that is. */
static void
mend_type(struct lint *lint, struct finding *finding, const struct applied *applied, const struct ynode *type)
{
	const struct ynode *spec = ynode_get(applied->object->written, STR("spec"));
	struct str text = applied_text(applied);
	if (!type && applied_is_as_written(applied, spec)
		&& applied_is_as_written(applied, applied_spec(applied, "url"))) {
		lint_fix(lint, finding, edit_add_entry(lint_arena(lint), text, spec, STR("type: oci")));
	} else if (applied_is_as_written(applied, type)) {
		lint_fix(lint, finding, edit_scalar(lint_arena(lint), text, type, STR("oci")));
	}
}

static void
check_helm(struct lint *lint, const struct applied *applied, const struct ynode *url)
{
	const struct ynode *type = applied_spec(applied, "type");
	struct str text = ynode_str(url);
	bool is_oci = str_starts(text, STR("oci://")), says_oci = str_eq(ynode_str(type), STR("oci"));
	const struct ynode *place = applied_place(applied, url);
	if ((type && !applied_is_plain(type)) || is_oci == says_oci) {
		return;
	}
	if (is_oci) {
		struct finding *finding = lint_report(lint, place,
			"without \"type: oci\" Flux looks for an index.yaml, and a registry has none");
		lint_help(lint, finding, "add \"type: oci\"");
		mend_type(lint, finding, applied, type);
		lint_applied(lint, finding, applied, place);
	} else if (str_starts(text, STR("https://")) || str_starts(text, STR("http://"))) {
		struct finding *finding = lint_report(lint, place,
			"\"%.*s\" is no address of a registry, as \"type: oci\" asks for: \"invalid OCI "
			"registry "
			"URL\"",
			STR_ARG(text));
		lint_relate(lint, finding, applied_place(applied, type), "the type");
		lint_help(lint, finding,
			"for a registry write oci:// instead of the scheme; for a repository with an "
			"index.yaml remove the type");
		lint_applied(lint, finding, applied, place);
	}
}

/* What comes behind the host and its port: a colon there begins a tag. */
static void
check_registry(struct lint *lint, const struct applied *applied, const struct ynode *url)
{
	struct str text = ynode_str(url), rest = str_skip(text, STR("oci://").len);
	struct str path = str_skip(rest, str_find_char(rest, '/'));
	size_t colon = str_find_char(path, ':');
	if (!str_starts(text, STR("oci://")) || colon == path.len || str_has_char(path, '@')) {
		return;
	}
	struct str tag = str_skip(path, colon + 1);
	const struct ynode *place = applied_place(applied, url);
	struct finding *finding = lint_report(lint, place,
		"the address of an OCIRepository has no tag: \"URL must not contain a tag; remove ':%.*s'\"",
		STR_ARG(tag));
	lint_help(lint, finding, "write it as spec.ref.tag: \"%.*s\"", STR_ARG(tag));
	lint_applied(lint, finding, applied, place);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *url = applied_spec(applied, "url");
	if (!applied_is_plain(url) || applied_is_suspended(applied)) {
		return;
	}
	if (applied_is(applied, FLUX_SOURCE_GROUP, STR("HelmRepository"))
		&& !ynode_key(ynode_get(applied->object->node, STR("spec")), STR("<<"))) {
		check_helm(lint, applied, url);
	} else if (applied_is(applied, FLUX_SOURCE_GROUP, STR("OCIRepository"))) {
		check_registry(lint, applied, url);
	}
}

const struct rule rule_HR006 = {
	.code = "HR006",
	.name = "url-scheme-mismatch",
	.summary = "The address of a source is not of the kind that its type asks for.",
	.rationale =
		"A HelmRepository is an `index.yaml` at an `https://` address, or with `type: oci` a "
		"registry "
		"at an `oci://` one. The API takes any mixture; the controller then fails: with *failed to "
		"fetch Helm repository index* where the type is missing, with *invalid OCI registry URL* "
		"where "
		"the address is not a registry's. The address of an OCIRepository has no tag, that belongs "
		"into `spec.ref`.\n\nSuspended sources are left out.",
	.advice = "Make type and address agree. The type is added where only it is missing.",
	.reference = "https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_applied = check,
};
