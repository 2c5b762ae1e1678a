#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.kasAddress="$KAS" --set config.token="$TOKEN" --set rbac.create=false
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.token="$TOKEN",config.kasAddress=wss://kas.gitlab.com --set rbac.create=false
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.kasAddress=https://kas.gitlab.com "$@"
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.kasAddress=https://kas.gitlab.com --set config.kasAddress=wss://kas.gitlab.com --set config.token=$T
