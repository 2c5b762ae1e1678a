#!/bin/sh
# Installs the GitLab agent "press" as release "press" in namespace "gitlab-agent-press".
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
    jq --arg name press '.[] | select(.name == $name) | .id')
if [ -z "$agent_id" ]; then
    agent_id=$(glab api projects/plants%2Fclusters/cluster_agents --hostname gitlab.example.com \
        --method POST --raw-field name=press |
        jq --exit-status .id)
fi

# 2. Tell GitLab where to reach the agent
# Of GitLab 17.4 and later, Ultimate; an administrator turns receptive agents on.
if ! glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com |
        jq --exit-status '.[0]' >/dev/null 2>&1; then
    glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
        --hostname gitlab.example.com --method POST \
        --raw-field url=grpcs://agent.press.example.com:443
fi

# 3. Take the key that GitLab proves itself with
# It becomes receptive.jwtPublicKeyFile of the agent in the spec. Render values.yaml and this script again then:
# the installation follows.
glab api projects/plants%2Fclusters/cluster_agents/"$agent_id"/url_configurations \
    --hostname gitlab.example.com |
    jq --exit-status --raw-output '.[0].public_key' >jwt-public-key.txt

# 4. Make the namespace
if ! kubectl get namespace gitlab-agent-press >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent-press
fi

# 5. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml
