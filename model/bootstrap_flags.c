/* After cmd/flux of fluxcd/flux2 v2.9, and internal/commands/cluster/agent/bootstrap of gitlab-org/cli. */
#include "bootstrap_flags.h"

enum { FLAG_OF_HOSTS = FLAG_OF_ALL & ~FLAG_OF_GIT };

#define NAME(literal) STR_INIT(literal)
#define VALUE(literal, argument)                                                                             \
	{                                                                                                    \
		NAME(literal), '\0', false, argument, FLAG_OF_ALL                                            \
	}
#define OTHER(literal) VALUE(literal, BOOTSTRAP_NONE)
#define SWITCH(literal)                                                                                      \
	{                                                                                                    \
		NAME(literal), '\0', true, BOOTSTRAP_NONE, FLAG_OF_ALL                                       \
	}

static const struct bootstrap_flag flux_flags[] = {
	VALUE("path", BOOTSTRAP_PATH),
	VALUE("branch", BOOTSTRAP_BRANCH),
	{ NAME("namespace"), 'n', false, BOOTSTRAP_NAMESPACE, FLAG_OF_ALL },
	{ NAME("url"), '\0', false, BOOTSTRAP_URL, FLAG_OF_GIT },
	{ NAME("username"), 'u', false, BOOTSTRAP_NONE, FLAG_OF_GIT | FLAG_OF_BITBUCKET },
	{ NAME("password"), 'p', false, BOOTSTRAP_NONE, FLAG_OF_GIT },
	{ NAME("silent"), 's', true, BOOTSTRAP_NONE, FLAG_OF_GIT },
	{ NAME("allow-insecure-http"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_GIT },
	{ NAME("with-bearer-token"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_GIT },
	{ NAME("owner"), '\0', false, BOOTSTRAP_OWNER, FLAG_OF_HOSTS },
	{ NAME("repository"), '\0', false, BOOTSTRAP_REPOSITORY, FLAG_OF_HOSTS },
	{ NAME("team"), '\0', false, BOOTSTRAP_NONE, FLAG_OF_HOSTS & ~FLAG_OF_BITBUCKET },
	{ NAME("group"), '\0', false, BOOTSTRAP_NONE, FLAG_OF_BITBUCKET },
	{ NAME("hostname"), '\0', false, BOOTSTRAP_NONE, FLAG_OF_HOSTS },
	{ NAME("visibility"), '\0', false, BOOTSTRAP_NONE, FLAG_OF_GITLAB },
	{ NAME("personal"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_HOSTS },
	{ NAME("private"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_HOSTS },
	{ NAME("read-write-key"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_HOSTS },
	{ NAME("reconcile"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_HOSTS },
	{ NAME("deploy-token-auth"), '\0', true, BOOTSTRAP_NONE, FLAG_OF_GITLAB },
	OTHER("interval"),
	{ NAME("version"), 'v', false, BOOTSTRAP_NONE, FLAG_OF_ALL },
	OTHER("components"),
	OTHER("components-extra"),
	OTHER("registry"),
	OTHER("registry-creds"),
	OTHER("image-pull-secret"),
	OTHER("sparse-checkout"),
	OTHER("manifests"),
	OTHER("log-level"),
	OTHER("cluster-domain"),
	OTHER("toleration-keys"),
	OTHER("secret-name"),
	OTHER("ssh-key-algorithm"),
	OTHER("ssh-rsa-bits"),
	OTHER("ssh-hostkey-algos"),
	OTHER("ssh-ecdsa-curve"),
	OTHER("ssh-hostname"),
	OTHER("ca-file"),
	OTHER("private-key-file"),
	OTHER("author-name"),
	OTHER("author-email"),
	OTHER("gpg-key-ring"),
	OTHER("gpg-passphrase"),
	OTHER("gpg-key-id"),
	OTHER("ssh-signing-key-file"),
	OTHER("ssh-signing-password"),
	OTHER("ssh-signing-passphrase"),
	OTHER("commit-message-appendix"),
	OTHER("arch"),
	SWITCH("recurse-submodules"),
	SWITCH("watch-all-namespaces"),
	SWITCH("network-policy"),
	SWITCH("token-auth"),
	SWITCH("ssh-signing-reuse-private-key"),
	SWITCH("force"),
	OTHER("timeout"),
	SWITCH("verbose"),
	SWITCH("ns-follows-kube-context"),
	OTHER("kube-api-qps"),
	OTHER("kube-api-burst"),
	OTHER("kubeconfig"),
	OTHER("context"),
	OTHER("cluster"),
	OTHER("user"),
	OTHER("server"),
	OTHER("token"),
	OTHER("as"),
	OTHER("as-group"),
	OTHER("as-uid"),
	OTHER("as-user-extra"),
	OTHER("cache-dir"),
	OTHER("certificate-authority"),
	OTHER("client-certificate"),
	OTHER("client-key"),
	OTHER("tls-server-name"),
	SWITCH("insecure-skip-tls-verify"),
	SWITCH("disable-compression"),
};

static const struct bootstrap_flag glab_flags[] = {
	{ NAME("manifest-path"), 'p', false, BOOTSTRAP_MANIFEST_PATH, FLAG_OF_ALL },
	{ NAME("manifest-branch"), 'b', false, BOOTSTRAP_BRANCH, FLAG_OF_ALL },
	{ NAME("repo"), 'R', false, BOOTSTRAP_PROJECT, FLAG_OF_ALL },
	VALUE("helm-release-name", BOOTSTRAP_RELEASE_NAME),
	VALUE("helm-release-namespace", BOOTSTRAP_RELEASE_NAMESPACE),
	VALUE("helm-release-target-namespace", BOOTSTRAP_RELEASE_TARGET_NAMESPACE),
	VALUE("helm-release-filepath", BOOTSTRAP_RELEASE_FILE),
	VALUE("helm-release-values", BOOTSTRAP_RELEASE_VALUES),
	OTHER("helm-release-values-from"),
	OTHER("helm-repository-address"),
	OTHER("helm-repository-name"),
	OTHER("helm-repository-namespace"),
	VALUE("helm-repository-filepath", BOOTSTRAP_SOURCE_FILE),
	VALUE("gitlab-agent-token-secret-name", BOOTSTRAP_TOKEN_SECRET),
	VALUE("flux-source-type", BOOTSTRAP_FLUX_SOURCE_TYPE),
	VALUE("flux-source-namespace", BOOTSTRAP_FLUX_SOURCE_NAMESPACE),
	VALUE("flux-source-name", BOOTSTRAP_FLUX_SOURCE_NAME),
	OTHER("environment-name"),
	OTHER("environment-namespace"),
	OTHER("environment-flux-resource-path"),
	OTHER("flux-environment-name"),
	OTHER("flux-environment-namespace"),
	OTHER("flux-environment-flux-resource-path"),
	OTHER("commit-author-name"),
	OTHER("commit-author-email"),
	SWITCH("no-reconcile"),
	SWITCH("create-environment"),
	SWITCH("create-flux-environment"),
	SWITCH("use-api-commit-author"),
};

static const struct bootstrap_flag *
flags_of(enum bootstrap_kind kind, size_t *ret_count)
{
	*ret_count = kind == BOOTSTRAP_FLUX ? countof(flux_flags) : countof(glab_flags);
	return kind == BOOTSTRAP_FLUX ? flux_flags : glab_flags;
}

const struct bootstrap_flag *
bootstrap_flag_named(enum bootstrap_kind kind, unsigned providers, struct str name)
{
	size_t count;
	const struct bootstrap_flag *flags = flags_of(kind, &count);
	for (size_t i = 0; i < count; i++) {
		if ((flags[i].providers & providers) && str_eq(flags[i].name, name)) {
			return &flags[i];
		}
	}
	return NULL;
}

const struct bootstrap_flag *
bootstrap_flag_short(enum bootstrap_kind kind, unsigned providers, char shorthand)
{
	size_t count;
	const struct bootstrap_flag *flags = flags_of(kind, &count);
	for (size_t i = 0; i < count; i++) {
		if ((flags[i].providers & providers) && flags[i].shorthand == shorthand) {
			return &flags[i];
		}
	}
	return NULL;
}

unsigned
bootstrap_provider(struct str name)
{
	static const struct {
		struct str name;
		unsigned bit;
	} providers[] = { { STR_INIT("git"), FLAG_OF_GIT }, { STR_INIT("github"), FLAG_OF_GITHUB },
		{ STR_INIT("gitlab"), FLAG_OF_GITLAB }, { STR_INIT("gitea"), FLAG_OF_GITEA },
		{ STR_INIT("bitbucket-server"), FLAG_OF_BITBUCKET } };
	for (size_t i = 0; i < countof(providers); i++) {
		if (str_eq(name, providers[i].name)) {
			return providers[i].bit;
		}
	}
	return 0;
}
