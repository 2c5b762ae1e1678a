#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --set config.secretName=agent-token --set rbac.useExistingRole=false
