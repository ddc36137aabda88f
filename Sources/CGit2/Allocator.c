/* What libgit2 allocates memory with: it gets no piece that is larger than anything a history has.
 *
 * A pack of a few kilobytes can hold an object of gigabytes. Without a bound libgit2 would ask for
 * as much memory, and the system would end the process. */
#include "CGit2.h"

#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *bounded(void *old, size_t size) {
  if (size > CGIT2_LARGEST_PIECE) {
    git_error_set_oom();
    return NULL;
  }
  void *piece = realloc(old, size ? size : 1);
  if (!piece) git_error_set_oom();
  return piece;
}

static void *array(void *old, size_t count, size_t size) {
  if (size && count > CGIT2_LARGEST_PIECE / size) {
    git_error_set_oom();
    return NULL;
  }
  return bounded(old, count * size);
}

static void *allocate(size_t size, const char *file, int line) {
  (void)file, (void)line;
  return bounded(NULL, size);
}

static void *allocate_zeroes(size_t count, size_t size, const char *file, int line) {
  (void)file, (void)line;
  void *piece = array(NULL, count, size);
  if (piece) memset(piece, 0, count * size);
  return piece;
}

static char *copy_exactly(const char *text, size_t length, const char *file, int line) {
  (void)file, (void)line;
  char *copy = length < SIZE_MAX ? bounded(NULL, length + 1) : NULL;
  if (!copy) return NULL;
  memcpy(copy, text, length);
  copy[length] = 0;
  return copy;
}

static char *copy(const char *text, const char *file, int line) {
  return copy_exactly(text, strlen(text), file, line);
}

static char *copy_at_most(const char *text, size_t length, const char *file, int line) {
  return copy_exactly(text, strnlen(text, length), file, line);
}

static void *reallocate(void *old, size_t size, const char *file, int line) {
  (void)file, (void)line;
  return bounded(old, size);
}

static void *reallocate_array(void *old, size_t count, size_t size, const char *file, int line) {
  (void)file, (void)line;
  return array(old, count, size);
}

static void *allocate_array(size_t count, size_t size, const char *file, int line) {
  (void)file, (void)line;
  return array(NULL, count, size);
}

git_allocator cgit2_allocator = {
    .gmalloc = allocate,
    .gcalloc = allocate_zeroes,
    .gstrdup = copy,
    .gstrndup = copy_at_most,
    .gsubstrdup = copy_exactly,
    .grealloc = reallocate,
    .greallocarray = reallocate_array,
    .gmallocarray = allocate_array,
    .gfree = free,
};
