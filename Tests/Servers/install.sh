#!/usr/bin/env bash
# Installs Debian packages whose servers are started by the tests alone: none of them begins to
# run, or to be started with the machine, because it was installed.
#
#   install.sh PACKAGE...
set -euo pipefail

# What asks a package's scripts whether they may start something (invoke-rc.d(8)).
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get install -y -qq --no-install-recommends "$@"
