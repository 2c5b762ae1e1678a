#!/bin/sh
kubectl create secret generic gitlab-agent-token --namespace named --from-file token=/dev/stdin
