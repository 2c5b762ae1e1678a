#!/bin/sh
helm upgrade --install one gitlab/gitlab-agent -f values.yaml
