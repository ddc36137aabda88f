#!/usr/bin/env bash
# Drives the hooks with real git: what a shared remote takes, and what it refuses, rule by rule.
#
#   try-hooks.sh
#
# All runs twice: with the system's sh and tools, and with busybox's. Prints a line for each check,
# and ends at the first that fails, with what was seen.
set -euo pipefail

project=$(realpath "$(dirname "$0")/../..")
golden=$project/Tests/ProvenanceTests/Golden
scratch=$(mktemp -d)
mkdir "$scratch/tmp"
trap 'rm -rf "$scratch"' EXIT

say() { printf 'try-hooks.sh: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

for tool in git busybox ssh-keygen; do
  command -v "$tool" >/dev/null ||
    die "$tool is missing; apt-get install git busybox-static openssh-client"
done

# Nothing of the user's is read: neither configuration nor keys.
export HOME=$scratch GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 TMPDIR=$scratch/tmp
export GIT_AUTHOR_NAME='Josiah Carberry' GIT_AUTHOR_EMAIL=josiah@example.org
export GIT_COMMITTER_NAME=lab GIT_COMMITTER_EMAIL=lab@example.org
unset GIT_DIR GIT_WORK_TREE SC_RECEIVER_REFS

checks=0
ok() {
  checks=$((checks + 1))
  printf 'ok %s, %s\n' "$1" "$kind"
}

# --- A remote, a clone of it, and what is pushed

# Installs a hook that runs with the shell and the tools that are tested.
install_hook() {
  mkdir -p "$2/hooks"
  { echo "#!$interpreter"; tail -n +2 "$project/hooks/$1"; } >"$2/hooks/$1"
  chmod +x "$2/hooks/$1"
}

# Makes the remote `server` and goes to its clone `work`, which has pushed a first operation.
begin() {
  rm -rf "$scratch/case"
  mkdir "$scratch/case"
  cd "$scratch/case"
  git init --quiet --bare --initial-branch=main "$@" server
  git init --quiet --initial-branch=main "$@" work
  cd work
  git remote add origin ../server
  install_hook pre-receive ../server
  commit_record "$morning"
  push origin main >/dev/null
}

configure() { git -C "$scratch/case/server" config "$@"; }

push() { PATH=$tools:$PATH git push "$@" 2>&1; }

morning=1795418400000 # 2026-11-23T07:20:00Z
serial=0

# Sets `uuid` to a new one of version 7, of that millisecond, and `path` to where its record is.
name_record() {
  serial=$((serial + 1))
  printf -v uuid '%08x-%04x-7000-8000-%012x' $(($1 >> 16)) $(($1 & 0xFFFF)) "$serial"
  path=activities/$(date -u -d "@$(($1 / 1000))" +%Y/%m/%d/%H)/$uuid.jsonld
}

# Prints a real record, under the uuid that was named last.
record() { sed "s/01939e2b-7c00-7000-8000-000000000001/$uuid/g" "$golden/create.jsonld"; }

# Puts standard input at a path, and into the index.
put() {
  mkdir -p "$(dirname -- "$1")"
  cat >"$1"
  git add -- "$1"
}

commit() { git commit --quiet --allow-empty -m "${1:-create web from busybox:1.36}"; }

commit_record() {
  name_record "$1"
  record | put "$path"
  commit
}

# Commits standard input as a file, which need not be one of a history.
commit_file() {
  put "$1"
  commit "${2:-change $1}"
}

# Puts an entry into the index that no work tree could give.
commit_entry() {
  git update-index --add --cacheinfo "$1,$2,$3"
  commit
}

# Commits a tree whose one more entry has any name at all.
commit_named() {
  local blob tree
  blob=$(git hash-object -w --stdin <<<text)
  tree=$({ git ls-tree -z HEAD; printf '100644 blob %s\t%b\0' "$blob" "$1"; } | git mktree -z)
  git reset --quiet --soft "$(git commit-tree -p HEAD -m name "$tree")"
}

# Prints a commit's id as the hooks say it.
short() { git rev-parse --short=12 "$1"; }

references() { git -C "$scratch/case/server" for-each-ref; }

accepted() {
  local name=$1 output
  shift
  output=$(push "$@") || die "refused ($?): $name"$'\n'"$output"
  ok "$name"
}

# What is pushed is refused in words that have that text, show no secret and control no terminal.
secret=
refused() {
  local name=$1 text=$2 before output
  shift 2
  before=$(references)
  if output=$(push "$@"); then die "taken: $name"$'\n'"$output"; fi
  [[ $output == *"sc: "*"$text"* ]] || die "$name: not told \"$text\""$'\n'"$output"
  [[ $(references) == "$before" ]] || die "$name: the remote has changed"$'\n'"$output"
  [[ -z $secret || $output != *"$secret"* ]] || die "$name: the secret is shown"$'\n'"$output"
  if LC_ALL=C grep -q $'[\001-\010\013-\037\177-\377]' <<<"$output"; then
    die "$name: raw control characters"$'\n'"$(cat -v <<<"$output")"
  fi
  ok "$name"
}

# --- What is taken

takes_what_sc_records() {
  local file
  begin
  while read -r file; do
    uuid=$(sed -n 's/.*"@id": "urn:uuid:\([^"]*\)".*/\1/p' "$file" | head -n 1)
    path=$(date -u -d "@$((16#${uuid:0:8}${uuid:9:4} / 1000))" +%Y/%m/%d/%H)
    put "activities/$path/$uuid.jsonld" <"$file"
  done < <(find "$golden" -name '*.jsonld' -not -path '*/smart/*')
  for file in "$golden"/snapshot-*.json; do put "containers/8a/${file##*/}" <"$file"; done
  put content/.gitattributes <<<'*.tar filter=lfs diff=lfs merge=lfs -text'
  put README.md <"$project/templates/repository/README.md"
  commit
  accepted "every golden record and snapshot" origin main
  put containers/8a/snapshot-container.json <<<'{}'
  git rm --quiet containers/8a/snapshot-volume.json
  commit 'remove data'
  accepted "snapshots that change and go" origin main
  git tag light
  git tag -a -m 'as published' heavy
  git branch copy
  accepted "tags and another branch" origin light heavy copy
}

takes_every_hour() {
  local time
  begin
  for time in 1970-01-01T00 1999-12-31T23 2000-02-28T23 2000-02-29T00 2000-03-01T00 2024-02-29T12 \
    2025-02-28T23 2025-03-01T00 2026-07-31T23 2100-02-28T23 2100-03-01T00 9999-12-31T23; do
    commit_record $(($(date -u -d "$time:59:59Z" +%s) * 1000 + 999))
  done
  accepted "records of hours where calendars differ" origin main
}

takes_merges() {
  begin
  git branch --quiet other
  commit_record $((morning + 1))
  git checkout --quiet other
  commit_record $((morning + 3600000))
  accepted "another branch" origin other
  git checkout --quiet --orphan third
  git rm --quiet -rf .
  commit_record $((morning + 7200000))
  git checkout --quiet main
  git merge --quiet --no-edit other
  git merge --quiet --no-edit --allow-unrelated-histories third
  accepted "a merge of three machines" origin main
}

# What `sc` leaves as it is (Tests/ProvenanceTests/RedactorTests.swift), and writes for a secret.
takes_ordinary_text() {
  local code
  begin
  code=$(printf 'ab%.0s' {1..32})
  put notes/ordinary.json <<END
https://example.org/a@b ssh://git@github.com/o/r http://host:8080/path@x a:b@c http://[::1]:80/x@y
Basic authentication failed, a bearer of news, Bearer tokens, sha256:$code
TOKEN=\${TOKEN} PASSWORD=\$(cat x) task-force mask-abcdefghijklmnopqrstuvwxyz
"http://host:80\nmail me@example.org" "http://host:80\tme@here" "see \"http://host:80\" or me@here"
-----BEGIN CERTIFICATE----- -----BEGIN PUBLIC KEY----- eyJhbGciOiJIUzI1NiJ9 eyJ.abc
https://redacted:unkeyed@example.org https://redacted:hmac-sha256:cd0d9d5b:$code@h/
Bearer redacted:hmac-sha256:cd0d9d5b:$code xoxb-redacted:unkeyed0123456789
-----BEGIN $(printf 'long%.0s' {1..13}) PRIVATE KEY-----
END
  commit 'log in to https://registry.example.org as me@example.org'
  accepted "what only looks like a secret" origin main
}

# Prints so many operations for git fast-import: a commit each, with a record and a snapshot.
operations() {
  awk -v count="$1" -v morning="$morning" '
    { text = text $0 "\n" }
    END {
      for (i = 1; i <= count; i++) {
        time = morning + i * 1500
        high = int(time / 65536)
        uuid = sprintf("%08x-%04x-7000-9000-%012x", high, time - high * 65536, i)
        command = "date -u -d @" int(time / 1000) " +%Y/%m/%d/%H"
        hour = int(time / 3600000)
        if (!(hour in folder)) { command | getline folder[hour]; close(command) }
        document = text
        gsub("01939e2b-7c00-7000-8000-000000000001", uuid, document)
        printf "commit refs/heads/main\ncommitter lab <lab@example.org> %d +0000\n", time / 1000
        printf "data 7\ncreate\n\n"
        if (i == 1) print "from refs/heads/main^0"
        printf "M 100644 inline activities/%s/%s.jsonld\n", folder[hour], uuid
        printf "data %d\n%s\n", length(document), document
        printf "M 100644 inline containers/8a/8a%d.json\ndata 10\n{\"a\":%4d}\n\n", i % 50, i
      }
    }' "$golden/create.jsonld"
}

takes_thousands() {
  local begun
  begin
  operations 1000 | LC_ALL=C git fast-import --quiet
  begun=${EPOCHREALTIME/./}
  accepted "1,000 commits" origin main
  begun=$(((${EPOCHREALTIME/./} - begun) / 10000))
  printf '   in %d.%02d s\n' $((begun / 100)) $((begun % 100))
}

takes_sha256() {
  begin --object-format=sha256
  git checkout --quiet -b other
  commit_record $((morning + 1))
  git checkout --quiet main
  commit_record $((morning + 2))
  git merge --quiet --no-edit other
  accepted "a merge in a repository of SHA-256" origin main
  git rm --quiet "$path"
  commit
  refused "a removed record there" "a record is removed" origin main
}

# --- Refs

refuses_what_undoes_refs() {
  local blob
  begin
  commit_record $((morning + 1))
  git tag v1
  git branch side
  push origin main v1 side >/dev/null
  refused "a branch's deletion" "refs/heads/side: what is published stays" origin :side
  refused "a tag's deletion" "refs/tags/v1: what is published stays" origin :v1
  git tag --force v1 HEAD~1 >/dev/null
  refused "a moved tag" "refs/tags/v1: a published tag stays" --force origin v1
  refused "a branch that goes back" "refs/heads/main: the push lacks commits that are here" \
    --force origin main~1:main
  git commit --quiet --amend --date=2026-11-24T00:00Z -m 'another past'
  refused "a branch with another past" "refs/heads/main: the push lacks commits that are here" \
    --force origin main
  git reset --quiet --hard '@{1}'
  blob=$(git hash-object -w --stdin <<<text)
  refused "a tag of no commit" "refs/tags/blob: this is no commit" origin "$blob:refs/tags/blob"
  commit_record $((morning + 2))
  refused "all, when one ref is refused" "refs/heads/side: what is published" origin main :side
}

treats_other_refs_by_policy() {
  begin
  git notes add -m note
  refused "another kind of ref" "refs/notes/commits: only branches" origin refs/notes/commits
  configure sc.allowOtherRefs true
  accepted "another kind of ref, where policy lets it in" origin refs/notes/commits
  accepted "its deletion" origin :refs/notes/commits
  configure sc.protectedRefs refs/heads/main
  echo "$token" | commit_file notes.txt
  accepted "anything on a ref that is not protected" origin main:refs/heads/draft
  refused "the same on one that is" "refs/heads/main: commit $(short HEAD): notes.txt:1: this" \
    origin main
  configure --add sc.protectedRefs 'refs/heads/r*'
  refused "it on a ref of another pattern" "refs/heads/red: commit" origin main:refs/heads/red
}

# --- Records

refuses_what_touches_records() {
  local first
  begin
  first=$path
  echo >>"$first"
  git commit --quiet -am 'change it'
  commit
  refused "a changed record" "commit $(short HEAD~1): $first: a record is changed" \
    origin main
  git reset --quiet --hard HEAD~2
  git rm --quiet "$first"
  commit
  refused "a removed record" "$first: a record is removed" origin main
  git revert --no-edit HEAD >/dev/null
  refused "a record that comes back" "$first: a record is removed" origin main
  git reset --quiet --hard HEAD~2
  name_record $((morning + 1))
  git mv "$first" "$path"
  commit
  refused "a renamed record" "$first: a record is removed" origin main
}

refuses_merges_that_lose() {
  local here there
  begin
  git branch --quiet other
  commit_record $((morning + 1))
  here=$path
  git checkout --quiet other
  commit_record $((morning + 2))
  there=$path
  git checkout --quiet main
  git merge --quiet --no-edit --strategy=ours other
  refused "a merge without the other side's record" "$there: a record is removed" origin main
  git reset --quiet --hard HEAD~1
  git merge --quiet --no-edit other
  git rm --quiet "$here"
  git commit --quiet --amend --no-edit
  refused "a merge without its own side's record" "$here: a record is removed" origin main
  git reset --quiet --hard ORIG_HEAD
  git merge --quiet --no-edit other
  echo >>"$there"
  git commit --quiet --amend --no-edit -a
  refused "a merge that changes a record" "$there: a record is changed" origin main
  git reset --quiet --hard HEAD~1
  git merge --quiet --no-edit other
  echo "$token" | put hidden.txt
  git commit --quiet --amend --no-edit
  refused "a merge that brings what no side had" "hidden.txt:1: this has the form of a secret" \
    origin main
}

# Refuses a record at a path, with the uuid that was named last.
refused_at() {
  record | commit_file "$3"
  refused "$1" "$3: $2" origin main
  git reset --quiet --hard HEAD~1
}

refuses_misplaced_records() {
  begin
  name_record "$morning"
  refused_at "a file beside records" "only records are here" activities/README.md
  refused_at "a record in no hour" "only records are here" "activities/2026/11/23/$uuid.jsonld"
  refused_at "a record below an hour" "only records are here" "${path%/*}/more/$uuid.jsonld"
  refused_at "a record in no number" "only records are here" "activities/2026/11/23/1x/$uuid.jsonld"
  refused_at "a uuid in capitals" "only records are here" "${path%/*}/${uuid^^}.jsonld"
  refused_at "a uuid of version 4" "only records are here" "${path%/*}/${uuid/-7/-4}.jsonld"
  refused_at "a record of another hour" "by its uuid, the record belongs into 2026/11/23/" \
    "activities/2026/11/24/00/$uuid.jsonld"
  git rm --quiet -r activities
  record | commit_file activities
  refused "a file in the place of activities" "activities: only records are here" origin main
}

# Refuses standard input as the record that was named last.
refused_record() {
  commit_file "$path"
  refused "$1" "$path: $2" origin main
  git reset --quiet --hard HEAD~1
}

refuses_malformed_records() {
  local other
  begin
  name_record $((morning + 1))
  refused_record "an empty record" "a record is a JSON object" </dev/null
  refused_record "a record that is a list" "a record is a JSON object" <<<"[], $(record)"
  refused_record "a record that is cut off" "a record is a JSON object" < <(record | sed '$d')
  refused_record "a record without a context" 'a record has an "@context"' \
    < <(record | sed 's/"@context"/"context"/')
  refused_record "a record of something else" "a record of this name says urn:uuid:$uuid" \
    < <(record | sed "s/${uuid:24}/${uuid:24:11}x/")
  other=${path%??.jsonld}ff.jsonld
  record | put "$path"
  record | commit_file "$other"
  refused "a record under two names" "$other: a record of this name says" origin main
  git reset --quiet --hard HEAD~1
  { printf '\r\n \t'; record | tr '\n' ' '; printf '\n\n'; } | commit_file "$path"
  accepted "a record on one line, with space around it" origin main
}

refuses_what_is_too_large() {
  begin
  configure sc.maxRecordSize 16k
  configure sc.maxBlobSize 1m
  name_record $((morning + 1))
  { record; printf '%20000s\n' ''; } | commit_file "$path"
  refused "a record that is too large" "bytes are too many, 16384 are taken" origin main
  configure sc.maxRecordSize 64k
  accepted "the same within the limit" origin main
  head -c 1048577 /dev/zero | commit_file layer.tar
  refused "another file that is too large" "layer.tar: 1048577 bytes are too many" origin main
  git reset --quiet --hard HEAD~1
  head -c 1048576 /dev/zero | commit_file layer.tar
  accepted "one that is not" origin main
}

# --- Paths and modes

refuses_unusual_entries() {
  local blob name
  begin
  blob=$(git rev-parse "HEAD:$path")
  name_record $((morning + 1))
  for name in notes.txt "$path"; do
    commit_entry 120000 "$blob" "$name"
    refused "a symbolic link, ${name%%/*}" "$name: a symbolic link" origin main
    git reset --quiet --hard HEAD~1
    commit_entry 160000 "$(git rev-parse HEAD)" "$name"
    refused "a submodule, ${name%%/*}" "$name: a submodule" origin main
    git reset --quiet --hard HEAD~1
    commit_entry 100755 "$blob" "$name"
    refused "an executable, ${name%%/*}" "$name: a file of mode 100755" origin main
    git reset --quiet --hard HEAD~1
  done
}

refuses_unusual_names() {
  local name
  begin
  configure core.quotePath false
  for name in .git .GIT .Git . ..; do
    commit_named "$name"
    refused "a path of $name" "$name: no part of a path is called" origin main
    git reset --quiet --hard HEAD~1
  done
  for name in 'a\033[31m' 'a\nsc: fine' 'a\tb' 'a\177' 'a\\b' 'a"b' 'gr\303\274n' 'a\302\233b'; do
    commit_named "$name"
    refused "a path of $name" "a path is of printable ASCII" origin main
    git reset --quiet --hard HEAD~1
  done
  commit_named 'a b, c; (d) .github ...'
  accepted "a path with a space and marks" origin main
}

# --- Secrets

# Written in parts, so that no scanner takes this file for a leak.
word=abcdefghijKLMNOPQRST0123456789
token=ghp_${word}
shapes=(
  "AKIA${word:0:16}" "ASIA${word:0:16}" "AIza$word" "ghp_${word:0:20}" "gho_${word:0:20}"
  "ghu_${word:0:20}" "ghs_${word:0:20}" "ghr_${word:0:20}" "github_pat_${word:0:20}"
  "glpat-${word:0:16}" "gldt-${word:0:16}" "glrt-${word:0:16}" "dckr_pat_${word:0:16}" "npm_$word"
  "pypi-$word" "hf_$word" "xoxb-${word:0:10}" "xoxa-${word:0:10}" "xoxp-${word:0:10}"
  "xoxr-${word:0:10}" "xoxs-${word:0:10}" "xoxe-${word:0:10}" "xapp-${word:0:10}" "sk-${word:0:20}"
  "sk_live_${word:0:16}" "sk_test_${word:0:16}" "rk_live_${word:0:16}" "eyJ${word:0:7}.eyJ"
  "Bearer abcde1" "bearer 1abcde" "BASIC aBcdef" "Basic abcdef=" "https://user:hunter2@example.org"
  "postgres://app:p@hunter2@db:5432" "redis://:hunter2@cache" "amqp://u:hunter2/slash@mq"
  "amqp://:hunter2/slash@mq" "https://${word:0:16}@example.org" 'https://u:hun\\ter2@example.org'
  "-----BEGIN PRIVATE"" KEY-----" "-----BEGIN RSA PRIVATE"" KEY-----"
  "-----BEGIN OPENSSH PRIVATE"" KEY-----" "-----BEGIN PGP PRIVATE"" KEY BLOCK-----"
)

refuses_secrets() {
  local shape lines
  begin
  for shape in "${shapes[@]}"; do
    secret=$shape
    name_record $((morning + serial))
    { record | sed '$d'; printf '  "note": "x %s"\n}\n' "$shape"; } | commit_file "$path"
    lines=$(wc -l <"$path")
    refused "the form of ${shape:0:12}..." "$path:$((lines - 1)): this has" origin main
    git reset --quiet --hard HEAD~1
  done
  secret=
}

refuses_secrets_anywhere() {
  begin
  secret=$token
  printf 'a\nb="%s"\n' "$token" | commit_file images/5d/x.json
  git rm --quiet images/5d/x.json
  commit 'nobody will see it'
  refused "a secret that a later commit removes" "images/5d/x.json:2: this has" origin main
  git reset --quiet --hard HEAD~2
  printf '{"log": "first\\n%s"}' "$token" | commit_file log.json
  refused "a secret after an escape of JSON" "log.json:1: this has" origin main
  git reset --quiet --hard HEAD~1
  printf '\0\1\377\n\0%s\0\n' "$token" | commit_file program
  refused "a secret in a binary file" "program:2: this has" origin main
  git reset --quiet --hard HEAD~1
  { head -c 4000000 /dev/zero | tr '\0' x; echo " $token"; } | commit_file long.txt
  refused "a secret at the end of a long line" "long.txt:1: this has" origin main
  git reset --quiet --hard HEAD~1
  echo text | commit_file "files/$token"
  refused "a secret in a path" "a path: this has" origin main
  git reset --quiet --hard HEAD~1
  commit "log in"$'\n\n'"with $token"
  refused "a secret in a message" "(message):3: this has" origin main
  git reset --quiet --hard HEAD~1
  git tag -a -m "with $token" v1
  refused "a secret in a tag's message" "refs/tags/v1: commit $(short v1): (message)" \
    origin v1
  git tag -a -m outer v2 v1 2>/dev/null
  refused "a secret in the message of a tag's tag" "$(short v1): (message)" origin v2
  seq -f "$token%g" 30 | commit_file many.txt
  refused "many secrets, in few words" "refs/heads/main: ... and 10 more" origin main
  secret=
}

# --- Signatures

# Commits a record, signed with a key of a folder that git would not find by itself.
commit_signed() {
  git config gpg.format ssh
  git config user.signingKey "$1"
  name_record $((morning + serial))
  record | put "$path"
  git commit --quiet --gpg-sign -m 'create web'
}

wants_signatures_by_policy() {
  local keys=$scratch/keys commit
  begin
  rm -rf "$keys"
  mkdir "$keys"
  ssh-keygen -q -t ed25519 -N '' -C member -f "$keys/member"
  ssh-keygen -q -t ed25519 -N '' -C stranger -f "$keys/stranger"
  configure sc.requireSigned true
  configure sc.allowedSigners 'allowed signers'
  echo "josiah@example.org $(cat "$keys/member.pub")" >'../server/allowed signers'
  commit_signed "$keys/member"
  accepted "a commit signed by a member" origin main
  GIT_AUTHOR_NAME=$'Jo\033[31msiah' commit_record $((morning + 5000))
  commit=$(short HEAD)
  refused "an unsigned commit" \
    "commit $commit: by Jo?[31msiah <josiah@example.org>, is not signed" origin main
  git tag -a -m 'unsigned commit' v1
  refused "a tag of an unsigned commit" "refs/tags/v1: commit $commit: by" origin v1
  git tag --delete v1 >/dev/null
  git reset --quiet --hard HEAD~1
  git tag -a -m 'signed commit' v1
  accepted "a tag of a signed commit" origin v1
  commit_signed "$keys/stranger"
  refused "a commit signed by a stranger" "has no signature of an allowed signer" origin main
  git reset --quiet --hard HEAD~1
  commit_signed "$keys/member"
  commit=$(git cat-file commit HEAD | sed 's/create web/create db/' |
    git hash-object -w -t commit --stdin)
  git reset --quiet --hard "$commit"
  refused "a commit that was changed after it was signed" "has no signature of" origin main
  rm '../server/allowed signers'
  refused "any commit, without the file" "the file of sc.allowedSigners cannot be read" origin main
}

# --- The other hooks

checks_before_a_push() {
  begin
  rm ../server/hooks/pre-receive
  install_hook pre-receive .git
  install_hook pre-push .git
  secret=$token
  commit_record $((morning + 1))
  accepted "a push, on the pushing side" origin main
  echo "$token" | commit_file notes.txt
  refused "a secret, before it leaves" "refs/heads/main: commit" origin main
  refused "it, called with a space" "refs/heads/x: commit" origin ':/change notes:refs/heads/x'
  refused "a deletion, before it happens" "refs/heads/main: what is published stays" origin :main
  refused "a branch that goes back, before it does" "the push lacks" --force origin main~2:main
  PATH=$tools:$PATH git push --quiet --no-verify origin main
  commit_record $((morning + 2))
  accepted "a push after what the remote has already" origin main
  commit_record $((morning + 3))
  accepted "the same to a remote without a name" ../server main
  git init --quiet --bare ../public
  refused "what only another remote has" "notes.txt:1: this has" ../public main
  secret=
}

publishes_after_a_push() {
  local folder="$scratch/case/published here" output
  begin
  install_hook post-receive ../server
  commit_record $((morning + 1))
  accepted "a push, where nothing is published" origin main
  mkdir "$folder"
  configure sc.publish "$folder"
  commit $'say \033[31mred'
  accepted "a push that is published" origin main
  [[ $(wc -l <"$folder/log.txt") == 3 && $(head -n 1 "$folder/log.txt") == *': say [31mred' ]] ||
    die "the log is $(cat -v "$folder/log.txt")"
  git clone --quiet --branch main "$folder/history.bundle" ../copy 2>/dev/null
  [[ $(git -C ../copy rev-parse HEAD) == $(git rev-parse HEAD) ]] ||
    die "the bundle is of another commit"
  [[ $(ls -A "$folder") == $'history.bundle\nlog.txt' ]] || die "left over: $(ls -A "$folder")"
  ok "a log and a bundle, and nothing else"
  configure sc.publish "$scratch/case/absent"
  commit 'nowhere to go'
  output=$(push origin main) || die "a failure to publish has failed the push"$'\n'"$output"
  [[ $output == *"sc: log.txt was not published"* ]] || die "not told: $output"
  ok "a push that cannot be published"
}

pushes_after_an_operation() {
  local hook=../work.sc/hooks/post-record
  begin
  git clone --quiet --bare . ../work.sc
  mkdir ../work.sc/sc
  install_hook post-record ../work.sc
  commit_record $((morning + 1))
  git push --quiet ../work.sc main
  git -C ../work.sc remote remove origin
  GIT_DIR=../work.sc PATH=$tools:$PATH "$hook" "urn:uuid:$uuid" "$(git rev-parse HEAD)"
  [[ ! -e ../work.sc/sc/push.log ]] || die "without a remote: $(cat ../work.sc/sc/push.log)"
  ok "an operation without a remote"
  git -C ../work.sc remote add origin "$scratch/case/server"
  GIT_DIR=../work.sc PATH=$tools:$PATH "$hook" "urn:uuid:$uuid" "$(git rev-parse HEAD)"
  for _ in {1..100}; do
    if [[ $(git -C ../server rev-parse main) == $(git rev-parse HEAD) ]]; then break; fi
    sleep 0.1
  done
  [[ $(git -C ../server rev-parse main) == $(git rev-parse HEAD) ]] ||
    die "not pushed: $(cat ../work.sc/sc/push.log)"
  ok "an operation that is pushed"
}

# Refused or not.
leaves_nothing() {
  [[ -z $(ls -A "$TMPDIR") ]] || die "left in TMPDIR: $(ls -A "$TMPDIR")"
  ok "nothing is left behind"
}

run_all() {
  takes_what_sc_records
  takes_every_hour
  takes_merges
  takes_ordinary_text
  takes_thousands
  takes_sha256
  refuses_what_undoes_refs
  treats_other_refs_by_policy
  refuses_what_touches_records
  refuses_merges_that_lose
  refuses_misplaced_records
  refuses_malformed_records
  refuses_what_is_too_large
  refuses_unusual_entries
  refuses_unusual_names
  refuses_secrets
  refuses_secrets_anywhere
  wants_signatures_by_policy
  checks_before_a_push
  publishes_after_a_push
  pushes_after_an_operation
  leaves_nothing
}

kind=sh interpreter=/bin/sh tools=/usr/bin
run_all

kind=busybox interpreter="$(command -v busybox) sh" tools=$scratch/busybox
mkdir "$tools"
for tool in $(busybox --list); do ln -s "$(command -v busybox)" "$tools/$tool"; done
run_all

echo "$checks checks passed"
