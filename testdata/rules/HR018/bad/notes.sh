#!/bin/sh
kubectl logs -l app=agent
