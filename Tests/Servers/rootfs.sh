#!/usr/bin/env bash
# Makes a root file system of busybox in FOLDER (new or empty), without a registry.
#
#   rootfs.sh FOLDER
#
# The same busybox gives the same bytes and times, so that images made of it have the same
# layers: for a Dockerfile's `FROM scratch` and `COPY`, or `tar -C FOLDER -c . | docker import -`.
set -euo pipefail

[[ $# == 1 && -n $1 ]] || { echo "usage: rootfs.sh FOLDER" >&2; exit 2; }
folder=$1
busybox=$(command -v busybox) || busybox=/bin/busybox
if [[ ! -x $busybox ]]; then
  echo "rootfs.sh: busybox is missing; apt-get install busybox-static" >&2
  exit 1
fi
if [[ -e $folder && -n $(ls -A "$folder") ]]; then
  echo "rootfs.sh: FOLDER is not empty: $folder" >&2
  exit 1
fi

umask 022
mkdir -p "$folder"/{bin,dev,etc,home,proc,root,sys,tmp,usr/bin,var}
chmod 1777 "$folder/tmp"
cp "$busybox" "$folder/bin/busybox"
chmod 755 "$folder/bin/busybox"
for applet in $("$busybox" --list); do
  [[ $applet == busybox ]] || ln -s busybox "$folder/bin/$applet"
done
ln -s /bin/env "$folder/usr/bin/env"
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' \
  >"$folder/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$folder/etc/group"
find "$folder" -exec touch --no-dereference --date=@1700000000 {} +
