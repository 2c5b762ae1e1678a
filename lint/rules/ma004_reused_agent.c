#include "placed_installs.h"
#include "secret_shape.h"

/* Where an agent's token stands in the repository. */
struct token_place {
	const struct ynode *node;
	bool is_encoded; /* of a Secret's data */
};

/* The value as the cluster gets it. What SOPS has encrypted is random each time, so equal texts are one
 * token. */
static bool
is_token(const struct ynode *node)
{
	return node && node->kind == YNODE_SCALAR
		&& (str_starts(ynode_str(node), STR("ENC[")) || !text_is_placeholder(ynode_str(node)));
}

static struct token_place
token_of_secret(const struct install *install, struct str name)
{
	const struct applied *secret =
		cluster_find(install->applied->cluster, STR(""), STR("Secret"), install->namespace, name);
	if (!secret || secret->object->may_differ) {
		return (struct token_place){ 0 };
	}
	const struct ynode *text = ynode_follow(ynode_at(secret->object->node, "stringData", "token", NULL));
	const struct ynode *data = ynode_follow(ynode_at(secret->object->node, "data", "token", NULL));
	struct token_place token = { text ? text : data, !text };
	return is_token(token.node) ? token : (struct token_place){ 0 };
}

static struct token_place
token_of(const struct install *install)
{
	struct value token = install_value(install, STR("config.token"));
	struct value name = install_value(install, STR("config.secretName"));
	if (token.state == VALUE_SET) {
		bool is_literal = is_token(token.node) && !install->is_patched;
		return (struct token_place){ is_literal ? token.node : NULL, false };
	}
	bool is_read = token.state != VALUE_OPEN && name.state == VALUE_SET && !install->is_patched;
	return is_read ? token_of_secret(install, name.text) : (struct token_place){ 0 };
}

static bool
shares_token(const struct install *first, const struct install *second)
{
	struct token_place one = token_of(first), other = token_of(second);
	return one.node && other.node && one.is_encoded == other.is_encoded
		&& str_eq(str_trim(ynode_str(one.node)), str_trim(ynode_str(other.node)));
}

static bool
shares_name(const struct install *first, const struct install *second)
{
	struct str name = install_agent_name(second), host = install_kas_host(second);
	return name.len > 0 && str_eq(install_agent_name(first), name) && host.len > 0
		&& str_eq_nocase(install_kas_host(first), host);
}

static const struct file *
root_file(const struct install *install)
{
	return install->applied->cluster->root->kustomization->resource->file;
}

static bool
check_two(struct lint *lint, const struct install *first, const struct install *second)
{
	bool is_token_shared = !installs_share_cluster(first, second) && shares_token(first, second);
	if (installs_share_cluster(first, second) || (!is_token_shared && !shares_name(first, second))) {
		return false;
	}
	const struct ynode *place = install_place(second, NULL);
	struct finding *finding = is_token_shared
		? lint_report(lint, place, "two clusters are connected with one and the same agent's token")
		: lint_report(lint, place, "two clusters are connected as the agent \"%.*s\"",
			STR_ARG(install_agent_name(second)));
	lint_help(lint, finding, "register an agent for each cluster, and give each its own token");
	lint_relate_file(lint, finding, root_file(first), "one of the clusters starts here");
	lint_relate_file(lint, finding, root_file(second), "and the other one here");
	lint_install(lint, finding, second, place);
	return true;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_two_installs(lint, repository, check_two);
}

const struct rule rule_MA004 = {
	.code = "MA004",
	.name = "agent-reused-across-clusters",
	.summary = "One agent is installed in several clusters.",
	.rationale =
		"To GitLab an agent is one cluster, and all that connect with its token are replicas of it. "
		"A "
		"CI job, a dashboard or a scan then reaches one of the clusters by chance: what is deployed "
		"to production may land in staging.\n\nIt is one agent when the clusters get the same token, "
		"in a Secret (encrypted by SOPS or not) or in the chart's values, or when the annotation "
		"`glagent.dev/agent` of both HelmReleases names it and both are told the same server. "
		"Otherwise nothing is said.\n\nTo verify: **Operate > Kubernetes clusters** shows the agent "
		"connected more often than it has replicas.",
	.advice = "Register one agent for each cluster.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
