#!/bin/sh
helm upgrade --install one gitlab/gitlab-agent -f one.yaml
helm upgrade --install two gitlab/gitlab-agent -f two.yaml
helm upgrade --install three gitlab/gitlab-agent -f three.yaml
helm upgrade --install four gitlab/gitlab-agent -f four.yaml
