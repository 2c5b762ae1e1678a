#!/bin/sh
CLUSTER=testing
flux  bootstrap gitlab --owner=platform --repository=clusters --path="clusters/$CLUSTER"
# Nothing of this repository is there.
flux bootstrap gitlab --owner=platform --repository=clusters --path=clusters/gone
