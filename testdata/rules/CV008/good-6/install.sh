#!/bin/sh
helm upgrade --install staging gitlab/gitlab-agent --set config.token="$TOKEN"
