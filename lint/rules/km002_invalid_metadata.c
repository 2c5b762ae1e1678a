#include "kustomize_faults.h"
#include "names.h"
#include "yscalar.h"

enum { LABEL_VALUE_MAX = 63 };

static bool
has_variable(struct str text)
{
	return str_has_char(text, '$') || str_find(text, STR("{{")) < text.len;
}

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
is_label_value(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_letter_or_digit(text.ptr[i]) && !str_has_char(STR("-_."), text.ptr[i])) {
			return false;
		}
	}
	return text.len == 0
		|| (text.len <= LABEL_VALUE_MAX && is_letter_or_digit(text.ptr[0])
			&& is_letter_or_digit(text.ptr[text.len - 1]));
}

static struct finding *
report(struct lint *lint, const struct object *object, const struct ynode *at, const char *what,
	const char *why)
{
	const struct ynode *place = place_in(object, at);
	struct finding *finding =
		lint_report(lint, place, "%s \"%.*s\" %s", what, STR_ARG(ynode_str(at)), why);
	lint_object(lint, finding, object->written, place);
	return finding;
}

static void
check_value(struct lint *lint, const struct object *object, const struct ynode *value, bool is_label)
{
	const char *what = is_label ? "the label" : "the annotation";
	if (has_variable(ynode_str(value))) {
		return;
	}
	if (is_label && ynode_type(value, YDIALECT_YAML_V3) != YTYPE_STRING) {
		lint_help(lint, report(lint, object, value, what, "must be text"), "put it into quotes");
	} else if (is_label && !is_label_value(ynode_str(value))) {
		report(lint, object, value, what, "is no value that Kubernetes takes");
	}
}

static void
check_map(struct lint *lint, const struct object *object, const char *field, bool is_label)
{
	const struct ynode *map = ynode_at(object->node, "metadata", field, NULL);
	const struct ynode *key = ynode_is(map, YNODE_MAPPING) ? map->first : NULL;
	for (; key; key = key->next->next) {
		struct str name = ynode_str(key);
		if (!has_variable(name) && !str_eq(name, STR("<<")) && !name_is_qualified(name)) {
			report(lint, object, key, is_label ? "the label" : "the annotation",
				"is no key that Kubernetes takes");
		}
		check_value(lint, object, ynode_follow(key->next), is_label);
	}
}

/* Kinds whose servers take other names than those of DNS: an address, a signer, what LDAP calls a group. */
static bool
has_names_of_its_own(const struct identity *id)
{
	return str_eq(id->kind, STR("ClusterTrustBundle")) || str_eq(id->kind, STR("IPAddress"))
		|| str_ends(id->group, STR(".openshift.io"));
}

/* RBAC takes any name that can stand in a path. */
static void
check_name(struct lint *lint, const struct object *object)
{
	const struct ynode *name = ynode_at(object->node, "metadata", "name", NULL);
	struct str text = ynode_str(name);
	bool is_role = str_eq(object->id.group, STR("rbac.authorization.k8s.io"));
	if (!name || text.len == 0 || has_variable(text) || object->is_generated
		|| has_names_of_its_own(&object->id)) {
		return;
	}
	if (ynode_type(name, YDIALECT_YAML_V3) != YTYPE_STRING) {
		lint_help(lint, report(lint, object, name, "the name", "must be text"), "put it into quotes");
	} else if (is_role ? !name_is_role(text) : !name_is_subdomain(text)) {
		report(lint, object, name, "the name", "is none that Kubernetes takes");
	}
}

static void
check_object(struct lint *lint, const struct object *object)
{
	bool is_encrypted =
		ynode_get(object->written, STR("sops")) != NULL; /* names too, where SOPS is told so */
	if (!object->may_differ && !is_encrypted && !flux_is_left_alone(object->node)) {
		check_name(lint, object);
		check_map(lint, object, "labels", true);
		check_map(lint, object, "annotations", false);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_built_object(lint, repository, check_object);
}

const struct rule rule_KM002 = {
	.code = "KM002",
	.name = "object-metadata-invalid",
	.summary = "A name, label or annotation of an object is none that Kubernetes takes.",
	.rationale =
		"The cluster refuses the object, and with Flux everything that is applied with it: names "
		"are of lower case letters, digits, `-` and `.`; a label's value has at most 63 of "
		"letters, digits, `-`, `_` and `.`; keys are such words, after a domain and a slash if "
		"any. Values must be text: kustomize passes a label `true` or `1` on as a boolean or a "
		"number.\n\nWhat a variable fills in later is not judged. A warning where no Flux root is "
		"known to build it.",
	.advice = "Correct the word; put quotes around a value that must be text.",
	.reference = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
