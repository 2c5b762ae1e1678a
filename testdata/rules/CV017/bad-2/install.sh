#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.token="$TOKEN" --set-string rbac.create=false --set rbac.useExistingRole=cluster-admin
