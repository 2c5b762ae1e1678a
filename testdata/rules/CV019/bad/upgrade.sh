#!/bin/sh
helm repo add gitlab https://charts.gitlab.io
helm upgrade gitlab-agent gitlab/gitlab-agent --namespace gitlab-agent --version 2.18.1 \
  --reuse-values --set image.tag=v18.3.2
