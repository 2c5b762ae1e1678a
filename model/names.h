/* What may be called what: one predicate for each kind of name, and the words that messages use for it. */
#ifndef GLAGENT_NAMES_H
#define GLAGENT_NAMES_H

#include "schema.h"

enum {
	LABEL_BYTES_MAX = 63, /* RFC 1123, kubernetes.io/docs/concepts/overview/working-with-objects/names */
	SUBDOMAIN_BYTES_MAX = 253, /* the same */
	RELEASE_BYTES_MAX = 53,    /* helm: pkg/chart/common/util/validate_name.go, maxReleaseNameLen */
	TAG_BYTES_MAX = 128,       /* OCI distribution spec, "Pulling manifests" */
};

/* RFC 1123 label: namespaces; agents too (docs.gitlab.com/user/clusters/agent/install). */
bool name_is_label(struct str text);

/* RFC 1123 subdomain: Secrets, ServiceAccounts and most objects. */
bool name_is_subdomain(struct str text);

/* Names of RBAC roles: a path segment, so anything but ".", "..", '/' and '%' (kubernetes
 * pkg/apis/rbac/validation, ValidateRBACName). */
bool name_is_role(struct str text);

/* Name of a Helm release: labels joined with dots, at most 53 bytes. */
bool name_is_release(struct str text);

/* Key of a label or annotation: [subdomain/]name (kubernetes.io/docs/…/labels, "Syntax and character set").
 */
bool name_is_qualified(struct str text);

/* Tag of a container image: [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}. */
bool name_is_tag(struct str text);

/* Container image without tag and digest: host/path in lower case (distribution/reference). */
bool name_is_repository(struct str text);

/* Full path of a GitLab project, "group/sub/project" (docs.gitlab.com/user/reserved_names: limits on names).
 */
bool name_is_project(struct str text);

/* Directory in a repository: relative, clean, never upward; "." is the repository itself. */
bool name_is_directory(struct str text);

/* Namespaces that every cluster has (k8s.io/docs/concepts/overview/working-with-objects/namespaces). */
bool name_is_kubernetes_namespace(struct str text);

/* Semantic version without a leading v, as charts have it (semver.org). */
bool name_is_chart_version(struct str text);

/* "17.6", "17.6.1", "v17.6.1-ee": how GitLab names its releases. */
bool name_is_gitlab_version(struct str text);

/* Duration as metav1.Duration takes it and Flux asks for: "1h", "10m30s", never negative. */
bool name_is_duration(struct str text);

/* Quantity of the Kubernetes API, "500m", "1.5Gi" (apimachinery pkg/api/resource). */
bool name_is_quantity(struct str text);

/* "Name: value" with both non-empty: what agentk takes for --kas-header. */
bool name_is_header(struct str text);

/* Name of a CI environment (gitlab-org/gitlab lib/gitlab/regex.rb, environment_name_regex): letters, digits,
 * blanks and
 * - _ . / $ { }, no slash at either end; at most 255. */
bool name_is_environment(struct str text);

/* Parts of "scheme://[user@]host[:port][/path]". */
struct url {
	struct str scheme, user, host, port, path; /* port without ':'; path with its '/' */
};

/* False when there is no scheme, no host, a blank or a port that is none. Query and fragment stay in path. */
bool url_parse(struct str text, struct url *ret_url) NODISCARD;

bool name_is_web_url(struct str text);       /* http or https, no user or password */
bool name_is_kas_url(struct str text);       /* ws, wss, grpc, grpcs: agentk dials nothing else */
bool name_is_receptive_url(struct str text); /* grpc or grpcs with a port, no path: kas dials nothing else */
bool name_is_proxy_url(struct str text);     /* http, https or socks5 */
bool name_is_source_url(struct str text);    /* http, https or oci */

/* The predicates as formats of JSON Schemas; ends with a NULL name. */
extern const struct schema_format name_formats[];

#endif
