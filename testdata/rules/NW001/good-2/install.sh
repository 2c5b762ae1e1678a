#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace agent --set rbac.create=false --set config.secretName=token --set extraEnv[0].name=GOMAXPROCS --set-string extraEnv[0].value=2
