#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.token="$TOKEN" --set rbac.useExistingRole=true
