#!/bin/sh
helm repo add gitlab https://charts.gitlab.io
helm upgrade --install agent gitlab/gitlab-agent --namespace agent --version 2.6.2 --set config.secretName=t --set config.kasAddress=wss://gitlab.example.com/-/kubernetes-agent/ --set rbac.create=false
