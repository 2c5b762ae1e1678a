#!/bin/sh
# Two clusters: one of them reads the path.
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/testing
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/toto
glab cluster agent bootstrap --manifest-path clusters/toto/agent toto
