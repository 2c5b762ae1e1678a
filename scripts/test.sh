#!/bin/sh
# Installs what is missing, builds both programs with all warnings as errors, runs every test. Takes no arguments.
set -eu
cd "$(dirname "$0")/.."

echo "== packages"
scripts/packages build test
echo "== build/dev"
cmake --preset dev
cmake --build --preset dev
echo "== tests"
ctest --preset dev
