#!/bin/bash
helm repo add agents https://charts.gitlab.io
helm upgrade --install agent agents/gitlab-agent --set rbac.create=false --set "token=$TOKEN"
helm upgrade --install agent gitlab/gitlab-agent --set rbac.create=false --set token="$TOKEN" --set config.secretName=agent-token
