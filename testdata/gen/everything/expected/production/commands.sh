#!/bin/sh
# Installs the GitLab agent "production" as release "production" in namespace "gitlab-agent-production".
#
# It needs flux, kubectl, glab and jq. It acts on the cluster that `kubectl config current-context` names.
# Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them. Run again, it does what is left to do.
# No token stands in it, and none gets onto a command line.
# Log in first: glab auth login --hostname gitlab.example.com:8443
set -eu
cd -- "$(dirname -- "$0")"

# 1. Register the agent
# A Maintainer of the project may do that. It shows up at https://gitlab.example.com:8443/platform/clusters/-/clusters
agent_id=$(glab api projects/platform%2Fclusters/cluster_agents --hostname gitlab.example.com:8443 \
    --paginate |
    jq --arg name production '.[] | select(.name == $name) | .id')
if [ -z "$agent_id" ]; then
    agent_id=$(glab api projects/platform%2Fclusters/cluster_agents \
        --hostname gitlab.example.com:8443 --method POST --raw-field name=production |
        jq --exit-status .id)
fi

# 2. Make the namespace
if ! kubectl get namespace gitlab-agent-production >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent-production
fi
kubectl label namespace gitlab-agent-production \
    --overwrite pod-security.kubernetes.io/enforce=restricted

# 3. Let the token's Secret come
# External Secrets makes "gitlab-agent-token" from ClusterSecretStore/vault. Make a token in GitLab and keep it there as
# gitlab/production. The agent starts once the Secret is there.

# 4. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml

# 5. Let Flux install
# Commit and push what `glagent-gen flux` renders first; the spec says where it belongs. Flux applies it on its
# own in time, or at once:
flux reconcile kustomization flux-system --namespace flux-system --with-source
flux reconcile helmrelease production --namespace flux-system

# 6. Make the environment, whose page shows the cluster
# Those whom user_access of the agent's config.yaml names see it. A job belongs to it with
#   environment:
#     name: agents/production
#     kubernetes:
#       agent: platform/clusters:production
#       dashboard:
#         namespace: gitlab-agent-production
if ! glab api projects/platform%2Fclusters/environments'?name=agents%2Fproduction' \
        --hostname gitlab.example.com:8443 |
        jq --exit-status '.[0]' >/dev/null 2>&1; then
    glab api projects/platform%2Fclusters/environments --hostname gitlab.example.com:8443 \
        --method POST --raw-field name=agents/production --field cluster_agent_id="$agent_id" \
        --raw-field kubernetes_namespace=gitlab-agent-production \
        --raw-field flux_resource_path=helm.toolkit.fluxcd.io/v2/namespaces/flux-system/helmreleases/production
fi
