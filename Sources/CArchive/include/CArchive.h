/* How Swift sees the library. */
#include <archive.h>
