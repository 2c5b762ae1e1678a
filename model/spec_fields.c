#include "spec.h"

const char *const rbac_access_names[] = { "derived", "view", "namespaced", "existing", "cluster-admin",
	"none", NULL };
const char *const install_method_names[] = { "helm", "flux", "kpt", NULL };
const char *const source_kind_names[] = { "HelmRepository", "OCIRepository", NULL };

#define MEMBER(type, member) .offset = offsetof(struct type, member)
#define STRUCT(type, member, table)                                                                          \
	.kind = DECODE_MAPPING, .offset = offsetof(struct type, member), .fields = (table),                  \
	.size = sizeof(((struct type *)NULL)->member)

/* The members of a struct without a name count from its start. offsetof takes no parentheses. */
/* NOLINTBEGIN(bugprone-macro-parentheses) */
#define INNER(type, outer, member)                                                                           \
	.offset = offsetof(struct type, outer.member) - offsetof(struct type, outer)
/* NOLINTEND(bugprone-macro-parentheses) */

static const struct decode_field chart_fields[] = {
	{ .key = "version", .kind = DECODE_TEXT, INNER(agent_spec, chart, version) },
	{ 0 },
};

static const struct decode_field image_fields[] = {
	{ .key = "repository", .kind = DECODE_TEXT, INNER(agent_spec, image, repository) },
	{ .key = "tag", .kind = DECODE_TEXT, INNER(agent_spec, image, tag) },
	{ 0 },
};

static const struct decode_field kas_fields[] = {
	{ .key = "address", .kind = DECODE_TEXT, INNER(agent_spec, kas, address) },
	{ .key = "caCertFile", .kind = DECODE_TEXT, INNER(agent_spec, kas, ca_cert_file) },
	{ .key = "headers", .kind = DECODE_TEXTS, INNER(agent_spec, kas, headers) },
	{ 0 },
};

static const struct decode_field proxy_fields[] = {
	{ .key = "httpProxy", .kind = DECODE_TEXT, INNER(agent_spec, proxy, http) },
	{ .key = "httpsProxy", .kind = DECODE_TEXT, INNER(agent_spec, proxy, https) },
	{ .key = "noProxy", .kind = DECODE_TEXTS, INNER(agent_spec, proxy, no_proxy) },
	{ 0 },
};

static const struct decode_field external_fields[] = {
	{ .key = "store", .kind = DECODE_TEXT, .required = true, INNER(agent_spec, token.external, store) },
	{ .key = "key", .kind = DECODE_TEXT, .required = true, INNER(agent_spec, token.external, key) },
	{ .key = "property", .kind = DECODE_TEXT, INNER(agent_spec, token.external, property) },
	{ 0 },
};

static const struct decode_field token_fields[] = {
	{ .key = "secretName", .kind = DECODE_TEXT, INNER(agent_spec, token, secret_name) },
	{ .key = "externalSecret",
		.kind = DECODE_MAPPING,
		INNER(agent_spec, token, external),
		.fields = external_fields,
		.size = sizeof(((struct agent_spec *)NULL)->token.external) },
	{ 0 },
};

static const struct decode_field service_account_fields[] = {
	{ .key = "create", .kind = DECODE_BOOL, INNER(agent_spec, service_account, create) },
	{ .key = "name", .kind = DECODE_TEXT, INNER(agent_spec, service_account, name) },
	{ .key = "annotations", .kind = DECODE_OPEN },
	{ 0 },
};

static const struct decode_field receptive_fields[] = {
	{ .key = "url", .kind = DECODE_TEXT, .required = true, INNER(agent_spec, receptive, url) },
	{ .key = "jwtPublicKey", .kind = DECODE_TEXT, INNER(agent_spec, receptive, jwt_public_key) },
	{ .key = "jwtPublicKeyFile", .kind = DECODE_TEXT, INNER(agent_spec, receptive, jwt_public_key_file) },
	{ 0 },
};

static const struct decode_field install_fields[] = {
	{ .key = "method",
		.kind = DECODE_CHOICE,
		INNER(agent_spec, install, method),
		.choices = install_method_names },
	{ .key = "resources", .kind = DECODE_TEXTS, INNER(agent_spec, install, resources) },
	{ .key = "directory", .kind = DECODE_TEXT, INNER(agent_spec, install, directory) },
	{ .key = "helmRelease", .kind = DECODE_OPEN },
	{ 0 },
};

static const struct decode_field features_fields[] = {
	{ .key = "flux", .kind = DECODE_BOOL, INNER(agent_spec, features, flux) },
	{ .key = "ocs", .kind = DECODE_BOOL, INNER(agent_spec, features, ocs) },
	{ 0 },
};

static const struct decode_field binding_fields[] = {
	{ .key = "user", .kind = DECODE_TEXT, MEMBER(spec_binding, user) },
	{ .key = "group", .kind = DECODE_TEXT, MEMBER(spec_binding, group) },
	{ .key = "serviceAccount", .kind = DECODE_TEXT, MEMBER(spec_binding, service_account) },
	{ .key = "role", .kind = DECODE_TEXT, .required = true, MEMBER(spec_binding, role) },
	{ .key = "namespaces", .kind = DECODE_TEXTS, MEMBER(spec_binding, namespaces) },
	{ 0 },
};

static const struct decode_field rbac_fields[] = {
	{ .key = "access",
		.kind = DECODE_CHOICE,
		INNER(agent_spec, rbac, access),
		.choices = rbac_access_names },
	{ .key = "role", .kind = DECODE_TEXT, INNER(agent_spec, rbac, role) },
	{ .key = "namespaces", .kind = DECODE_TEXTS, INNER(agent_spec, rbac, namespaces) },
	{ .key = "bindings",
		.kind = DECODE_MAPPINGS,
		INNER(agent_spec, rbac, bindings),
		.fields = binding_fields,
		.size = sizeof(struct spec_binding) },
	{ 0 },
};

static const struct decode_field environment_fields[] = {
	{ .key = "name", .kind = DECODE_TEXT, INNER(agent_spec, environment, name) },
	{ 0 },
};

const struct decode_field agent_spec_fields[] = {
	{ .key = "name", .kind = DECODE_TEXT, .required = true, MEMBER(agent_spec, name) },
	{ .key = "cluster", .kind = DECODE_TEXT, MEMBER(agent_spec, cluster) },
	{ .key = "releaseName", .kind = DECODE_TEXT, MEMBER(agent_spec, release_name) },
	{ .key = "namespace", .kind = DECODE_TEXT, MEMBER(agent_spec, namespace) },
	{ .key = "createNamespace", .kind = DECODE_BOOL, MEMBER(agent_spec, create_namespace) },
	{ .key = "namespaceLabels", .kind = DECODE_OPEN },
	{ .key = "replicas", .kind = DECODE_NUMBER, MEMBER(agent_spec, replicas) },
	{ .key = "chart", STRUCT(agent_spec, chart, chart_fields) },
	{ .key = "image", STRUCT(agent_spec, image, image_fields) },
	{ .key = "kas", STRUCT(agent_spec, kas, kas_fields) },
	{ .key = "receptive", STRUCT(agent_spec, receptive, receptive_fields) },
	{ .key = "proxy", STRUCT(agent_spec, proxy, proxy_fields) },
	{ .key = "token", STRUCT(agent_spec, token, token_fields) },
	{ .key = "serviceAccount", STRUCT(agent_spec, service_account, service_account_fields) },
	{ .key = "install", STRUCT(agent_spec, install, install_fields) },
	{ .key = "features", STRUCT(agent_spec, features, features_fields) },
	{ .key = "rbac", STRUCT(agent_spec, rbac, rbac_fields) },
	{ .key = "environment", STRUCT(agent_spec, environment, environment_fields) },
	{ .key = "values", .kind = DECODE_OPEN },
	{ .key = "config", .kind = DECODE_OPEN },
	{ 0 },
};

static const struct decode_field gitlab_fields[] = {
	{ .key = "url", .kind = DECODE_TEXT, INNER(fleet_spec, gitlab, url) },
	{ .key = "version", .kind = DECODE_TEXT, INNER(fleet_spec, gitlab, version) },
	{ .key = "tier", .kind = DECODE_TEXT, INNER(fleet_spec, gitlab, tier) },
	{ .key = "project", .kind = DECODE_TEXT, INNER(fleet_spec, gitlab, project) },
	{ 0 },
};

static const struct decode_field source_fields[] = {
	{ .key = "kind",
		.kind = DECODE_CHOICE,
		INNER(fleet_spec, flux.source, kind),
		.choices = source_kind_names },
	{ .key = "name", .kind = DECODE_TEXT, INNER(fleet_spec, flux.source, name) },
	{ .key = "url", .kind = DECODE_TEXT, INNER(fleet_spec, flux.source, url) },
	{ .key = "create", .kind = DECODE_BOOL, INNER(fleet_spec, flux.source, create) },
	{ 0 },
};

static const struct decode_field flux_fields[] = {
	{ .key = "project", .kind = DECODE_TEXT, INNER(fleet_spec, flux, project) },
	{ .key = "path", .kind = DECODE_TEXT, INNER(fleet_spec, flux, path) },
	{ .key = "manifestPath", .kind = DECODE_TEXT, INNER(fleet_spec, flux, manifest_path) },
	{ .key = "sourcePath", .kind = DECODE_TEXT, INNER(fleet_spec, flux, source_path) },
	{ .key = "namespace", .kind = DECODE_TEXT, INNER(fleet_spec, flux, namespace) },
	{ .key = "source",
		.kind = DECODE_MAPPING,
		INNER(fleet_spec, flux, source),
		.fields = source_fields,
		.size = sizeof(((struct fleet_spec *)NULL)->flux.source) },
	{ .key = "kustomization", .kind = DECODE_TEXT, INNER(fleet_spec, flux, kustomization) },
	{ .key = "substitute", .kind = DECODE_BOOL, INNER(fleet_spec, flux, substitute) },
	{ 0 },
};

const struct decode_field fleet_spec_fields[] = {
	{ .key = "gitlab", STRUCT(fleet_spec, gitlab, gitlab_fields) },
	{ .key = "flux", STRUCT(fleet_spec, flux, flux_fields) },
	{ 0 },
};
