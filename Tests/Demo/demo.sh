#!/usr/bin/env bash
# Shows the main job on a real engine: containers, and their provenance in git.
#
#   demo.sh [SC]
#
# SC is the `sc` to show, by default the one on PATH. The engine is a private one; only where
# none can be started, the running one is used, and what the demo made there is removed.
set -euo pipefail

project=$(realpath "$(dirname "$0")/../..")
sc=$(realpath "$(command -v "${1:-sc}")") || { echo "demo.sh: there is no ${1:-sc}" >&2; exit 1; }
scratch=$(mktemp -d)
engine= ; made=

finish() {
  local status=$?
  trap - EXIT
  cd /
  if [[ -n $made ]]; then
    export SC_DIR=$scratch/work/.sc
    for name in web final; do sc container rm -f "$name" >/dev/null 2>&1 || true; done
    for name in smart final words base; do sc image rm "demo/$name" >/dev/null 2>&1 || true; done
  fi
  if [[ -n $engine ]]; then
    exec 9>&-
    wait "$engine" || true
  fi
  rm -rf "$scratch"
  if (( status )); then echo "demo.sh: failed with status $status" >&2; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of the user's is read or changed: neither history nor configuration.
mkdir -p "$scratch"/{bin,home,work}
ln -s "$sc" "$scratch/bin/sc"
export PATH=$scratch/bin:$PATH HOME=$scratch/home SC_HOME=$scratch/home/.sc
export SC_PAGER=cat GIT_PAGER=cat GIT_CONFIG_NOSYSTEM=1
unset SC_DIR

# Starts the engine that ends when descriptor 9 is closed, also when this script is killed.
start_engine() {
  mkfifo "$scratch/input"
  "$project/Tests/Servers/engine.sh" "$scratch/engine" \
    <"$scratch/input" >"$scratch/address" 2>"$scratch/problem" &
  engine=$!
  exec 9>"$scratch/input"
  until [[ -s $scratch/address ]]; do
    if ! kill -0 "$engine" 2>/dev/null; then
      exec 9>&-
      engine=
      return 1
    fi
    sleep 0.1
  done
  DOCKER_HOST=$(<"$scratch/address")
  export DOCKER_HOST
  unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION
}

say() { printf '\n# %s\n' "$*"; }
# Shows a command as it would be typed, and runs it.
run() {
  printf '$ %s\n' "$1"
  eval "$1" 9>&-
}

if ! start_engine; then
  cat "$scratch/problem" >&2
  echo "demo.sh: trying the running engine instead" >&2
  sc container ls >/dev/null
  for name in "container web" "container final" "image demo/base" "image demo/words" \
    "image demo/final" "image demo/smart"; do
    # The word before the name is the command's.
    # shellcheck disable=SC2086
    if sc ${name% *} inspect ${name#* } >/dev/null 2>&1; then
      echo "demo.sh: the running engine has the $name, a name that the demo needs" >&2
      exit 1
    fi
  done
  made=yes
fi

cd "$scratch/work"
mkdir -p base words data
"$project/Tests/Servers/rootfs.sh" base/rootfs
cp "$project/LICENSE" data/license.txt
cat >base/Dockerfile <<'END'
FROM scratch
COPY rootfs /
ENV PATH=/bin:/usr/bin
CMD ["/bin/sh"]
END
cat >words/Dockerfile <<'END'
FROM demo/base
LABEL org.opencontainers.image.title="word counter"
COPY words /usr/bin/words
RUN chmod 755 /usr/bin/words && mkdir /srv
WORKDIR /srv
END
cat >words/words <<'END'
#!/bin/sh
# The most frequent long words of a text.
tr -cs 'A-Za-z' '\n' <"$1" | tr 'A-Z' 'a-z' | grep -E '.{8,}' | sort | uniq -c | sort -rn | head -n "${TOP:-5}"
END

say "A history beside the work, and who is working."
run 'sc init'
run 'sc config set agent.name "Ada Example"'
run 'sc config set agent.email ada@example.org'
run 'sc config set agent.orcid 0000-0002-1825-0097'

say "An image from nothing, and one on top of it."
run 'sc image build -t demo/base base'
run 'sc image build -t demo/words words'

say "A computation on real input: the long words of a licence."
run 'sc run --rm -e TOP=3 -v "$PWD/data:/data:ro" demo/words words /data/license.txt'

say "The same with its files declared: they are recorded by digest, in and out."
run 'sc run --rm -i data/license.txt -o words.txt demo/words sh -c "words data/license.txt > words.txt"'
run 'sc lineage words.txt'

say "A service: created, started, committed, and made anew with another configuration."
run 'sc container create --name web -e MODE=draft -m 64m -l stage=review demo/words sh -c '\''echo "$MODE" >index.html; exec httpd -f -p 8080'\'
run 'sc container start web'
run 'sc container commit -m "as reviewed" web demo/final'
run 'sc container create --name final -e MODE=final -m 128m -l stage=published -p 127.0.0.1:8080:8080 -w /srv demo/final httpd -f -p 8080'
run 'sc container start final'
run 'sc container stop -t 1 web'
run 'sc container rm web'
run 'sc container stop -t 1 final'

say "An image that carries its own provenance, and the ways into a container."
run 'sc infect --tag demo/smart demo/final'
run 'sc label get --format turtle demo/smart | tail -n 5'
run 'sc entry final'

say "What happened."
run 'sc status'
run 'sc log'

say "What is different between the two services."
run 'sc diff web final'

say "The same story, in plain git."
run 'git --git-dir=.sc log --oneline'
run 'git --git-dir=.sc fsck --strict'

say "One file for those who come later: checked, restored and run again."
run 'sc archive create -o ../words.tar.zst'
run 'sc archive verify ../words.tar.zst'
run 'sc archive restore ../words.tar.zst --into ../later --load --run'
run 'sc show web --as run'

say "A history that two machines share; they never conflict."
run 'sc remote init-server ../lab.git'
run 'sc remote add origin ../lab.git'
run 'sc push'
run 'sc clone ../lab.git ../bob'
run '(cd ../bob && sc config set agent.name "Bob Example" && sc container start final && sc push)'
run 'sc container stop -t 1 final'
run 'sc pull'
run 'git --git-dir=.sc log --oneline --graph -n 5'
run 'sc verify'

operations=$(git --git-dir=.sc log --format=%B | grep -c '^Operation: ')
if (( operations < 12 )); then
  echo "demo.sh: 12 operations were done, and $operations are in the history" >&2
  exit 1
fi
printf '\n%s operations, each a commit of PROV in git.\n' "$operations"
