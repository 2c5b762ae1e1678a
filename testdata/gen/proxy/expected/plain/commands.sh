#!/bin/sh
# Installs the GitLab agent "plain" as release "plain" in namespace "gitlab-agent-plain".
#
# It needs helm and kubectl. It acts on the cluster that `kubectl config current-context` names.
# Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them. Run again, it does what is left to do.
# No token stands in it, and none gets onto a command line.
set -eu
cd -- "$(dirname -- "$0")"

# 1. Register the agent
# In a browser, since gitlab.project is not stated: at https://gitlab.com in the project that holds
# .gitlab/agents, Operate > Kubernetes clusters > Connect a cluster, with the name plain. Save the token,
# which is shown once, in a file token.txt beside this script, and remove that file in the end.

# 2. Make the namespace
if ! kubectl get namespace gitlab-agent-plain >/dev/null 2>&1; then
    kubectl create namespace gitlab-agent-plain
fi

# 3. Make the Secret with the token
if ! kubectl get secret gitlab-agent-token --namespace gitlab-agent-plain >/dev/null 2>&1; then
    kubectl create secret generic gitlab-agent-token --namespace gitlab-agent-plain \
        --from-file=token=token.txt
fi

# 4. Grant what the agent needs
# The chart makes no roles, and without them the agent cannot even start.
kubectl apply --filename rbac.yaml

# 5. Install
# Later upgrades are the same command: change chart.version, render values.yaml again, run this again. All values
# are in that file; --reuse-values would keep old defaults.
helm repo add gitlab https://charts.gitlab.io --force-update
helm repo update gitlab
helm upgrade --install plain gitlab/gitlab-agent --namespace gitlab-agent-plain --values values.yaml

# 6. Wait until it runs
kubectl wait deployment --selector app.kubernetes.io/instance=plain --for condition=Available \
    --namespace gitlab-agent-plain --timeout 300s

# 7. Later, a new token
# Two may be valid at a time. The pods read it only when they start.
# kubectl rollout restart deployment --selector app.kubernetes.io/instance=plain \
#     --namespace gitlab-agent-plain

# 8. Later, an end
# helm uninstall leaves the namespace, with the Secret "gitlab-agent-token" and the Lease of the election,
# what rbac.yaml made, and the Receivers of the Flux module. GitLab keeps the agent until it is deleted there.
# helm uninstall plain --namespace gitlab-agent-plain
# kubectl delete --filename rbac.yaml
# kubectl delete namespace gitlab-agent-plain
