/*
 * glagent.yaml: read, checked, its defaults laid under each agent, and seen
 * through structs. Every mistake is a finding with a place; all of them in one
 * run. Nothing here renders anything.
 */
#ifndef GLAGENT_SPEC_H
#define GLAGENT_SPEC_H

#include "agentcfg.h"
#include "decode.h"
#include "finding.h"

enum rbac_access {
	RBAC_DERIVED,       /* what the declared features need */
	RBAC_VIEW,          /* the ClusterRole view */
	RBAC_NAMESPACED,    /* `role` in `namespaces` */
	RBAC_EXISTING,      /* the ClusterRole `role` */
	RBAC_CLUSTER_ADMIN, /* by name only */
	RBAC_NONE,
	RBAC_ACCESS_COUNT
};

enum install_method { INSTALL_HELM, INSTALL_FLUX, INSTALL_KPT, INSTALL_METHOD_COUNT };

enum source_kind { SOURCE_HELM_REPOSITORY, SOURCE_OCI_REPOSITORY, SOURCE_KIND_COUNT };

/* The words of the enums in their order; end with NULL. */
extern const char *const rbac_access_names[RBAC_ACCESS_COUNT + 1];
extern const char *const install_method_names[INSTALL_METHOD_COUNT + 1];
extern const char *const source_kind_names[SOURCE_KIND_COUNT + 1];

struct spec_binding {
	const char *user, *group, *service_account; /* exactly one; the last as namespace/name */
	const char *role;                           /* a ClusterRole */
	struct decode_texts namespaces;             /* empty: in the whole cluster */
};

struct spec_bindings {
	const struct spec_binding *items;
	size_t len;
};

/* An agent's fields, as schemas/spec.schema.json describes them; absent texts are NULL. */
struct agent_spec {
	const char *name, *cluster; /* cluster is never NULL */
	const char *release_name, *namespace;
	bool create_namespace;
	int replicas; /* 0: the chart's own */
	struct {
		const char *version; /* NULL: none stated */
	} chart;
	struct {
		const char *repository, *tag;
	} image;
	struct {
		const char *address; /* as stated; spec_agent.kas_address is what counts */
		const char *ca_cert_file;
		struct decode_texts headers;
	} kas;
	struct {
		const char *http, *https;
		struct decode_texts no_proxy;
	} proxy;
	struct {
		const char *secret_name;
		struct {
			const char *store, *key, *property;
		} external;
	} token;
	struct {
		bool create;
		const char *name;
	} service_account;
	struct {
		const char *url; /* NULL: the agent is not receptive */
		const char *jwt_public_key, *jwt_public_key_file;
	} receptive;
	struct {
		enum install_method method;
		struct decode_texts resources;
		const char *directory; /* of values.yaml and the like in the repository */
	} install;
	struct {
		bool flux, ocs;
	} features;
	struct {
		enum rbac_access access;
		const char *role;
		struct decode_texts namespaces;
		struct spec_bindings bindings;
	} rbac;
	struct {
		const char *name; /* of the CI environment; NULL: none */
	} environment;
};

struct fleet_spec {
	struct {
		const char *url, *version, *tier, *project;
	} gitlab;
	struct {
		const char *project, *path, *manifest_path, *source_path, *namespace;
		struct {
			enum source_kind kind;
			const char *name, *url;
			bool create;
		} source;
		const char *kustomization; /* as namespace/name: what applies the manifests */
		bool substitute;           /* the Kustomization that applies the manifests fills in ${…} */
	} flux;
};

/* How an agent's KAS address came about. */
enum kas_origin {
	KAS_STATED,
	KAS_GITLAB_COM, /* the same for all of GitLab.com */
	KAS_DEDICATED,  /* kas.DOMAIN */
	KAS_OMNIBUS,    /* URL/-/kubernetes-agent/ */
	KAS_UNKNOWN,    /* not stated, not to be derived: a finding; or the agent is receptive */
};

struct spec_agent {
	struct agent_spec view;
	const struct ynode *written; /* the item of spec.agents */
	const struct ynode *tree;    /* defaults laid under it, {agent} and {cluster} filled in, nulls gone
					except    in values, config and install.helmRelease */
	struct str kas_address;      /* empty for a receptive agent */
	enum kas_origin kas_origin;
	struct str ca_pem;     /* text of kas.caCertFile, ending with a line end; empty when there is none */
	struct str flux_since; /* "2.3": the first Flux that takes its HelmRelease */
	struct str jwt_public_key; /* of a receptive agent, on one line; empty when not known yet */
};

struct spec {
	struct fleet_spec view;
	struct str name;          /* metadata.name; may be empty */
	const struct ynode *tree; /* spec.gitlab and spec.flux over their defaults */
	struct spec_agent *agents;
	size_t len;
	bool is_bare; /* made of arguments, without a file */
};

/* What spec_read needs beside the text. */
struct spec_input {
	const struct source *source;
	int directory_fd; /* files that the spec names are below it; -1: none can be read */
	bool is_bare;
};

/*
 * Reads and checks a spec. Mistakes and warnings go to `findings`, which the caller finishes. NULL when there
 * is an error among them; false ends only for faults of the environment (*reterr). The source is registered
 * with `sources`; a token in its text is masked first, so that nothing can print it.
 */
bool spec_read(struct arena *arena, const struct spec_input *input, struct sources *sources,
	struct findings *findings, const struct spec **ret_spec, struct error *reterr) NODISCARD;

/* The agent of that name, or NULL. */
const struct spec_agent *spec_agent_get(const struct spec *spec, struct str name);

/* The port that the values at a dotted path state, as "host:port", ":port" or a number; 0 when they do not.
 */
int spec_stated_port(const struct ynode *values, const char *path);

/* `text` with {agent} and {cluster} filled in. */
struct str spec_fill(struct arena *arena, struct str text, const struct agent_spec *names);

/*
 * The same of a path, whose first segment may be {manifestPath} or {sourcePath}, the directories of flux in
 * the spec; relative to the repository's root, without "." and doubled slashes.
 */
struct str spec_path(
	struct arena *arena, const struct spec *spec, struct str pattern, const struct spec_agent *agent);

/* The tables behind the views: a test holds them against the schema. */
extern const struct decode_field agent_spec_fields[];
extern const struct decode_field fleet_spec_fields[];

#endif
