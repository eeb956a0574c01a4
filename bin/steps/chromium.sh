# Finds a Chromium for the browser tests and exports CHROMIUM, or installs one where it can (root, apt).
# Sourced by bin/test; tests say loudly what they skip where there is none.
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    CHROMIUM="$(command -v "$candidate" 2>/dev/null)" && break
done
if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "· Chromium …"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        chromium fonts-noto-cjk fonts-inter; } >/tmp/throughline-chromium.log 2>&1; then
        CHROMIUM="$(command -v chromium)"
    else
        tail -n 5 /tmp/throughline-chromium.log >&2
    fi
fi
export CHROMIUM
