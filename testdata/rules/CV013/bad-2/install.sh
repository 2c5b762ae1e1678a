#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.token="$TOKEN" --set rbac.create=false --set image.tag=16.11.0
