/* How Swift sees the library, and the zlib that its loose objects are written with. */
#include <git2.h>
#include <git2/sys/commit.h>
#include <zlib.h>
