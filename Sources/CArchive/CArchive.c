#include "CArchive.h"

#include <dlfcn.h>
#include <pthread.h>

#ifdef SC_LINKED_LIBRARIES
/* The library is linked into the executable, as `make release` does: see linking.sh. */
#define CARCHIVE_FOUND(name) .name = name,
struct carchive_table carchive = {CARCHIVE_ENTRY_POINTS(CARCHIVE_FOUND)};

const char *carchive_load(void) { return NULL; }
#else
struct carchive_table carchive;

static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The library stays loaded: its functions may run until the process ends. */
static void load(void) {
  void *library = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    problem = "libarchive.so.13";
    return;
  }
#define CARCHIVE_LOOK_UP(name) \
  carchive.name = (__typeof__(carchive.name))dlsym(library, #name); \
  if (!carchive.name) { \
    problem = #name; \
    return; \
  }
  CARCHIVE_ENTRY_POINTS(CARCHIVE_LOOK_UP)
#undef CARCHIVE_LOOK_UP
}

const char *carchive_load(void) {
  pthread_once(&once, load);
  return problem;
}
#endif
