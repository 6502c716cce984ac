#!/bin/sh
# Bring other people's programs that read feeds and pages, to test against: parsers and
# the W3C's HTML checker from npm into .venv/others, real podcast clients and web servers
# from Debian.
# What cannot be had is named; the tests that need it are skipped, by its name.
#   tools/others.sh [--all]      --all: Lighthouse too, 200 MB, for make bench-publish
set -eu
cd "$(dirname "$0")/.."
names="podcast-partytime@5.0.0 feedsmith@3.0.1 vnu-jar@26.9.27"
if [ "${1:-}" = "--all" ]; then names="$names lighthouse@13.5.0"; fi
if command -v npm >/dev/null; then
    mkdir -p .venv/others
    [ -f .venv/others/package.json ] || echo '{"private": true}' >.venv/others/package.json
    # shellcheck disable=SC2086  # a list
    npm install --prefix .venv/others --no-audit --no-fund --loglevel=error $names ||
        echo "not to be had from npm: $names"
else
    echo "no npm here: its parsers and the W3C's HTML checker are left out"
fi
for program in gpo:gpodder newsboat:newsboat java:default-jre-headless \
    nginx:nginx-light apache2:apache2-bin; do
    command -v "${program%%:*}" >/dev/null && continue
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get install -y -qq --no-install-recommends "${program##*:}" >/dev/null 2>&1 ||
            echo "not to be had from Debian: ${program##*:}"
    else
        echo "not here: ${program%%:*} (Debian: ${program##*:})"
    fi
done
