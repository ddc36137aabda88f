/* How Swift sees the library. */
#include <curl/curl.h>
