#!/bin/sh
kubectl config use-context team/cluster:Blue
