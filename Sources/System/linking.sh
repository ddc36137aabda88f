#!/usr/bin/env bash
# Prints the flags by which `swift build` links libcurl, libgit2 and libarchive into the executable,
# with all that they need: with the shared libraries a command takes 7 ms longer to start, and one
# that looks into an archive 5 ms more.
#
#   linking.sh FOLDER
#
# FOLDER gets links to the static libraries, by which the linker prefers them. Where one is
# missing, or where they do not fit together (another distribution builds libcurl with other
# libraries), nothing is printed but a remark on standard error: the executable then loads the
# shared libraries when it needs them.
set -euo pipefail

[[ $# == 1 && -n $1 ]] || { echo "usage: linking.sh FOLDER" >&2; exit 2; }
folder=$1
here=$(dirname "$0")
compiler=$(command -v clang || command -v cc)
needed=(curl git2 archive ssh2 mbedtls mbedx509 mbedcrypto http_parser pcre2-8 nghttp2 psl idn2
  unistring ssl crypto brotlidec brotlicommon nettle lzma bz2 z)
# Debian's static libzstd has no threads, and every Debian has the shared one: dpkg needs it.
shared=(zstd)
runtime=(stdc++ gcc_eh)

rm -rf "$folder"
mkdir -p "$folder"
folder=$(realpath "$folder")
for library in "${needed[@]}" "${runtime[@]}"; do
  archive=$("$compiler" -print-file-name="lib$library.a")
  if [[ ! -e $archive ]]; then
    echo "linking.sh: there is no lib$library.a: the libraries are not linked in" >&2
    exit 0
  fi
  ln -s "$(realpath "$archive")" "$folder/lib$library.a"
done

# Whatever the executable may come to use of libarchive, CArchive.c names.
program='int curl_global_init(long); int git_libgit2_init(void); const char *carchive_load(void);
int main(void) { return curl_global_init(0) + git_libgit2_init() + !carchive_load(); }'
libraries=("${needed[@]/#/-l}" "${shared[@]/#/-l}")
if ! "$compiler" -DSC_LINKED_LIBRARIES -o "$folder/probe" "$here/../CCurl/Absent.c" \
  -I"$here/../CArchive/include" "$here/../CArchive/CArchive.c" -x c - -x none \
  -L"$folder" "${libraries[@]}" <<<"$program" 2>"$folder/probe.log"; then
  echo "linking.sh: the static libraries do not fit together ($folder/probe.log):" \
    "the libraries are not linked in" >&2
  exit 0
fi
rm "$folder/probe"

printf '%s ' -Xcc -DSC_LINKED_LIBRARIES -Xlinker -L"$folder" \
  "${libraries[@]/#/-Xlinker }" -Xlinker -lgcc_eh \
  -Xlinker --wrap=git_mbedtls_stream_global_init \
  -Xlinker --wrap=git_transport_ssh_global_init
