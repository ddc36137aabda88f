/* How libgit2 is reached where it is linked into the executable, as `make release` does. */
#ifdef SC_LINKED_LIBRARIES
#include "CGit2.h"

#include <stddef.h>

const char *cgit2_load(void) { return NULL; }

int cgit2_trust_written_ids(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
}

/* The linker's --wrap puts these in the place of mbedTLS's own: see CGit2.c for the reason. */

int __wrap_mbedtls_x509_crt_parse_file(void *chain, const char *path);
int __wrap_mbedtls_x509_crt_parse_path(void *chain, const char *path);

/* MBEDTLS_ERR_X509_FILE_IO_ERROR: "Read/write of file failed." */
enum { refused = -0x2900 };

int __wrap_mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}

int __wrap_mbedtls_x509_crt_parse_path(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}
#endif
