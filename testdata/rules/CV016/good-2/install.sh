#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --set config.token="$TOKEN" --set rbac.create=false --set-file config.kasCaCert=ca.pem
