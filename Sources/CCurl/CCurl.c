#define _GNU_SOURCE
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Every entry point in use, by its name without the prefix `curl_`. */
#define ENTRY_POINTS(each)                                                                         \
  each(global_init) each(easy_init) each(easy_cleanup) each(easy_pause) each(easy_strerror)        \
  each(version_info)                                                                               \
  each(easy_setopt) each(easy_getinfo) each(slist_append) each(slist_free_all) each(multi_init)    \
  each(multi_cleanup) each(multi_setopt) each(multi_add_handle) each(multi_remove_handle)          \
  each(multi_perform) each(multi_poll) each(multi_wakeup) each(multi_strerror)                     \
  each(multi_info_read) each(easy_send) each(easy_recv)

#define MEMBER(name) __typeof__(curl_##name) *name;

#ifdef SC_LINKED_LIBRARIES
/* The library is linked into the executable, as `make release` does: see Absent.c. */
#define FOUND(name) .name = curl_##name,
static struct { ENTRY_POINTS(MEMBER) } curl = {ENTRY_POINTS(FOUND)};
#else
static struct { ENTRY_POINTS(MEMBER) } curl;

static const struct {
  const char *symbol;
  size_t offset;
} symbols[] = {
#define SYMBOL(name) {"curl_" #name, offsetof(__typeof__(curl), name)},
  ENTRY_POINTS(SYMBOL)
};
#endif

/* Written under `once`, read only after it. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static enum ccurl_loading loading = CCURL_MISSING;
static const char *message;

#ifdef SC_LINKED_LIBRARIES
static bool find(void) { return true; }
#else
/* Some of its dependencies go first, those that bring many of their own. The dynamic linker
 * looks each symbol up among all the libraries that one call brings, thirty otherwise: apart
 * they take two thirds of the instructions. One that is missing is nobody's loss: libcurl then
 * does without it, or says so. */
static const char *const ahead[] = {"libssh2.so.1", "libgssapi_krb5.so.2", "librtmp.so.1"};

/* Whether all of it is there. */
static bool find(void) {
  for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) dlopen(ahead[i], RTLD_LAZY);
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) {
    message = dlerror();
    return false;
  }
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *address = dlsym(library, symbols[i].symbol);
    if (address == NULL) {
      message = symbols[i].symbol;
      loading = CCURL_TOO_OLD;
      return false;
    }
    *(void **)((char *)&curl + symbols[i].offset) = address;
  }
  return true;
}
#endif

static void load(void) {
  if (!find()) return;
  /* No flag has a purpose on this system: TLS is initialized with any (since 7.57). */
  CURLcode code = curl.global_init(CURL_GLOBAL_NOTHING);
  message = code == CURLE_OK ? NULL : curl.easy_strerror(code);
  loading = code == CURLE_OK ? CCURL_LOADED : CCURL_UNUSABLE;
}

enum ccurl_loading ccurl_load(void) {
  pthread_once(&once, load);
  return loading;
}

const char *ccurl_load_message(void) { return message; }

CURL *ccurl_easy_init(void) { return curl.easy_init(); }
void ccurl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }
CURLcode ccurl_easy_pause(CURL *easy, int directions) { return curl.easy_pause(easy, directions); }
const char *ccurl_version(void) { return curl.version_info(CURLVERSION_NOW)->version; }
const char *ccurl_easy_strerror(CURLcode code) { return curl.easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_buffer(CURL *easy, CURLoption option, char *value) {
  return curl.easy_setopt(easy, option, value);
}

/* Sets a callback and its context. */
#define SET_CALLBACK(function_option, context_option)                                              \
  CURLcode code = curl.easy_setopt(easy, function_option, function);                               \
  return code != CURLE_OK ? code : curl.easy_setopt(easy, context_option, context)

CURLcode ccurl_set_write(CURL *easy, curl_write_callback function, void *context) {
  SET_CALLBACK(CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA);
}
CURLcode ccurl_set_header(CURL *easy, curl_write_callback function, void *context) {
  SET_CALLBACK(CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA);
}
CURLcode ccurl_set_read(CURL *easy, curl_read_callback function, void *context) {
  SET_CALLBACK(CURLOPT_READFUNCTION, CURLOPT_READDATA);
}
CURLcode ccurl_set_seek(CURL *easy, curl_seek_callback function, void *context) {
  SET_CALLBACK(CURLOPT_SEEKFUNCTION, CURLOPT_SEEKDATA);
}
CURLcode ccurl_set_progress(CURL *easy, curl_xferinfo_callback function, void *context) {
  SET_CALLBACK(CURLOPT_XFERINFOFUNCTION, CURLOPT_XFERINFODATA);
}
CURLcode ccurl_set_prerequest(CURL *easy, curl_prereq_callback function, void *context) {
  SET_CALLBACK(CURLOPT_PREREQFUNCTION, CURLOPT_PREREQDATA);
}

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl.easy_getinfo(easy, info, value);
}

CURLcode ccurl_get_socket(CURL *easy, curl_socket_t *value) {
  return curl.easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value);
}
CURLcode ccurl_easy_send(CURL *easy, const void *bytes, size_t count, size_t *sent) {
  return curl.easy_send(easy, bytes, count, sent);
}
CURLcode ccurl_easy_recv(CURL *easy, void *bytes, size_t count, size_t *received) {
  return curl.easy_recv(easy, bytes, count, received);
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return curl.slist_append(list, line);
}
void ccurl_slist_free_all(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return curl.multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return curl.multi_cleanup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl.multi_setopt(multi, option, value);
}
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy) {
  return curl.multi_add_handle(multi, easy);
}
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy) {
  return curl.multi_remove_handle(multi, easy);
}
CURLMcode ccurl_multi_perform(CURLM *multi) {
  int running;
  return curl.multi_perform(multi, &running);
}
CURLMcode ccurl_multi_poll(CURLM *multi, struct curl_waitfd *others, unsigned count,
                           int timeout_in_milliseconds) {
  return curl.multi_poll(multi, others, count, timeout_in_milliseconds, NULL);
}
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return curl.multi_wakeup(multi); }
const char *ccurl_multi_strerror(CURLMcode code) { return curl.multi_strerror(code); }

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
  int left;
  for (CURLMsg *message; (message = curl.multi_info_read(multi, &left)) != NULL;) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}

void ccurl_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
