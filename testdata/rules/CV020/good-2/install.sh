#!/bin/bash
helm repo add gitlab https://charts.example.com
helm upgrade --install agent gitlab/gitlab-agent --set token="$TOKEN"
helm upgrade --install agent charts/gitlab-agent --set token="$TOKEN"
