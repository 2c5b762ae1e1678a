#!/bin/sh
kubectl apply -f ci/job.yaml
