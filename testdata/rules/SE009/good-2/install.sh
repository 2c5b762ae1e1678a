#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace agent --set config.secretName=gitlab-agent-token --set rbac.create=false
