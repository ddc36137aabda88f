/* How Swift sees libarchive: the types of its headers, and entry points that are looked up when
   they are first needed. A program that links with --as-needed then loads the library only in the
   commands that use it (2.5 ms of start-up). */
#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

/* Each entry point with the type of its own declaration. To use another one, add its name here
   and a wrapper below. */
#define CARCHIVE_ENTRY_POINTS(entry) \
  entry(archive_write_new) \
  entry(archive_write_set_format_pax_restricted) \
  entry(archive_write_set_format_zip) \
  entry(archive_write_add_filter_gzip) \
  entry(archive_write_add_filter_zstd) \
  entry(archive_write_set_options) \
  entry(archive_write_set_bytes_per_block) \
  entry(archive_write_set_bytes_in_last_block) \
  entry(archive_write_open) \
  entry(archive_write_header) \
  entry(archive_write_data) \
  entry(archive_write_finish_entry) \
  entry(archive_write_close) \
  entry(archive_write_fail) \
  entry(archive_write_free) \
  entry(archive_error_string) \
  entry(archive_version_string) \
  entry(archive_entry_new) \
  entry(archive_entry_clear) \
  entry(archive_entry_free) \
  entry(archive_entry_set_pathname) \
  entry(archive_entry_set_filetype) \
  entry(archive_entry_set_perm) \
  entry(archive_entry_set_size) \
  entry(archive_entry_set_mtime) \
  entry(archive_entry_set_symlink) \
  entry(archive_entry_set_hardlink) \
  entry(archive_entry_set_rdev) \
  entry(archive_entry_pathname) \
  entry(archive_entry_hardlink) \
  entry(archive_entry_symlink) \
  entry(archive_entry_size) \
  entry(archive_entry_filetype) \
  entry(archive_read_new) \
  entry(archive_read_support_format_tar) \
  entry(archive_read_support_format_raw) \
  entry(archive_read_support_format_zip_seekable) \
  entry(archive_read_append_filter) \
  entry(archive_read_open) \
  entry(archive_read_open_fd) \
  entry(archive_read_open_memory) \
  entry(archive_read_next_header) \
  entry(archive_read_data) \
  entry(archive_read_data_block) \
  entry(archive_filter_bytes) \
  entry(archive_read_extract2) \
  entry(archive_read_free) \
  entry(archive_write_disk_new) \
  entry(archive_write_disk_set_options)

struct carchive_table {
#define CARCHIVE_MEMBER(name) __typeof__(name) *name;
  CARCHIVE_ENTRY_POINTS(CARCHIVE_MEMBER)
#undef CARCHIVE_MEMBER
};

extern struct carchive_table carchive;

/* Loads the library once; NULL when it is there, else what is missing. Any thread may ask, and
   the wrappers may only be called after it answered NULL. */
const char *carchive_load(void);

static inline const char *carchive_version(void) { return carchive.archive_version_string(); }
static inline struct archive *carchive_write_new(void) {
  return carchive.archive_write_new();
}
static inline int carchive_write_set_format_pax_restricted(struct archive *a) {
  return carchive.archive_write_set_format_pax_restricted(a);
}
static inline int carchive_write_set_format_zip(struct archive *a) {
  return carchive.archive_write_set_format_zip(a);
}
static inline int carchive_write_add_filter_gzip(struct archive *a) {
  return carchive.archive_write_add_filter_gzip(a);
}
static inline int carchive_write_add_filter_zstd(struct archive *a) {
  return carchive.archive_write_add_filter_zstd(a);
}
static inline int carchive_write_set_options(struct archive *a, const char *options) {
  return carchive.archive_write_set_options(a, options);
}
static inline int carchive_write_set_bytes_per_block(struct archive *a, int bytes) {
  return carchive.archive_write_set_bytes_per_block(a, bytes);
}
static inline int carchive_write_set_bytes_in_last_block(struct archive *a, int bytes) {
  return carchive.archive_write_set_bytes_in_last_block(a, bytes);
}
static inline int carchive_write_open(
    struct archive *a, void *context, archive_write_callback *write) {
  return carchive.archive_write_open(a, context, NULL, write, NULL);
}
static inline int carchive_write_header(struct archive *a, struct archive_entry *e) {
  return carchive.archive_write_header(a, e);
}
static inline la_ssize_t carchive_write_data(struct archive *a, const void *bytes, size_t count) {
  return carchive.archive_write_data(a, bytes, count);
}
static inline int carchive_write_finish_entry(struct archive *a) {
  return carchive.archive_write_finish_entry(a);
}
static inline int carchive_write_close(struct archive *a) {
  return carchive.archive_write_close(a);
}
static inline int carchive_write_fail(struct archive *a) {
  return carchive.archive_write_fail(a);
}
static inline int carchive_write_free(struct archive *a) {
  return carchive.archive_write_free(a);
}
static inline const char *carchive_error_string(struct archive *a) {
  return carchive.archive_error_string(a);
}
static inline struct archive_entry *carchive_entry_new(void) {
  return carchive.archive_entry_new();
}
static inline void carchive_entry_clear(struct archive_entry *e) {
  carchive.archive_entry_clear(e);
}
static inline void carchive_entry_free(struct archive_entry *e) {
  carchive.archive_entry_free(e);
}
static inline void carchive_entry_set_pathname(struct archive_entry *e, const char *path) {
  carchive.archive_entry_set_pathname(e, path);
}
static inline void carchive_entry_set_filetype(struct archive_entry *e, unsigned int type) {
  carchive.archive_entry_set_filetype(e, type);
}
static inline void carchive_entry_set_perm(struct archive_entry *e, unsigned int mode) {
  carchive.archive_entry_set_perm(e, mode);
}
static inline void carchive_entry_set_size(struct archive_entry *e, la_int64_t bytes) {
  carchive.archive_entry_set_size(e, bytes);
}
static inline void carchive_entry_set_mtime(struct archive_entry *e, long long seconds) {
  carchive.archive_entry_set_mtime(e, (time_t)seconds, 0);
}
static inline void carchive_entry_set_symlink(struct archive_entry *e, const char *target) {
  carchive.archive_entry_set_symlink(e, target);
}
static inline void carchive_entry_set_hardlink(struct archive_entry *e, const char *target) {
  carchive.archive_entry_set_hardlink(e, target);
}
static inline void carchive_entry_set_rdev(struct archive_entry *e, unsigned long long device) {
  carchive.archive_entry_set_rdev(e, (dev_t)device);
}

static inline const char *carchive_entry_pathname(struct archive_entry *e) {
  return carchive.archive_entry_pathname(e);
}
static inline const char *carchive_entry_hardlink(struct archive_entry *e) {
  return carchive.archive_entry_hardlink(e);
}
static inline const char *carchive_entry_symlink(struct archive_entry *e) {
  return carchive.archive_entry_symlink(e);
}
static inline la_int64_t carchive_entry_size(struct archive_entry *e) {
  return carchive.archive_entry_size(e);
}
static inline unsigned int carchive_entry_filetype(struct archive_entry *e) {
  return carchive.archive_entry_filetype(e);
}
static inline struct archive *carchive_read_new(void) { return carchive.archive_read_new(); }
static inline int carchive_read_support_format_tar(struct archive *a) {
  return carchive.archive_read_support_format_tar(a);
}
static inline int carchive_read_support_format_raw(struct archive *a) {
  return carchive.archive_read_support_format_raw(a);
}
static inline int carchive_read_support_format_zip_seekable(struct archive *a) {
  return carchive.archive_read_support_format_zip_seekable(a);
}
static inline int carchive_read_append_filter(struct archive *a, int code) {
  return carchive.archive_read_append_filter(a, code);
}
static inline int carchive_read_open(
    struct archive *a, void *context, archive_read_callback *read) {
  return carchive.archive_read_open(a, context, NULL, read, NULL);
}
static inline int carchive_read_open_fd(struct archive *a, int file, size_t block) {
  return carchive.archive_read_open_fd(a, file, block);
}
static inline int carchive_read_open_memory(
    struct archive *a, const void *bytes, size_t count) {
  return carchive.archive_read_open_memory(a, bytes, count);
}
static inline ssize_t carchive_read_data(struct archive *a, void *bytes, size_t count) {
  return carchive.archive_read_data(a, bytes, count);
}
static inline int carchive_read_data_block(
    struct archive *a, const void **bytes, size_t *count, la_int64_t *offset) {
  return carchive.archive_read_data_block(a, bytes, count, offset);
}
static inline la_int64_t carchive_filter_bytes(struct archive *a, int index) {
  return carchive.archive_filter_bytes(a, index);
}
static inline int carchive_read_next_header(struct archive *a, struct archive_entry **e) {
  return carchive.archive_read_next_header(a, e);
}
static inline int carchive_read_extract2(
    struct archive *a, struct archive_entry *e, struct archive *disk) {
  return carchive.archive_read_extract2(a, e, disk);
}
static inline int carchive_read_free(struct archive *a) { return carchive.archive_read_free(a); }
static inline struct archive *carchive_write_disk_new(void) {
  return carchive.archive_write_disk_new();
}
static inline int carchive_write_disk_set_options(struct archive *a, int flags) {
  return carchive.archive_write_disk_set_options(a, flags);
}

#endif
