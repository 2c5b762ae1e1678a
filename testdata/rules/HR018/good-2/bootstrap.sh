#!/bin/sh
kubectl create namespace agent
