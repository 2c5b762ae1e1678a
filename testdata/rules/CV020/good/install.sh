#!/bin/bash
helm upgrade --install agent gitlab/gitlab-agent --set rbac.create=false --set config.token="$TOKEN"
helm upgrade --install runner gitlab/gitlab-runner --set token="$TOKEN"
helm upgrade --install agent mine/gitlab-agent --set token="$TOKEN"
