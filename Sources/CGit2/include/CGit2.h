/* How Swift sees the library. */
#include <git2.h>
#include <git2/sys/commit.h>
