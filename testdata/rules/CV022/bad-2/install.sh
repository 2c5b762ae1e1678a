#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --version 2.6.2 --namespace agent --set rbac.create=false --set config.secretName=token --set resources=null
