#!/usr/bin/env bash
# A private image registry for an engine of engine.sh, that ends with whoever started it.
#
#   registry.sh FOLDER NETWORK USER
#
# Starts a docker-registry whose data is in FOLDER (new or empty) and that only USER may use, whose
# password is the first line of standard input. It listens on the loopback address of the engine's
# network, the engine's FOLDER/network, where engines want no TLS. Prints its address,
# `127.0.0.1:PORT`, when it listens, and runs until standard input reaches its end or a signal says
# so. Then it and FOLDER are gone.
set -euo pipefail

# What a starter with many threads leaks into a child must not stay open for as long as this runs.
for descriptor in /proc/$$/fd/*; do
  descriptor=${descriptor##*/}
  if ((descriptor > 2 && descriptor != 255)); then eval "exec $descriptor>&-"; fi
done

say() { printf 'registry.sh: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

[[ $# == 3 ]] || die "usage: registry.sh FOLDER NETWORK USER"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
if [[ $EUID != 0 ]]; then
  sudo -n true 2>/dev/null || die "another network needs root: run as root, or allow sudo without a password"
  exec sudo -n -- "$(realpath "$0")" "$@"
fi
for tool in docker-registry htpasswd nsenter setpriv; do
  command -v "$tool" >/dev/null ||
    die "$tool is missing; apt-get install docker-registry apache2-utils util-linux"
done
folder=$(realpath -m "$1") network=$2 user=$3
if [[ -e $folder && -n $(ls -A "$folder") ]]; then die "FOLDER is not empty: $folder"; fi
mkdir -p "$folder"
chmod 700 "$folder"

registry_pid= ; reader_pid=
finish() {
  local status=$?
  trap - EXIT
  trap '' TERM INT HUP
  if [[ -n $reader_pid ]]; then kill "$reader_pid" 2>/dev/null || true; fi
  if [[ -n $registry_pid ]]; then
    kill -KILL "$registry_pid" 2>/dev/null || true
    wait "$registry_pid" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$folder"
  exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

IFS= read -r password || die "no password on standard input"
printf '%s\n' "$password" | htpasswd -niB "$user" >"$folder/htpasswd"
cat >"$folder/config.yml" <<END
version: 0.1
log: {level: info, formatter: json, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: "$folder/data"}, delete: {enabled: true}}
http: {addr: "127.0.0.1:0"}
auth: {htpasswd: {realm: tests, path: "$folder/htpasswd"}}
END

exec 3<&0
: >"$folder/log"
# nsenter becomes the registry: the pid stays.
setpriv --pdeathsig KILL nsenter --net="$network" docker-registry serve "$folder/config.yml" \
  </dev/null >"$folder/log" 2>&1 3<&- &
registry_pid=$!
address=
# The shell that becomes the registry may not have opened it yet.
: >>"$folder/log"
for _ in {1..300}; do
  address=$(sed -n 's/.*"msg":"listening on \(127\.0\.0\.1:[0-9]*\)".*/\1/p' "$folder/log")
  if [[ -n $address ]]; then break; fi
  kill -0 "$registry_pid" 2>/dev/null || break
  sleep 0.1
done
if [[ -z $address ]]; then
  tail -n 20 "$folder/log" >&2 || true
  die "docker-registry did not start"
fi
printf '%s\n' "$address"

# Until the input ends, a signal comes, or the registry dies by itself.
setpriv --pdeathsig KILL cat <&3 >/dev/null 2>&1 &
reader_pid=$!
exec 3<&-
status=0
wait -n "$reader_pid" "$registry_pid" || status=$?
if ! kill -0 "$registry_pid" 2>/dev/null; then
  tail -n 20 "$folder/log" >&2 || true
  die "docker-registry ended by itself ($status)"
fi
