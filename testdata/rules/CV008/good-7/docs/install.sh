#!/bin/sh
helm upgrade --install gitlab-agent gitlab/gitlab-agent --set config.token="$TOKEN"
