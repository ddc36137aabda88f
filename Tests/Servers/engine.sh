#!/usr/bin/env bash
# A private container engine that ends with whoever started it.
#
#   engine.sh [--tls DIR] FOLDER
#
# Starts a dockerd whose data, state and socket are in FOLDER (new or empty), prints one line
# when it answers, and runs until standard input reaches its end or a signal says so. Then
# the engine, its containers, mounts, networks, control groups and FOLDER are gone.
#
# Standard output is `unix://FOLDER/docker.sock`; with --tls it is `tcp://127.0.0.1:PORT`, the
# engine demands client certificates, and DIR holds ca.pem, cert.pem and key.pem as
# DOCKER_CERT_PATH wants them, and in DIR/stranger those of somebody else.
#
# The engine lives in process, mount and network namespaces of its own: from inside nothing
# outside can be reached, and when the first process of the namespace is killed, the kernel
# kills the rest. Where namespaces are not permitted it has no bridge, and is ended by pid.
set -euo pipefail

# What a starter with many threads leaks into a child, the ends of other children's pipes, must
# not stay open for as long as an engine runs.
for descriptor in /proc/$$/fd/*; do
  descriptor=${descriptor##*/}
  # The third is the engine's own listener, where one was made for it below.
  if ((descriptor > 2 + ${LISTEN_FDS:-0} && descriptor != 255)); then
    eval "exec $descriptor>&-"
  fi
done

say() { printf 'engine.sh: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Runs as the first process of the namespaces: mounts what is private, starts dockerd, and
# reaps what its containers leave.
inside() {
  local network=$1
  shift
  # Mounts made here stay here, and are shared with the containers as dockerd wants it.
  mount --make-rprivate / && mount --make-rshared /
  # Hides a containerd of the machine, which dockerd would use, and its lock files.
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -p /run/lock
  if [[ $network == own ]]; then ip link set lo up; fi
  # Source: sd_listen_fds(3).
  (if [[ -n ${LISTEN_FDS-} ]]; then export LISTEN_PID=$BASHPID; fi; exec dockerd "$@") &
  wait $!
}

if [[ ${1-} == --inside ]]; then
  shift
  inside "$@"
  exit
fi

certificates=
while [[ ${1-} == --* ]]; do
  case $1 in
    --tls) certificates=${2:?--tls takes a folder}; shift 2 ;;
    *) die "unknown option $1; usage: engine.sh [--tls DIR] FOLDER" ;;
  esac
done
[[ $# == 1 && -n $1 ]] || die "usage: engine.sh [--tls DIR] FOLDER"

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
if [[ $EUID != 0 ]]; then
  sudo -n true 2>/dev/null || die "an engine needs root: run as root, or allow sudo without a password"
  exec sudo -n -- "$(realpath "$0")" ${certificates:+--tls "$(realpath -m "$certificates")"} \
    "$(realpath -m "$1")"
fi
for tool in dockerd curl setpriv unshare; do
  command -v "$tool" >/dev/null || die "$tool is missing; apt-get install docker.io curl util-linux"
done

self=$(realpath "$0")
folder=$(realpath -m "$1")
socket=$folder/docker.sock
owner=${SUDO_UID:-0}:${SUDO_GID:-0}
[[ $folder != /run/* ]] || die "FOLDER may not be under /run, which the engine does not see"
[[ ${#socket} -lt 104 ]] || die "FOLDER is too long for a socket's path: $folder"
if [[ -e $folder && -n $(ls -A "$folder") ]]; then die "FOLDER is not empty: $folder"; fi
mkdir -p "$folder"
chmod 711 "$folder"
group=sc-engine-$$-$RANDOM

dockerd_pid= ; reader_pid= ; isolated=
# Ends the engine by the pids started here and removes what it left; the exit code stays.
finish() {
  local status=$?
  trap - EXIT
  trap '' TERM INT HUP
  if [[ -n $reader_pid ]]; then kill "$reader_pid" 2>/dev/null || true; fi
  if [[ -n $dockerd_pid ]]; then
    if [[ -n $isolated ]]; then kill -KILL "$dockerd_pid" 2>/dev/null || true; else end_by_pid; fi
    wait "$dockerd_pid" 2>/dev/null || true
  fi
  remove_control_groups
  # Layers are unmounted with the namespace, which the kernel may take a moment to drop.
  for _ in {1..50}; do
    if rm -rf --one-file-system "$folder" 2>/dev/null; then break; fi
    sleep 0.1
  done
  [[ ! -e $folder ]] || say "could not remove all of $folder"
  exit "$status"
}

# Without namespaces: containers first, so that dockerd has nothing to wait for.
end_by_pid() {
  local pid
  for pid in $(container_processes); do kill -KILL "$pid" 2>/dev/null || true; done
  kill -TERM "$dockerd_pid" 2>/dev/null || true
  for _ in {1..100}; do kill -0 "$dockerd_pid" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$dockerd_pid" 2>/dev/null || true
  pid=$(cat "$folder/exec/containerd/containerd.pid" 2>/dev/null || true)
  if [[ -n $pid ]]; then kill -KILL "$pid" 2>/dev/null || true; fi
  awk -v under="$folder/" 'index($2, under) == 1 { print $2 }' /proc/self/mounts | sort -r |
    while read -r point; do umount -l "$point" || true; done
}

# The folders of this engine's containers in every hierarchy of control groups.
control_groups() {
  find /sys/fs/cgroup -mindepth 1 -maxdepth 3 -type d -name "$group" 2>/dev/null || true
}

container_processes() {
  local folder
  for folder in $(control_groups); do
    find "$folder" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done | sort -u
}

remove_control_groups() {
  local folder
  for folder in $(control_groups); do
    for _ in {1..50}; do
      find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
      if [[ ! -e $folder ]]; then break; fi
      sleep 0.1
    done
  done
}

# Makes an authority, the engine's certificate and a client's, in the folder given.
make_certificates() {
  mkdir -p "$1"
  (cd "$1" && umask 077 && exec >/dev/null 2>openssl.log &&
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=test CA" -keyout ca.key \
      -out ca.pem -addext basicConstraints=critical,CA:TRUE \
      -addext keyUsage=critical,keyCertSign,cRLSign &&
    issue server serverAuth "subjectAltName=DNS:localhost,IP:127.0.0.1" &&
    issue client clientAuth "subjectAltName=DNS:client" &&
    mv client.pem cert.pem && mv client.key key.pem) ||
    die "openssl failed: $(tail -n 3 "$1/openssl.log")"
}
issue() {
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" &&
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 \
      -out "$1.pem" -extfile <(printf '%s\nextendedKeyUsage=%s\n' "$3" "$2")
}

# Whether nothing listens on that port of the loopback address.
is_free() { ! (exec 4<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# overlay2 wants a file system that can be a layer above; another overlay cannot.
storage_driver() {
  local probe=$folder/probe
  mkdir -p "$probe"/{lower,upper,work,merged}
  if mount -t overlay overlay "$probe/merged" \
    -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" 2>/dev/null; then
    umount "$probe/merged"
    echo overlay2
  else
    echo vfs
  fi
  rm -rf "$probe"
}

trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

# A permitted mount namespace is probed with what `inside` does in it.
spaces=(--mount --pid --fork --mount-proc --kill-child=KILL --propagation private)
network=own
if ! unshare --net "${spaces[@]}" true 2>/dev/null; then network=shared; fi
if unshare "${spaces[@]}" mount -t tmpfs tmpfs /run 2>/dev/null; then isolated=yes; fi
if [[ $network == own && -n $isolated ]]; then spaces+=(--net); else network=shared; fi

options=(
  --host "unix://$socket" --data-root "$folder/data" --exec-root "$folder/exec"
  --pidfile "$folder/pid" --storage-driver "$(storage_driver)"
  --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$group"
)
if [[ $network == own ]]; then
  options+=(--default-address-pool "base=10.200.0.0/16,size=24")
else
  options+=(--iptables=false --bridge=none)
  # A pull that asks the public hub ends here at once: nothing listens on the discard port.
  export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
fi
address=unix://$socket
if [[ -n $certificates ]]; then
  command -v openssl >/dev/null || die "openssl is missing; apt-get install openssl"
  certificates=$(realpath -m "$certificates")
  make_certificates "$certificates"
  make_certificates "$certificates/stranger"
  chown -R "$owner" "$certificates"
  port=$((20000 + RANDOM % 10000))
  until is_free "$port"; do port=$((20000 + RANDOM % 10000)); done
  address=tcp://127.0.0.1:$port
  options+=(
    --host "$([[ $network == own ]] && echo fd:// || echo "$address")" --tlsverify --tlscacert "$certificates/ca.pem"
    --tlscert "$certificates/server.pem" --tlskey "$certificates/server.key"
  )
fi

# An engine in a network of its own is reached from outside by a socket that was made outside.
listening=()
if [[ -n $certificates && $network == own ]]; then
  command -v python3 >/dev/null || die "python3 is missing; apt-get install python3"
  listening=(python3 -c '
import os, socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ["LISTEN_FDS"] = "1"
os.execvp(sys.argv[2], sys.argv[2:])' "$port")
fi

# The engine sees neither this script's input nor its outputs, so that their ends are noticed.
exec 3<&0
if [[ -n $isolated ]]; then
  setpriv --pdeathsig KILL "${listening[@]}" unshare "${spaces[@]}" \
    "$self" --inside "$network" "${options[@]}" \
    </dev/null >"$folder/log" 2>&1 3<&- &
else
  setpriv --pdeathsig TERM dockerd "${options[@]}" </dev/null >"$folder/log" 2>&1 3<&- &
fi
dockerd_pid=$!
# Where a registry for this engine must be started: registry.sh.
ln -s "/proc/$dockerd_pid/ns/net" "$folder/network"

answers() { curl --silent --fail --max-time 5 --unix-socket "$socket" http://engine/_ping >/dev/null; }
for attempt in {1..600}; do
  if answers; then break; fi
  if ! kill -0 "$dockerd_pid" 2>/dev/null || [[ $attempt == 600 ]]; then
    grep -v level=info "$folder/log" | tail -n 20 >&2 || true
    die "dockerd did not start"
  fi
  sleep 0.1
done
chown "$owner" "$socket"
printf '%s\n' "$address"

# Until the input ends, a signal comes, or the engine dies by itself.
setpriv --pdeathsig KILL cat <&3 >/dev/null 2>&1 &
reader_pid=$!
exec 3<&-
status=0
wait -n "$reader_pid" "$dockerd_pid" || status=$?
if ! kill -0 "$dockerd_pid" 2>/dev/null; then
  tail -n 20 "$folder/log" >&2 || true
  die "dockerd ended by itself ($status)"
fi
