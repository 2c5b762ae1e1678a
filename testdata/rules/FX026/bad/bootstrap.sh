#!/bin/sh
set -eu

flux bootstrap gitlab \
  --hostname=gitlab.example.com \
  --owner=platform \
  --repository=clusters \
  --branch=main \
  path=clusters/staging
