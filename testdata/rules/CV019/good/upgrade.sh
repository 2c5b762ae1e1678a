#!/bin/sh
helm upgrade gitlab-agent gitlab/gitlab-agent --namespace gitlab-agent --reset-then-reuse-values
helm upgrade gitlab-agent gitlab/gitlab-agent --namespace gitlab-agent --reuse-values=false -f values.yaml
helm upgrade runner gitlab/gitlab-runner --reuse-values
echo helm upgrade gitlab-agent gitlab/gitlab-agent --reuse-values
