/* How Swift sees the library, and the zlib with which its objects are compressed. */
#include <git2.h>
#include <git2/sys/alloc.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <git2/sys/transport.h>
#include <zlib.h>

/* Whether libgit2 is linked into the executable, so that nothing is loaded. */
#ifdef SC_LINKED_LIBRARIES
#define CGIT2_IS_LINKED 1
#else
#define CGIT2_IS_LINKED 0
#endif

/* Loads libgit2. Returns NULL when it is there, else the name of what is missing: the library,
 * or a function that it lacks. Before this has returned NULL no function may be called. */
const char *cgit2_load(void);

/* Lets references be moved without looking up again the object that they name. For callers who
 * name only what they have just written or read. */
int cgit2_trust_written_ids(void);

/* What libgit2 holds in memory of a repository of any size: objects that were read, and packs that
 * are mapped. Its own limits are 256 MiB and all of memory. */
#define CGIT2_CACHE_SIZE (16 << 20)
#define CGIT2_WINDOW_SIZE (4 << 20)
#define CGIT2_MAPPED_LIMIT (16 << 20)

/* The largest piece of memory that it gets, and so about the largest object that it reads; and the
 * most objects of a pack that it takes. What a remote sends may ask for any number. */
#define CGIT2_LARGEST_PIECE ((size_t)256 << 20)
#define CGIT2_MOST_OBJECTS 100000000

extern git_allocator cgit2_allocator;

/* Sets these limits; after git_libgit2_init. */
void cgit2_bound_memory(void);

/* A subtransport and a stream of it, with what is Swift's behind each. */
typedef struct {
  git_smart_subtransport base;
  void *context;
} cgit2_subtransport;

typedef struct {
  git_smart_subtransport_stream base;
  void *context;
} cgit2_stream;

/* A database of objects and a pack on its way into it, with what is Swift's behind each. */
typedef struct {
  git_odb_backend base;
  void *context;
} cgit2_backend;

typedef struct {
  git_odb_writepack base;
  void *context;
} cgit2_writepack;
