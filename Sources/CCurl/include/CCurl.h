/* How Swift sees libcurl: typed wrappers over entry points that are looked up at the first use.
 *
 * libcurl and the libraries that it pulls in cost about 5 ms of dynamic loading, which a command
 * that speaks to no engine does not pay. Nothing here refers to a symbol of libcurl, and nothing
 * asks the linker for it, so it is not in the executable's list.
 *
 * No wrapper but ccurl_load may be called before ccurl_load has returned CCURL_LOADED. */
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/* What came of loading the library. */
enum ccurl_loading {
  CCURL_LOADED = 0,
  /* There is no libcurl.so.4. */
  CCURL_MISSING,
  /* An entry point is missing: older than 7.80. */
  CCURL_TOO_OLD,
  /* curl_global_init failed. */
  CCURL_UNUSABLE
};

/* Loads and initializes the library once in the life of the process; any thread may call it. */
enum ccurl_loading ccurl_load(void);

/* The loader's own words after a failure, else NULL. */
const char *ccurl_load_message(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *easy);
CURLcode ccurl_easy_pause(CURL *easy, int directions);
const char *ccurl_easy_strerror(CURLcode code);
/* `7.88.1`. Not curl_version, which asks libraries for theirs that are not linked in: Absent.c. */
const char *ccurl_version(void);

/* curl_easy_setopt, by the type of its third argument. */
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode ccurl_set_buffer(CURL *easy, CURLoption option, char *value);
CURLcode ccurl_set_write(CURL *easy, curl_write_callback function, void *context);
CURLcode ccurl_set_header(CURL *easy, curl_write_callback function, void *context);
CURLcode ccurl_set_read(CURL *easy, curl_read_callback function, void *context);
CURLcode ccurl_set_seek(CURL *easy, curl_seek_callback function, void *context);
CURLcode ccurl_set_progress(CURL *easy, curl_xferinfo_callback function, void *context);
CURLcode ccurl_set_prerequest(CURL *easy, curl_prereq_callback function, void *context);

/* curl_easy_getinfo for what is a long. */
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);

/* What a connection of CURLOPT_CONNECT_ONLY is used by. */
CURLcode ccurl_get_socket(CURL *easy, curl_socket_t *value);
CURLcode ccurl_easy_send(CURL *easy, const void *bytes, size_t count, size_t *sent);
CURLcode ccurl_easy_recv(CURL *easy, void *bytes, size_t count, size_t *received);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi);
/* Sleeps until something happens, on one of those other sockets too. */
CURLMcode ccurl_multi_poll(CURLM *multi, struct curl_waitfd *others, unsigned count,
                           int timeout_in_milliseconds);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
const char *ccurl_multi_strerror(CURLMcode code);

/* The next transfer that has ended, or NULL; its result goes to *result. */
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

/* Names the calling thread, in at most 15 bytes; the system's header hides this from Swift. */
void ccurl_name_thread(const char *name);

#endif
