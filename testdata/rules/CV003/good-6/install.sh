#!/bin/sh
helm upgrade --install agent gitlab/gitlab-agent --set config.secretName=agent-token,rbac.create=false,config.kasAddress=wss://kas.example.com/-/kubernetes-agent
