#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.secretName=agent-token,rbac.create=false $EXTRA
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace -f "$VALUES" --set config.secretName=agent-token,rbac.create=false --set-json 'tolerations=[{"key":"a"}]'
cd charts && helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace -f other.yaml
