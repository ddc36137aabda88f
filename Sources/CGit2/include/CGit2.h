/* How Swift sees the library. */
#include <git2.h>
