#!/bin/sh
glab cluster agent bootstrap --manifest-path clusters/testing testing
glab cluster agent bootstrap -p clusters/testing testing
# A value, and what is behind the end of flags.
glab cluster agent bootstrap --helm-release-name --path testing
glab cluster agent bootstrap -- --path
glab cluster agent list --path x
