#!/usr/bin/env bash
# Gets what the tests need beyond npm: MariaDB, Redis, Chromium, promtool, and fonts for names in many scripts.
# Silent, and quick, when all of it is there.
set -euo pipefail

# Debian keeps mariadbd where a plain user's PATH does not look.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

missing_programs() {
  local program
  for program in mariadbd mariadb-install-db mariadb-dump redis-server promtool setpriv openssl; do
    command -v "$program" >/dev/null || echo "$program"
  done
  has_chromium || echo chromium-headless-shell
}

# The headless shell is what the tests prefer; a whole Chromium does where nothing can be installed.
has_chromium() {
  command -v "${CHROMIUM_PATH:-chromium-headless-shell}" >/dev/null ||
    { ! can_install && command -v chromium >/dev/null; }
}

# The -core packages have the programs without a service, its data folder and its accounts.
packages_of() {
  local program
  for program in "$@"; do
    case "$program" in
      mariadbd | mariadb-install-db) echo mariadb-server-core mariadb-client-core ;;
      mariadb-dump) echo mariadb-client ;;
      setpriv) echo util-linux ;;
      promtool) echo prometheus ;;
      *) echo "$program" ;;
    esac
  done
}

can_install() {
  [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null
}

# Only screenshots look different without them, so nobody who cannot install them is asked to.
missing_fonts() {
  local font
  can_install || return 0
  for font in fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$font" 2>/dev/null)" = installed ] || echo "$font"
  done
}

# The tests start servers of their own; Debian's must not run beside them, now or after a reboot.
without_services() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  "$@" || return
  local service
  for service in redis-server prometheus; do
    if [ -d /run/systemd/system ] && [[ " $* " == *" $service "* ]]; then
      systemctl disable --quiet --now "$service"
    fi
  done
}

apt_install() {
  echo "Installing for the tests: $*" >&2
  export DEBIAN_FRONTEND=noninteractive
  # Somebody else's apt may be at work, as on a machine that has just started.
  local apt="apt-get -qq -o DPkg::Lock::Timeout=120"
  $apt update >&2 </dev/null &&
    without_services $apt install -y --no-install-recommends "$@" >&2 </dev/null
}

programs=$(missing_programs | xargs)
fonts=$(missing_fonts | xargs)
packages=$(packages_of $programs | xargs -n1 | sort -u | xargs)

if [ -n "$programs" ]; then
  by_hand="as root, on Debian: apt-get install --no-install-recommends $packages"
  if ! can_install; then
    echo "The tests need $programs, not found on the PATH. Install them ($by_hand), and run the tests again." >&2
    exit 1
  fi
  apt_install $packages $fonts || true
  programs=$(missing_programs | xargs)
  [ -z "$programs" ] && exit 0
  echo "The tests need $programs, which apt-get could not install (see above). Install them ($by_hand), and run the tests again." >&2
  exit 1
elif [ -n "$fonts" ]; then
  apt_install $fonts || echo "Going on without $fonts: screenshots may show empty boxes for letters." >&2
fi
