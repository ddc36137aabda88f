#include "CRaptor.h"

#include <dlfcn.h>
#include <pthread.h>

struct craptor_table craptor;

static const char *problem;
static const char *library_version;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The library stays loaded: its functions may run until the process ends. */
static void load(void) {
  void *library = dlopen("libraptor2.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    problem = "libraptor2.so.0";
    return;
  }
#define CRAPTOR_LOOK_UP(name) \
  craptor.name = (__typeof__(craptor.name))dlsym(library, #name); \
  if (!craptor.name) { \
    problem = #name; \
    return; \
  }
  CRAPTOR_ENTRY_POINTS(CRAPTOR_LOOK_UP)
#undef CRAPTOR_LOOK_UP
  const char *const *version = dlsym(library, "raptor_version_string");
  library_version = version ? *version : NULL;
}

const char *craptor_load(void) {
  pthread_once(&once, load);
  return problem;
}

const char *craptor_library_version(void) { return library_version; }
