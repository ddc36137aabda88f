#!/usr/bin/env bash
# Tries the servers of git.py and silent.py with git itself.
#
#   LFS_VENV=DIR try-git.sh
#
# Prints `ok NAME` for each case, and stops at the first that fails.
set -euo pipefail

here=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
server=
finish() {
  local status=$?
  if ((status)); then
    echo "failed after the last ok" >&2
    if [[ -n $server ]]; then kill "$server" && wait "$server" || true; fi
  fi
  rm -rf "$scratch"
}
trap finish EXIT
# What the person who runs this has configured says nothing about the servers.
export HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global init.defaultBranch main

user=ada password=pw:Zq7/x
encoded=ada:pw%3AZq7%2Fx

ok() { echo "ok $kind: $*"; }

fails() {
  if "$@" >"$scratch/output" 2>&1; then
    echo "did not fail: $*" >&2
    return 1
  fi
}

# Fails unless the command fails and its output has that text.
refused() {
  fails "${@:2}"
  grep -q -e "$1" "$scratch/output" || { cat "$scratch/output" >&2; return 1; }
}

# Fails unless the command is still waiting after a second.
hangs() {
  local status=0
  timeout 1 "$@" >"$scratch/output" 2>&1 || status=$?
  ((status == 124))
}

# Starts a program that runs until its input ends, and tells it, if anything, that line; `pid`,
# `input` and `address` are its own.
launch() {
  local line=$1
  shift
  rm -f "$scratch"/{to,from}
  mkfifo "$scratch"/{to,from}
  "$@" <"$scratch/to" >"$scratch/from" &
  pid=$!
  exec {input}>"$scratch/to"
  printf %s "${line:+$line$'\n'}" >&"$input"
  read -r address <"$scratch/from"
}

start() {
  kind=$1 folder=$scratch/$1
  launch "$user:$password" "$here/git.py" "$folder" "$kind"
  server=$pid server_input=$input
}

# Every process of a server was started in its folder.
is_gone() {
  [[ ! -e $folder && -z $(readlink /proc/[0-9]*/cwd | grep -F "$folder") ]]
}

stop() {
  exec {server_input}>&-
  wait "$server"
  server=
  is_gone
  ok "ends with its input"
}

# Makes an empty repository on the server; `bare` is its path.
make_repository() {
  bare=$folder/git/$1.git
  git init --quiet --bare "$bare"
}

commit() {
  echo "$2" >>"$1/file"
  git -C "$1" add file
  git -C "$1" commit --quiet --message "$2"
}

# Pushes, clones and pulls; leaves the repository `one`.
round_trip() {
  rm -rf "$scratch"/{one,two}
  git init --quiet "$scratch/one"
  git -C "$scratch/one" remote add origin "$1"
  commit "$scratch/one" first
  git -C "$scratch/one" push --quiet --set-upstream origin main
  git clone --quiet "$1" "$scratch/two"
  commit "$scratch/one" second
  git -C "$scratch/one" push --quiet
  git -C "$scratch/two" pull --quiet
  cmp "$scratch"/{one,two}/file
}

hook_refuses() {
  printf '#!/bin/sh\necho "not today" >&2\nexit 1\n' >"$bare/hooks/pre-receive"
  chmod +x "$bare/hooks/pre-receive"
  commit "$scratch/one" refused
  refused "remote: not today" git -C "$scratch/one" push
  rm "$bare/hooks/pre-receive"
}

# Pushes five megabytes of what cannot be compressed, in a body whose length is not known before.
push_much() {
  head -c 5000000 /dev/urandom >"$scratch/one/much"
  git -C "$scratch/one" add much
  git -C "$scratch/one" commit --quiet --message much
  GIT_TRACE_CURL=$scratch/trace git -C "$scratch/one" -c http.postBuffer=65536 push --quiet
  grep -qi 'transfer-encoding: chunked' "$scratch/trace"
  [[ $(git -C "$bare" cat-file -s main:much) == 5000000 ]]
}

# What http and https have in common.
try_web() {
  local scheme=${address%%:*} host=${address#*//}
  make_repository tool
  round_trip "$scheme://$encoded@$host/git/tool.git"
  ok "clone, push, pull"
  hook_refuses
  ok "a hook refuses"
  push_much
  ok "5 MB in chunks"
  refused "Authentication failed" git ls-remote "$scheme://ada:wrong@$host/git/tool.git"
  refused "could not read Username" git ls-remote "$address/git/tool.git"
  [[ $(curl -s -o /dev/null -w '%{http_code}' "$address/git/tool.git/info/refs") == 401 ]]
  ok "nobody without the password"
  make_repository open
  round_trip "$address/open/open.git"
  ok "everybody in the open place"
}

start http
try_web
stop

start https
export GIT_SSL_CAINFO=$folder/ca.crt CURL_CA_BUNDLE=$folder/ca.crt
try_web
curl -s -o /dev/null --tlsv1.3 "$address/"
curl -s -o /dev/null "https://localhost:${address##*:}/"
refused "alert protocol version" curl -sS --tls-max 1.2 "$address/"
refused "certificate" env -u GIT_SSL_CAINFO git ls-remote "$address/open/open.git"
ok "TLS 1.3 only, and only by its own authority"
unset GIT_SSL_CAINFO CURL_CA_BUNDLE
stop

start ssh
with_key() {
  export GIT_SSH_COMMAND="ssh -F none -i $1 -o IdentitiesOnly=yes \
    -o UserKnownHostsFile=$folder/known_hosts"
}
for key in id_ed25519 id_rsa; do
  make_repository "$key"
  with_key "$folder/$key"
  round_trip "$address$bare"
  ok "clone, push, pull with $key"
done
ssh-keygen -q -t ed25519 -N "" -f "$scratch/stranger"
with_key "$scratch/stranger"
refused "Permission denied" git ls-remote "$address$bare"
ok "nobody with another key"
export GIT_SSH_COMMAND="ssh -F $folder/ssh_config"
for host in scgit scgit-rsa; do
  make_repository "$host"
  round_trip "$host:$bare"
  ok "clone, push, pull by the name $host"
done
hook_refuses
ok "a hook refuses"
unset GIT_SSH_COMMAND
stop

start daemon
make_repository tool
round_trip "$address/tool.git"
ok "clone, push, pull"
hook_refuses
ok "a hook refuses"

upstream=${address#*//}
kind=silent
head -c 100000 /dev/urandom >"$scratch/one/some"
git -C "$scratch/one" add some
git -C "$scratch/one" commit --quiet --message some

# Begins to stand before the daemon, in the way of the arguments.
stand_before() { launch "" "$here/silent.py" "$@"; }
leave() {
  exec {input}>&-
  wait "$pid"
}

stand_before cut 1000000 "$upstream"
git ls-remote "git://$address/tool.git" >"$scratch/output"
grep -q refs/heads/main "$scratch/output"
leave
ok "forwards"

stand_before mute
hangs git ls-remote "git://$address/tool.git"
leave
ok "mute"

stand_before cut 150 "$upstream"
fails git clone "git://$address/tool.git" "$scratch/cut"
fails git ls-remote "git://$address/tool.git"
leave
ok "cut"

stand_before cut-up 20000 "$upstream"
fails git -C "$scratch/one" push "git://$address/tool.git"
[[ $(git -C "$bare" rev-list --count main) == 2 ]]
leave
ok "cut-up"

stand_before stall 150 "$upstream"
hangs git clone "git://$address/tool.git" "$scratch/stalled"
leave
ok "stall"

kind=daemon
stop

start lfs
git lfs install --skip-repo >/dev/null
git init --quiet --bare "$scratch/large.git"
git init --quiet "$scratch/large"
cd "$scratch/large"
git config lfs.url "$address/ada/large.git/info/lfs"
git config lfs.locksverify false
git lfs track '*.bin' >/dev/null
head -c 3000000 /dev/urandom >data.bin
git add .
git commit --quiet --message large
git remote add origin "$scratch/large.git"
git push --quiet --set-upstream origin main >/dev/null
cd "$scratch"
[[ $(find "$folder/lfs/ada/large" -type f -size 3000000c | wc -l) == 1 ]]
git -c "lfs.url=$address/ada/large.git/info/lfs" clone --quiet large.git large-clone
cmp large/data.bin large-clone/data.bin
ok "push, clone"
stop

kind=life
folder=$scratch/life
# A starter that is killed can close nothing itself.
mkfifo "$scratch/held"
sleep 100 >"$scratch/held" &
starter=$!
"$here/git.py" "$folder" daemon <"$scratch/held" >"$scratch/output" &
server=$!
until grep -q git: "$scratch/output"; do sleep 0.1; done
kill -KILL "$starter"
wait "$starter" 2>/dev/null || true
wait "$server"
server=
is_gone
ok "ends with a starter that is killed"

start https
make_repository tool
# What a hook left behind ends too.
printf '#!/bin/sh\nsetsid sleep 100 >/dev/null 2>&1 &\n' >"$bare/hooks/post-receive"
chmod +x "$bare/hooks/post-receive"
GIT_SSL_CAINFO=$folder/ca.crt round_trip "$address/open/tool.git"
kill -TERM "$server"
status=0
wait "$server" || status=$?
((status == 143))
server=
is_gone
ok "ends with a signal, and what hooks started with it"
