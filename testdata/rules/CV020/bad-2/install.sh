#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --set token=otter-2-b --set rbac.create=false
helm upgrade --install other gitlab/gitlab-agent --set config.token=badger-3-c,config.secretName=other-token --username me --password weasel-4-d
