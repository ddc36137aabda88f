/* How libgit2 is reached where it is linked into the executable, as `make release` does. */
#ifdef SC_LINKED_LIBRARIES
#include "CGit2.h"

#include <stddef.h>

const char *cgit2_load(void) { return NULL; }

int cgit2_trust_written_ids(void) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
}

void cgit2_bound_memory(void) {
  git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &cgit2_allocator);
  git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECTS, (size_t)CGIT2_MOST_OBJECTS);
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)CGIT2_CACHE_SIZE);
  git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)CGIT2_WINDOW_SIZE);
  git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)CGIT2_MAPPED_LIMIT);
}

/* The linker's --wrap puts these in the place of libgit2's own, which make transports ready that are
 * never used here. That of HTTPS, which goes through curl, would start mbedTLS and read the system's
 * whole file of certificate authorities; that of SSH, which the user's ssh speaks, would start libssh2
 * and with it OpenSSL, a millisecond of every command that opens a history. */
int __wrap_git_mbedtls_stream_global_init(void);
int __wrap_git_mbedtls_stream_global_init(void) { return 0; }

int __wrap_git_transport_ssh_global_init(void);
int __wrap_git_transport_ssh_global_init(void) { return 0; }
#endif
