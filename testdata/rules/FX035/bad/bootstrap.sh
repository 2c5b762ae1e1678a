#!/bin/sh
set -eu
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/prod
glab cluster agent bootstrap production --manifest-path=clusters/prod \
  --gitlab-agent-token-secret-name=production-token
