#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --version 2.6.2 -f common.yaml --set config.secretName=agent-token --set rbac.create=false
helm upgrade --install shop ./charts/shop -f common.yaml
