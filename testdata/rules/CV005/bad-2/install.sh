#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.kasAddress=wss://kas.gitlab.com --set rbac.create=false
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace -f values.yaml
