#!/bin/sh
# Make sure the browser tests find a Chromium: apt's without a window, which needs two
# thirds of the time, where it may; else the system's, else apt's whole one, else
# Playwright's own. Usage: chromium.sh PYTHON
set -eu
has() {
    command -v "$1" >/dev/null
}
apt() {
    has apt-get && [ "$(id -u)" = 0 ] &&
        DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::http::Timeout=20 "$@" >/dev/null
}
if has chromium-headless-shell; then
    exit 0
fi
echo "Installing Chromium for the browser tests."
if apt update && apt install -y --no-install-recommends chromium-headless-shell fonts-dejavu-core; then
    exit 0
fi
for name in chromium chromium-browser google-chrome; do
    if has "$name"; then
        exit 0
    fi
done
if apt install -y --no-install-recommends chromium fonts-dejavu-core; then
    exit 0
fi
exec "$1" -m playwright install chromium
