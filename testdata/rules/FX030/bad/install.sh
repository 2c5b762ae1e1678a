#!/bin/sh
CLUSTER=testing

flux bootstrap gitlab \
  --owner=platform \
  --repository=clusters \
  --path="clusters/$CLUSTER"

glab cluster agent bootstrap --manifest-path clusters/toto toto
