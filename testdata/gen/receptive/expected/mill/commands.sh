#!/bin/sh
# Installs the GitLab agent "mill" as release "mill" in namespace "gitlab-agent-mill".
#
# It needs helm, kubectl, glab and jq. It acts on the cluster that `kubectl config current-context` names.
# Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them. Run again, it does what is left to do.
# No token stands in it, and none gets onto a command line.
# Log in first: glab auth login --hostname gitlab.example.com
set -eu
cd -- "$(dirname -- "$0")"

# 1. Register the agent
# A Maintainer of the project may do that. It shows up at https://gitlab.example.com/plants/clusters/-/clusters
agent_id=$(glab api projects/plants%2Fclusters/cluster_agents --hostname gitlab.example.com \
    --paginate |
    jq --arg name mill '.[] | select(.name == $name) | .id')
if [ -z "$agent_id" ]; then
    agent_id=$(glab api projects/plants%2Fclusters/cluster_agents --hostname gitlab.example.com \
        --method POST --raw-field name=mill |
        jq --exit-status .id)
fi

# 2. Tell GitLab where to reach the agent
# Of GitLab 17.4 and later, Ultimate; an administrator turns receptive agents on.
if ! glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com |
        jq --exit-status '.[0]' >/dev/null 2>&1; then
    glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com --method POST \
        --raw-field url=grpc://agent.mill.example.com:8182
fi

# 3. Make the namespace
if ! kubectl get namespace gitlab-agent-mill >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent-mill
fi

# 4. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml

# 5. Install
# Later upgrades are the same command: change chart.version, render values.yaml again, run this again. All values
# are in that file; --reuse-values would keep old defaults.
helm repo add gitlab https://charts.gitlab.io --force-update
helm repo update gitlab
token=$(kubectl get secret mill-gitlab-agent-token --namespace gitlab-agent-mill \
    --ignore-not-found --output 'jsonpath={.data.token}' |
    base64 -d)
if [ -z "$token" ]; then
    token=$(glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/tokens \
        --hostname gitlab.example.com --method POST --raw-field name=mill |
        jq --exit-status --raw-output .token)
fi
# The chart takes a receptive agent's token as a value only.
printf %s "$token" |
    helm upgrade --install mill gitlab/gitlab-agent --version=2.9.1 --namespace gitlab-agent-mill \
        --values values.yaml --set-file config.token=-

# 6. Wait until it runs
kubectl wait deployment --selector app.kubernetes.io/instance=mill --for condition=Available \
    --namespace gitlab-agent-mill --timeout 300s

# 7. Later, an end
# helm uninstall leaves the namespace, with the Secret "mill-gitlab-agent-token" and the Lease of the election,
# what rbac.yaml made, and the Receivers of the Flux module. GitLab keeps the agent until it is deleted there.
# helm uninstall mill --namespace gitlab-agent-mill
# kubectl delete --filename rbac.yaml
# kubectl delete namespace gitlab-agent-mill
# glab api projects/plants%2Fclusters/cluster_agents/"$agent_id" --hostname gitlab.example.com \
#     --method DELETE
