#!/bin/sh
# Installs the GitLab agent "plant" as release "plant" in namespace "gitlab-agent-plant".
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
    jq --arg name plant '.[] | select(.name == $name) | .id')
if [ -z "$agent_id" ]; then
    agent_id=$(glab api projects/platform%2Fclusters/cluster_agents \
        --hostname gitlab.example.com:8443 --method POST --raw-field name=plant |
        jq --exit-status .id)
fi

# 2. Tell GitLab where to reach the agent
# Of GitLab 17.4 and later, Ultimate; an administrator turns receptive agents on.
if ! glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com:8443 |
        jq --exit-status '.[0]' >/dev/null 2>&1; then
    glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com:8443 --method POST \
        --raw-field url=grpcs://agent.plant.example.com:443
fi

# 3. Make the namespace
if ! kubectl get namespace gitlab-agent-plant >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent-plant
fi
kubectl label namespace gitlab-agent-plant --overwrite pod-security.kubernetes.io/enforce=restricted

# 4. Make the Secret with the token
# Flux hands it to the chart, which takes a receptive agent's token as a value only: valuesFrom with targetPath config.token
if ! kubectl get secret gitlab-agent-token --namespace flux-system >/dev/null 2>&1; then
    token=$(glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens \
        --hostname gitlab.example.com:8443 --method POST --raw-field name=plant |
        jq --exit-status --raw-output .token)
    printf %s "$token" |
        kubectl create secret generic gitlab-agent-token --namespace flux-system \
            --from-file=token=/dev/stdin
fi

# 5. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml

# 6. Let Flux install
# Commit and push what `glagent-gen flux` renders first; the spec says where it belongs. Flux applies it on its
# own in time, or at once:
flux reconcile kustomization flux-system --namespace flux-system --with-source
flux reconcile helmrelease plant --namespace flux-system

# 7. Make the environment, whose page shows the cluster
# Those whom user_access of the agent's config.yaml names see it. A job belongs to it with
#   environment:
#     name: agents/plant
#     kubernetes:
#       agent: platform/clusters:plant
#       dashboard:
#         namespace: gitlab-agent-plant
if ! glab api projects/platform%2Fclusters/environments'?name=agents%2Fplant' \
        --hostname gitlab.example.com:8443 |
        jq --exit-status '.[0]' >/dev/null 2>&1; then
    glab api projects/platform%2Fclusters/environments --hostname gitlab.example.com:8443 \
        --method POST --raw-field name=agents/plant --field cluster_agent_id="$agent_id" \
        --raw-field kubernetes_namespace=gitlab-agent-plant \
        --raw-field flux_resource_path=helm.toolkit.fluxcd.io/v2/namespaces/flux-system/helmreleases/plant
fi

# 8. Later, a new token
# Two may be valid at a time. The pods read it only when they start.
# token=$(glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens \
#     --hostname gitlab.example.com:8443 --method POST --raw-field name=plant-2 |
#     jq --exit-status --raw-output .token)
# printf %s "$token" |
#     kubectl create secret generic gitlab-agent-token --namespace flux-system \
#         --from-file=token=/dev/stdin --dry-run=client --output yaml |
#     kubectl replace --filename -
# kubectl rollout restart deployment --selector app.kubernetes.io/instance=plant \
#     --namespace gitlab-agent-plant
# glab api projects/platform%2Fclusters/cluster_agents/"$agent_id"/tokens/OLD_TOKEN_ID \
#     --hostname gitlab.example.com:8443 --method DELETE
