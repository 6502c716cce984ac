#!/bin/sh
# Write the two lock files anew: exact versions for Python 3.11 to 3.13 on every
# system. Needs uv (pip install uv). PyTorch and what only its CUDA build needs
# are left to pip: which build fits depends on the machine (see Makefile).
set -eu
cd "$(dirname "$0")/.."
pin=$(mktemp)
trap 'rm -f "$pin"' EXIT
echo 'torch==2.13.0' >"$pin"
lock() {
    out=$1
    shift
    uv pip compile pyproject.toml --universal --python-version 3.11 --quiet \
        --no-header --no-annotate --constraint "$pin" "$@" |
        grep -Ev '^(nvidia-|cuda-|triton)' >"$out.part"
    mv "$out.part" "$out"
}
lock requirements.lock --extra weights --extra build
cat requirements.lock >>"$pin"
lock requirements-dev.lock --extra weights --extra build --extra cluster --extra dev
