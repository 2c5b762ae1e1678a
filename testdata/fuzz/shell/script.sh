#!/bin/sh
set -eu
: "${CLUSTER:=prod}"
export OWNER='platform' A="b c"
if [ -n "$1" ]; then CLUSTER=$1; fi # last
for x in a b; do echo "${x%.*}" $(cat <<<"$x") `id`; done
case "$A" in a|b) exit 1;; *) true;; esac
f() { flux --context "{{ ctx }}" bootstrap gitlab --path="clusters/$CLUSTER" \
  --owner=$OWNER "$@" 2>&1 | tee log; }
cat <<-'END' >out
	$X
	END
((i++)); A=(1 2) [[ -f x && $y ]] || { ! z & }
