#ifndef SC_LINKED_LIBRARIES
#include "CGit2.h"

#include <dlfcn.h>
#include <pthread.h>

/* The functions of libgit2 that are called, as `F(result, name, (parameters), (arguments))`.
 *
 * Each is defined here under its own name and passes on to the library, which is loaded when it
 * is first needed: with all that it depends on it costs 2 ms, and a command that has a command
 * line to read meanwhile loads it on another thread. */
#define CGIT2_FUNCTIONS(F) \
  F(int, git_config_delete_entry, (git_config *cfg, const char *name), (cfg, name)) \
  F(void, git_config_free, (git_config *cfg), (cfg)) \
  F(int, git_config_get_int32, (int32_t *out, const git_config *cfg, const char *name), (out, \
    cfg, name)) \
  F(int, git_config_get_string, (const char **out, const git_config *cfg, const char *name), \
    (out, cfg, name)) \
  F(void, git_config_iterator_free, (git_config_iterator *iter), (iter)) \
  F(int, git_config_iterator_glob_new, (git_config_iterator **out, const git_config *cfg, const \
    char *regexp), (out, cfg, regexp)) \
  F(int, git_config_next, (git_config_entry **entry, git_config_iterator *iter), (entry, iter)) \
  F(int, git_config_set_int32, (git_config *cfg, const char *name, int32_t value), (cfg, name, \
    value)) \
  F(int, git_config_set_string, (git_config *cfg, const char *name, const char *value), (cfg, \
    name, value)) \
  F(void, git_error_clear, (void), ()) \
  F(const git_error *, git_error_last, (void), ()) \
  F(void, git_error_set_oom, (void), ()) \
  F(int, git_error_set_str, (int error_class, const char *string), (error_class, string)) \
  F(int, git_fetch_options_init, (git_fetch_options *opts, unsigned int version), (opts, \
    version)) \
  F(int, git_graph_ahead_behind, (size_t *ahead, size_t *behind, git_repository *repo, const \
    git_oid *local, const git_oid *upstream), (ahead, behind, repo, local, upstream)) \
  F(int, git_graph_descendant_of, (git_repository *repo, const git_oid *commit, const git_oid \
    *ancestor), (repo, commit, ancestor)) \
  F(int, git_libgit2_init, (void), ()) \
  F(int, git_libgit2_version, (int *major, int *minor, int *rev), (major, minor, rev)) \
  F(int, git_merge_bases, (git_oidarray *out, git_repository *repo, const git_oid *one, const \
    git_oid *two), (out, repo, one, two)) \
  F(void, git_object_free, (git_object *object), (object)) \
  F(const git_oid *, git_object_id, (const git_object *obj), (obj)) \
  F(int, git_object_peel, (git_object **peeled, const git_object *object, git_object_t \
    target_type), (peeled, object, target_type)) \
  F(int, git_odb_add_backend, (git_odb *odb, git_odb_backend *backend, int priority), (odb, \
    backend, priority)) \
  F(int, git_odb_add_disk_alternate, (git_odb *odb, const char *path), (odb, path)) \
  F(void, git_odb_free, (git_odb *db), (db)) \
  F(const void *, git_odb_object_data, (git_odb_object *object), (object)) \
  F(void, git_odb_object_free, (git_odb_object *object), (object)) \
  F(size_t, git_odb_object_size, (git_odb_object *object), (object)) \
  F(git_object_t, git_odb_object_type, (git_odb_object *object), (object)) \
  F(int, git_odb_read, (git_odb_object **out, git_odb *db, const git_oid *id), (out, db, id)) \
  F(int, git_odb_read_header, (size_t *len_out, git_object_t *type_out, git_odb *db, const \
    git_oid *id), (len_out, type_out, db, id)) \
  F(int, git_odb_write_pack, (git_odb_writepack **out, git_odb *db, git_indexer_progress_cb \
    progress_cb, void *progress_payload), (out, db, progress_cb, progress_payload)) \
  F(int, git_oid_fromstrn, (git_oid *out, const char *str, size_t length), (out, str, length)) \
  F(void, git_oidarray_dispose, (git_oidarray *array), (array)) \
  F(int, git_packbuilder_foreach, (git_packbuilder *pb, git_packbuilder_foreach_cb cb, void \
    *payload), (pb, cb, payload)) \
  F(void, git_packbuilder_free, (git_packbuilder *pb), (pb)) \
  F(int, git_packbuilder_insert, (git_packbuilder *pb, const git_oid *id, const char *name), \
    (pb, id, name)) \
  F(const char *, git_packbuilder_name, (git_packbuilder *pb), (pb)) \
  F(int, git_packbuilder_new, (git_packbuilder **out, git_repository *repo), (out, repo)) \
  F(unsigned int, git_packbuilder_set_threads, (git_packbuilder *pb, unsigned int n), (pb, n)) \
  F(int, git_packbuilder_write, (git_packbuilder *pb, const char *path, unsigned int mode, \
    git_indexer_progress_cb progress_cb, void *progress_cb_payload), (pb, path, mode, \
    progress_cb, progress_cb_payload)) \
  F(int, git_reference_create, (git_reference **out, git_repository *repo, const char *name, \
    const git_oid *id, int force, const char *log_message), (out, repo, name, id, force, \
    log_message)) \
  F(int, git_reference_create_matching, (git_reference **out, git_repository *repo, const char \
    *name, const git_oid *id, int force, const git_oid *current_id, const char *log_message), \
    (out, repo, name, id, force, current_id, log_message)) \
  F(void, git_reference_free, (git_reference *ref), (ref)) \
  F(void, git_reference_iterator_free, (git_reference_iterator *iter), (iter)) \
  F(int, git_reference_iterator_glob_new, (git_reference_iterator **out, git_repository *repo, \
    const char *glob), (out, repo, glob)) \
  F(int, git_reference_name_to_id, (git_oid *out, git_repository *repo, const char *name), (out, \
    repo, name)) \
  F(int, git_reference_next_name, (const char **out, git_reference_iterator *iter), (out, iter)) \
  F(int, git_reference_remove, (git_repository *repo, const char *name), (repo, name)) \
  F(int, git_remote_connect_ext, (git_remote *remote, git_direction direction, const \
    git_remote_connect_options *opts), (remote, direction, opts)) \
  F(int, git_remote_connect_options_init, (git_remote_connect_options *opts, unsigned int \
    version), (opts, version)) \
  F(int, git_remote_create, (git_remote **out, git_repository *repo, const char *name, const \
    char *url), (out, repo, name, url)) \
  F(int, git_remote_create_anonymous, (git_remote **out, git_repository *repo, const char *url), \
    (out, repo, url)) \
  F(int, git_remote_delete, (git_repository *repo, const char *name), (repo, name)) \
  F(int, git_remote_disconnect, (git_remote *remote), (remote)) \
  F(int, git_remote_download, (git_remote *remote, const git_strarray *refspecs, const \
    git_fetch_options *opts), (remote, refspecs, opts)) \
  F(int, git_remote_fetch, (git_remote *remote, const git_strarray *refspecs, const \
    git_fetch_options *opts, const char *reflog_message), (remote, refspecs, opts, \
    reflog_message)) \
  F(void, git_remote_free, (git_remote *remote), (remote)) \
  F(int, git_remote_is_valid_name, (const char *remote_name), (remote_name)) \
  F(int, git_branch_name_is_valid, (int *valid, const char *name), (valid, name)) \
  F(int, git_remote_ls, (const git_remote_head ***out, size_t *size, git_remote *remote), (out, \
    size, remote)) \
  F(int, git_remote_rename, (git_strarray *problems, git_repository *repo, const char *name, \
    const char *new_name), (problems, repo, name, new_name)) \
  F(int, git_remote_set_pushurl, (git_repository *repo, const char *remote, const char *url), \
    (repo, remote, url)) \
  F(int, git_remote_set_url, (git_repository *repo, const char *remote, const char *url), (repo, \
    remote, url)) \
  F(int, git_repository__cleanup, (git_repository *repo), (repo)) \
  F(int, git_repository_config, (git_config **out, git_repository *repo), (out, repo)) \
  F(int, git_repository_config_snapshot, (git_config **out, git_repository *repo), (out, repo)) \
  F(void, git_repository_free, (git_repository *repo), (repo)) \
  F(int, git_repository_init_ext, (git_repository **out, const char *repo_path, \
    git_repository_init_options *opts), (out, repo_path, opts)) \
  F(int, git_repository_init_options_init, (git_repository_init_options *opts, unsigned int \
    version), (opts, version)) \
  F(int, git_repository_is_bare, (const git_repository *repo), (repo)) \
  F(int, git_repository_is_shallow, (git_repository *repo), (repo)) \
  F(int, git_repository_odb, (git_odb **out, git_repository *repo), (out, repo)) \
  F(int, git_repository_open_ext, (git_repository **out, const char *path, unsigned int flags, \
    const char *ceiling_dirs), (out, path, flags, ceiling_dirs)) \
  F(int, git_revparse_single, (git_object **out, git_repository *repo, const char *spec), (out, \
    repo, spec)) \
  F(void, git_revwalk_free, (git_revwalk *walk), (walk)) \
  F(int, git_revwalk_hide, (git_revwalk *walk, const git_oid *commit_id), (walk, commit_id)) \
  F(int, git_revwalk_new, (git_revwalk **out, git_repository *repo), (out, repo)) \
  F(int, git_revwalk_next, (git_oid *out, git_revwalk *walk), (out, walk)) \
  F(int, git_revwalk_push, (git_revwalk *walk, const git_oid *id), (walk, id)) \
  F(int, git_revwalk_sorting, (git_revwalk *walk, unsigned int sort_mode), (walk, sort_mode)) \
  F(void, git_signature_free, (git_signature *sig), (sig)) \
  F(int, git_signature_new, (git_signature **out, const char *name, const char *email, \
    git_time_t time, int offset), (out, name, email, time, offset)) \
  F(void, git_strarray_dispose, (git_strarray *array), (array)) \
  F(int, git_transport_smart, (git_transport **out, git_remote *owner, void *payload), (out, \
    owner, payload))

#define CGIT2_POINTER(result, name, parameters, arguments) \
  static result (*pointer_to_##name) parameters;
CGIT2_FUNCTIONS(CGIT2_POINTER)
#undef CGIT2_POINTER

static int (*pointer_to_git_libgit2_opts)(int option, ...);

#define CGIT2_LIBRARY "libgit2.so." LIBGIT2_SOVERSION

static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Dependencies that bring many of their own go first: see CCurl.c. */
static const char *const ahead[] = {"libssh2.so.1", "libgssapi_krb5.so.2"};

/* The library stays loaded: its functions may run until the process ends. */
static void load(void) {
  for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) dlopen(ahead[i], RTLD_LAZY);
  void *library = dlopen(CGIT2_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    problem = CGIT2_LIBRARY;
    return;
  }
#define CGIT2_LOOK_UP(result, name, parameters, arguments) \
  pointer_to_##name = (__typeof__(pointer_to_##name))dlsym(library, #name); \
  if (!pointer_to_##name) { \
    problem = #name; \
    return; \
  }
  CGIT2_FUNCTIONS(CGIT2_LOOK_UP)
#undef CGIT2_LOOK_UP
  pointer_to_git_libgit2_opts = (__typeof__(pointer_to_git_libgit2_opts))dlsym(
      library, "git_libgit2_opts");
  if (!pointer_to_git_libgit2_opts) problem = "git_libgit2_opts";
}

const char *cgit2_load(void) {
  pthread_once(&once, load);
  return problem;
}

int cgit2_trust_written_ids(void) {
  return pointer_to_git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
}

void cgit2_bound_memory(void) {
  pointer_to_git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &cgit2_allocator);
  pointer_to_git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECTS, (size_t)CGIT2_MOST_OBJECTS);
  pointer_to_git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)CGIT2_CACHE_SIZE);
  pointer_to_git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)CGIT2_WINDOW_SIZE);
  pointer_to_git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)CGIT2_MAPPED_LIMIT);
}

#define CGIT2_DEFINE(result, name, parameters, arguments) \
  result name parameters { return pointer_to_##name arguments; }
CGIT2_FUNCTIONS(CGIT2_DEFINE)
#undef CGIT2_DEFINE

/* libgit2 as Debian builds it reads the system's whole file of certificate authorities with
 * mbedTLS inside git_libgit2_init: some 4 ms of every start, for an HTTPS transport that is
 * never used here (HTTPS goes through curl). libgit2.so refers to these two functions by
 * name, and the dynamic linker looks into the executable first: in one that exports them, as
 * `sc` does (see Package.swift), what is defined here is called instead. Both refuse: libgit2 then starts without authorities, and its own HTTPS
 * would trust nobody, which is the safe way to be wrong. Where libgit2 is built with another
 * TLS library nobody calls them. */

int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_path(void *chain, const char *path);

/* MBEDTLS_ERR_X509_FILE_IO_ERROR: "Read/write of file failed." */
enum { refused = -0x2900 };

__attribute__((visibility("default"), used)) int
mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}

__attribute__((visibility("default"), used)) int
mbedtls_x509_crt_parse_path(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return refused;
}
#endif
