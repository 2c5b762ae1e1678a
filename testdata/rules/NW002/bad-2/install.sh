#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace agent --set rbac.create=false --set config.secretName=token \
	--set extraEnv[0].name=HTTPS_PROXY --set extraEnv[0].value=http://proxy.internal:3128
