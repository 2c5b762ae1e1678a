#!/bin/bash
set -eu
echo "${HOME:-/root}" "${!names@}"
