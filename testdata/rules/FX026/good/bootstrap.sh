#!/bin/sh
# flux bootstrap gitlab path=clusters/staging
echo flux bootstrap gitlab path=clusters/staging
flux bootstrap gitlab \
  --owner=platform \
  --repository=clusters \
  --path=clusters/staging
