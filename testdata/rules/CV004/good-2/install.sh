#!/bin/sh
helm upgrade --install a1 gitlab/gitlab-agent --set config.kasAddress=grpc://gitlab-kas.gitlab:8150 --set config.secretName=x --set rbac.create=false
helm upgrade --install a2 gitlab/gitlab-agent --set config.kasAddress=ws://gitlab-kas.gitlab.svc.k8s.corp:8150 --set config.secretName=x --set rbac.create=false
helm upgrade --install a6 gitlab/gitlab-agent --set config.kasAddress=ws://gitlab.lan/-/kubernetes-agent/ --set config.secretName=x --set rbac.create=false
helm upgrade --install a8 gitlab/gitlab-agent --set config.kasAddress=ws://gitlab.tail1234.ts.net --set config.secretName=x --set rbac.create=false
helm upgrade --install a9 gitlab/gitlab-agent --set config.kasAddress=ws://192-168-1-5.nip.io --set config.secretName=x --set rbac.create=false
helm upgrade --install a10 gitlab/gitlab-agent --set config.kasAddress=ws://kas.home.arpa --set config.secretName=x --set rbac.create=false
