#include "CGit2.h"

/* libgit2 as Debian builds it reads the system's whole file of certificate authorities with
 * mbedTLS inside git_libgit2_init: some 4 ms of every start, for an HTTPS transport that is
 * never used here (HTTPS goes through curl). libgit2.so refers to these two functions by
 * name, and the dynamic linker looks into the executable first, so that what is defined here
 * is called instead. Both refuse: libgit2 then starts without authorities, and its own HTTPS
 * would trust nobody, which is the safe way to be wrong. Where libgit2 is built with another
 * TLS library nobody calls them. */

int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_path(void *chain, const char *path);

/* MBEDTLS_ERR_X509_FILE_IO_ERROR: "Read/write of file failed." */
enum { refused = -0x2900 };

__attribute__((visibility("default"), used)) int
mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}

__attribute__((visibility("default"), used)) int
mbedtls_x509_crt_parse_path(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}
