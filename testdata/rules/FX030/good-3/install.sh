#!/bin/sh
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/testing
glab cluster agent bootstrap --manifest-path agents toto
