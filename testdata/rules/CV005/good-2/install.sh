#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.kasAddress=wss://kas.gitlab.com --set config.token="$TOKEN" --set rbac.create=false
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace -f values.yaml --set-file config.token=token.txt
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace -f missing.yaml
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --reuse-values --set image.tag=v18.3.2
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set rbac.create=false --set "$OVERRIDES"
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set rbac.create=false --post-renderer ./render.sh
