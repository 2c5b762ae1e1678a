#!/bin/sh
# Installs the GitLab agent "us" as release "gitlab-agent" in namespace "gitlab-agent".
#
# It needs helm, kubectl, glab and jq. It acts on the cluster that `kubectl config current-context` names.
# Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them. Run again, it does what is left to do.
# No token stands in it, and none gets onto a command line.
# Log in first: glab auth login --hostname acme.gitlab-dedicated.com
set -eu
cd -- "$(dirname -- "$0")"

# 1. Register the agent
# A Maintainer of the project may do that. It shows up at https://acme.gitlab-dedicated.com/platform/clusters/-/clusters
agent_id=$(glab api projects/platform%2Fclusters/cluster_agents \
    --hostname acme.gitlab-dedicated.com --paginate |
    jq --arg name us '.[] | select(.name == $name) | .id')
if [ -z "$agent_id" ]; then
    agent_id=$(glab api projects/platform%2Fclusters/cluster_agents \
        --hostname acme.gitlab-dedicated.com --method POST --raw-field name=us |
        jq --exit-status .id)
fi

# 2. Make the namespace
if ! kubectl get namespace gitlab-agent >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent
fi

# 3. Make the Secret with the token
if ! kubectl get secret gitlab-agent-token --namespace gitlab-agent >/dev/null 2>&1; then
    token=$(glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens \
        --hostname acme.gitlab-dedicated.com --method POST --raw-field name=gitlab-agent |
        jq --exit-status --raw-output .token)
    printf %s "$token" |
        kubectl create secret generic gitlab-agent-token --namespace gitlab-agent \
            --from-file=token=/dev/stdin
fi

# 4. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml

# 5. Install
# Later upgrades are the same command: change chart.version, render values.yaml again, run this again. All values
# are in that file; --reuse-values would keep old defaults.
helm repo add gitlab https://charts.gitlab.io --force-update
helm repo update gitlab
helm upgrade --install gitlab-agent gitlab/gitlab-agent --version=2.18.1 --namespace gitlab-agent \
    --values values.yaml

# 6. Wait until it runs
kubectl wait deployment --selector app.kubernetes.io/instance=gitlab-agent \
    --for condition=Available --namespace gitlab-agent --timeout 300s

# 7. Later, a new token
# Two may be valid at a time. The pods read it only when they start.
# token=$(glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens \
#     --hostname acme.gitlab-dedicated.com --method POST --raw-field name=gitlab-agent-2 |
#     jq --exit-status --raw-output .token)
# printf %s "$token" |
#     kubectl create secret generic gitlab-agent-token --namespace gitlab-agent \
#         --from-file=token=/dev/stdin --dry-run=client --output yaml |
#     kubectl replace --filename -
# kubectl rollout restart deployment --selector app.kubernetes.io/instance=gitlab-agent \
#     --namespace gitlab-agent
# glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens/OLD_TOKEN_ID \
#     --hostname acme.gitlab-dedicated.com --method DELETE

# 8. Later, an end
# helm uninstall leaves the namespace, with the Secret "gitlab-agent-token" and the Lease of the election,
# what rbac.yaml made, and the Receivers of the Flux module. GitLab keeps the agent until it is deleted there.
# helm uninstall gitlab-agent --namespace gitlab-agent
# kubectl delete --filename rbac.yaml
# kubectl delete namespace gitlab-agent
# glab api projects/platform%2Fclusters/cluster_agents/"$agent_id" \
#     --hostname acme.gitlab-dedicated.com --method DELETE
