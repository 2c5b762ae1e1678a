#!/bin/sh
# Builds the release programs, renders the Helm values of testdata/demo/glagent.yaml, then lints a repository with mistakes in
# it (testdata/demo/repo, copied to a folder of its own). Exits 0 when both did what they are for.
set -eu
cd "$(dirname "$0")/.."

echo "== build (build/demo)"
scripts/packages build
cmake --preset release -B build/demo -DBUILD_TESTING=OFF >/dev/null
cmake --build build/demo --target glagent-gen glagent-lint

bin=$PWD/build/demo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

echo
echo "== glagent-gen -f testdata/demo/glagent.yaml > values.yaml"
"$bin/glagent-gen" -f testdata/demo/glagent.yaml >"$work/values.yaml"
cat "$work/values.yaml"

echo
echo "== glagent-lint, in a repository with mistakes"
cp -R testdata/demo/repo "$work/repo"
mkdir "$work/repo/.git"
cd "$work/repo"
status=0
"$bin/glagent-lint" --format full || status=$?

rules=$("$bin/glagent-lint" --format concise | sed -n 's/.*\[\([A-Z]*[0-9]*\)\]$/\1/p' | sort -u | wc -l)
echo
if [ "$status" != 1 ] || [ "$rules" -lt 3 ]; then
	echo "demo: expected exit status 1 and findings of three rules, got $status and $rules" >&2
	exit 1
fi
echo "== demo done: values rendered, mistakes of $rules rules found"
