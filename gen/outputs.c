#include "outputs.h"

#include "commands.h"
#include "flux.h"
#include "fn.h"
#include "init.h"
#include "kpt.h"
#include "rbac.h"

static const struct output_file values_files[] = {
	{ .template = "values", .path = "{agent}/values.yaml" },
	{ 0 },
};

static const struct output_file config_files[] = {
	{ .template = "config", .path = ".gitlab/agents/{agent}/config.yaml", .may_join = true },
	{ 0 },
};

static const struct output_file rbac_files[] = {
	{ .template = "rbac", .path = "{agent}/rbac.yaml", .derive = rbac_derive, .print = rbac_print },
	{ 0 },
};

static const struct output_file commands_files[] = {
	{ .template = "commands",
		.path = "{agent}/commands.sh",
		.derive = commands_derive,
		.print = commands_print },
	{ 0 },
};

/* In the order in which kubectl may apply them from one stream. */
static const struct output_file flux_files[] = {
	{ .template = "helmrepository",
		.path = "{sourcePath}/helmrepository.yaml",
		.per = OUTPUT_PER_CLUSTER,
		.is_substituted = true,
		.is_wanted = flux_has_helm_repository,
		.derive = flux_source_derive },
	{ .template = "ocirepository",
		.path = "{sourcePath}/ocirepository.yaml",
		.per = OUTPUT_PER_CLUSTER,
		.is_substituted = true,
		.is_wanted = flux_has_oci_repository,
		.derive = flux_source_derive },
	{ .template = "namespace",
		.path = "{manifestPath}/namespace.yaml",
		.per = OUTPUT_PER_NAMESPACE,
		.is_substituted = true,
		.is_wanted = flux_has_namespace,
		.derive = flux_namespace_derive },
	{ .template = "rbac",
		.path = "{manifestPath}/rbac.yaml",
		.is_substituted = true,
		.is_wanted = flux_has_rbac,
		.derive = flux_rbac_derive,
		.print = rbac_print },
	{ .template = "external-secret",
		.path = "{manifestPath}/external-secret.yaml",
		.is_substituted = true,
		.is_wanted = flux_has_external_secret,
		.derive = flux_secret_derive },
	{ .template = "helmrelease",
		.path = "{manifestPath}/helmrelease.yaml",
		.is_substituted = true,
		.derive = flux_release_derive,
		.print = flux_release_print },
	{ 0 },
};

/* Below a folder of their own: kpt reads every file there as an object, and values.yaml is none. */
static const struct output_file kpt_files[] = {
	{ .template = "kpt/kptfile", .path = "{agent}/kpt/Kptfile", .print = kpt_print },
	{ .template = "kpt/setters", .path = "{agent}/kpt/setters.yaml", .print = kpt_print },
	{ .template = "kpt/namespace",
		.path = "{agent}/kpt/namespace.yaml",
		.is_wanted = kpt_has_namespace,
		.print = kpt_print },
	{ .template = "rbac",
		.path = "{agent}/kpt/rbac.yaml",
		.is_wanted = kpt_has_rbac,
		.derive = kpt_rbac_derive,
		.print = kpt_print },
	{ .template = "kpt/serviceaccount",
		.path = "{agent}/kpt/serviceaccount.yaml",
		.is_optional = true,
		.print = kpt_print },
	{ .template = "kpt/clusterrolebinding",
		.path = "{agent}/kpt/clusterrolebinding.yaml",
		.is_optional = true,
		.print = kpt_print },
	{ .template = "kpt-2.6.2/ocs",
		.path = "{agent}/kpt/ocs.yaml",
		.is_optional = true,
		.is_wanted = kpt_is_2_6_2,
		.print = kpt_print },
	{ .template = "kpt-2.6.2/configmap",
		.path = "{agent}/kpt/configmap.yaml",
		.is_optional = true,
		.is_wanted = kpt_is_2_6_2,
		.print = kpt_print },
	{ .template = "kpt-1.11.1/configmap",
		.path = "{agent}/kpt/configmap.yaml",
		.is_wanted = kpt_is_1_11_1,
		.print = kpt_print },
	{ .template = "kpt-2.6.2/deployment",
		.path = "{agent}/kpt/deployment.yaml",
		.is_wanted = kpt_is_2_6_2,
		.print = kpt_print },
	{ .template = "kpt-1.11.1/deployment",
		.path = "{agent}/kpt/deployment.yaml",
		.is_wanted = kpt_is_1_11_1,
		.print = kpt_print },
	{ .template = "kpt-2.6.2/servicemonitor",
		.path = "{agent}/kpt/servicemonitor.yaml",
		.is_optional = true,
		.is_wanted = kpt_is_2_6_2,
		.print = kpt_print },
	{ 0 },
};

/* In the order of writing. */
static const struct output_part repo_parts[] = {
	{ "config", { true, true, true } },
	{ "rbac", { [INSTALL_HELM] = true } },
	{ "values", { [INSTALL_HELM] = true } },
	{ "kpt", { [INSTALL_KPT] = true } },
	{ "commands", { true, true, true } },
	{ "flux", { [INSTALL_FLUX] = true } },
	{ 0 },
};

const struct output outputs[] = {
	{ .name = "values",
		.summary = "values.yaml for the official gitlab-agent chart",
		.files = values_files,
		.needs_rbac = rbac_is_needed },
	{ .name = "flux",
		.summary = "what Flux installs the agent from",
		.files = flux_files,
		.is_joined = true,
		.is_kustomized = true,
		.bare_method = "flux",
		.is_for_some = true,
		.refuse = flux_refuse },
	{ .name = "kpt",
		.summary = "a kpt package: what the chart renders, as plain manifests",
		.files = kpt_files,
		.needs_directory = true,
		.derive = kpt_derive,
		.refuse = kpt_refuse },
	{ .name = "config", .summary = "the agent's config.yaml, which GitLab reads", .files = config_files },
	{ .name = "rbac",
		.summary = "the roles and bindings that the agent needs",
		.files = rbac_files,
		.is_joined = true,
		.is_part_for = rbac_is_needed },
	{ .name = "commands", .summary = "the shell steps of the installation", .files = commands_files },
	{ .name = "repo",
		.summary = "all of it, where the spec's layout says",
		.parts = repo_parts,
		.needs_directory = true },
	{ .name = "init", .summary = "a glagent.yaml to start from; - prints it", .run = init_run },
	{ .name = "fn",
		.summary = "the same as a KRM function, whose configuration is the spec",
		.run = fn_run },
	{ 0 },
};

const struct output *
output_get(struct str name)
{
	for (const struct output *output = outputs; output->name; output++) {
		if (str_eq(name, str_from(output->name))) {
			return output;
		}
	}
	return NULL;
}
