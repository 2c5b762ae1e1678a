#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --namespace gitlab-agent --create-namespace --version 2.6.2 \
  -f agent/values.yaml \
  --set config.kasAdress=wss://gitlab.example.com/-/kubernetes-agent/ \
  --set 'config.secretName=agent-token,rbac.create=false'
