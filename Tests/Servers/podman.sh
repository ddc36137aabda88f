#!/usr/bin/env bash
# A private podman that speaks the Docker Engine API and ends with whoever started it.
#
#   podman.sh FOLDER
#
# Starts `podman system service` whose data, state and socket are in FOLDER (new or empty), prints
# `unix://FOLDER/docker.sock` when it answers, and runs until standard input reaches its end or a
# signal says so. Then the engine, its containers, mounts, networks, control groups and FOLDER are
# gone.
#
# The engine lives in process, mount and network namespaces of its own: from inside nothing outside
# can be reached, and when the first process of the namespace is killed, the kernel kills the rest.
set -euo pipefail

# What a starter with many threads leaks into a child must not stay open for as long as this runs.
for descriptor in /proc/$$/fd/*; do
  descriptor=${descriptor##*/}
  if ((descriptor > 2 && descriptor != 255)); then eval "exec $descriptor>&-"; fi
done

say() { printf 'podman.sh: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Runs as the first process of the namespaces: mounts what is private, starts podman, and reaps
# what its containers leave.
inside() {
  local folder=$1
  mount --make-rprivate / && mount --make-rshared /
  # Hides the state of a podman of the machine: its locks and its networks' addresses.
  mount -t tmpfs -o mode=755 tmpfs /run
  mount -t tmpfs -o mode=1777 tmpfs /dev/shm
  mkdir -p /run/lock /var/lib/cni
  mount --bind "$folder/cni" /var/lib/cni
  ip link set lo up
  export CONTAINERS_CONF=$folder/containers.conf
  export CONTAINERS_REGISTRIES_CONF=$folder/registries.conf
  export BUILDAH_RUNTIME=runc TMPDIR=$folder/tmp HOME=$folder/home
  unset XDG_RUNTIME_DIR XDG_CONFIG_HOME
  podman --root "$folder/data" --runroot "$folder/run" --tmpdir "$folder/libpod" \
    --storage-driver overlay system service --time=0 "unix://$folder/docker.sock" &
  wait $!
}

if [[ ${1-} == --inside ]]; then
  inside "$2"
  exit
fi

[[ $# == 1 && -n $1 ]] || die "usage: podman.sh FOLDER"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
if [[ $EUID != 0 ]]; then
  sudo -n true 2>/dev/null || die "an engine needs root: run as root, or allow sudo without a password"
  exec sudo -n -- "$(realpath "$0")" "$(realpath -m "$1")"
fi
for tool in podman runc curl setpriv unshare; do
  command -v "$tool" >/dev/null || die "$tool is missing; apt-get install podman runc curl util-linux"
done

self=$(realpath "$0")
folder=$(realpath -m "$1")
socket=$folder/docker.sock
owner=${SUDO_UID:-0}:${SUDO_GID:-0}
[[ $folder != /run/* ]] || die "FOLDER may not be under /run, which the engine does not see"
[[ ${#socket} -lt 104 ]] || die "FOLDER is too long for a socket's path: $folder"
if [[ -e $folder && -n $(ls -A "$folder") ]]; then die "FOLDER is not empty: $folder"; fi
mkdir -p "$folder"/{cni,home,networks,tmp}
chmod 711 "$folder"

podman_pid= ; reader_pid=
# Ends the engine by the pids started here and removes what it left; the exit code stays.
finish() {
  local status=$?
  trap - EXIT
  trap '' TERM INT HUP
  if [[ -n $reader_pid ]]; then kill "$reader_pid" 2>/dev/null || true; fi
  if [[ -n $podman_pid ]]; then
    kill -KILL "$podman_pid" 2>/dev/null || true
    wait "$podman_pid" 2>/dev/null || true
  fi
  # Layers are unmounted with the namespace, which the kernel may take a moment to drop.
  for _ in {1..50}; do
    if rm -rf --one-file-system "$folder" 2>/dev/null; then break; fi
    sleep 0.1
  done
  [[ ! -e $folder ]] || say "could not remove all of $folder"
  exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

cat >"$folder/containers.conf" <<END
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "cni"
network_config_dir = "$folder/networks"
default_subnet = "10.201.0.0/24"
END
# The registry of registry.sh speaks no TLS, on whatever port it is.
cat >"$folder/registries.conf" <<END
unqualified-search-registries = ["docker.io"]
[[registry]]
prefix = "127.0.0.1"
location = "127.0.0.1"
insecure = true
END

# The engine sees neither this script's input nor its outputs, so that their ends are noticed.
exec 3<&0
setpriv --pdeathsig KILL unshare --mount --pid --fork --mount-proc --kill-child=KILL \
  --propagation private --net "$self" --inside "$folder" </dev/null >"$folder/log" 2>&1 3<&- &
podman_pid=$!
# Where a registry for this engine must be started: registry.sh.
ln -s "/proc/$podman_pid/ns/net" "$folder/network"

answers() { curl --silent --fail --max-time 5 --unix-socket "$socket" http://engine/_ping >/dev/null; }
for attempt in {1..600}; do
  if answers; then break; fi
  if ! kill -0 "$podman_pid" 2>/dev/null || [[ $attempt == 600 ]]; then
    tail -n 20 "$folder/log" >&2 || true
    die "podman did not start"
  fi
  sleep 0.1
done
chown "$owner" "$socket"
printf 'unix://%s\n' "$socket"

# Until the input ends, a signal comes, or the engine dies by itself.
setpriv --pdeathsig KILL cat <&3 >/dev/null 2>&1 &
reader_pid=$!
exec 3<&-
status=0
wait -n "$reader_pid" "$podman_pid" || status=$?
if ! kill -0 "$podman_pid" 2>/dev/null; then
  tail -n 20 "$folder/log" >&2 || true
  die "podman ended by itself ($status)"
fi
