#!/bin/sh
helm upgrade --install "$1" gitlab/gitlab-agent --set config.token="$2"
