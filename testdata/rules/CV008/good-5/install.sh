#!/bin/sh
helm upgrade --install staging gitlab/gitlab-agent --namespace gitlab-agent-staging --set config.token="$TOKEN"
