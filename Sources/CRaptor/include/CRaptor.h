/* How Swift sees libraptor2: entry points that are looked up when they are first needed, as those of
   libarchive are. They are declared here, as the library's binary interface libraptor2.so.0 has
   them, because Debian's libraptor2-dev cannot be installed beside libcurl4-openssl-dev. */
#ifndef CRAPTOR_H
#define CRAPTOR_H

#include <stddef.h>

/* The oldest version whose interface this is: 2.0.15. */
#define CRAPTOR_VERSION 20015

typedef struct raptor_world_s raptor_world;
typedef struct raptor_parser_s raptor_parser;
typedef struct raptor_uri_s raptor_uri;

typedef struct {
  raptor_uri *uri;
  const char *file;
  int line;
  int column;
  int byte;
} raptor_locator;

typedef enum {
  RAPTOR_TERM_TYPE_UNKNOWN = 0,
  RAPTOR_TERM_TYPE_URI = 1,
  RAPTOR_TERM_TYPE_LITERAL = 2,
  RAPTOR_TERM_TYPE_BLANK = 4
} raptor_term_type;

typedef struct {
  unsigned char *string;
  unsigned int string_len;
  raptor_uri *datatype;
  unsigned char *language;
  unsigned char language_len;
} raptor_term_literal_value;

typedef struct {
  unsigned char *string;
  unsigned int string_len;
} raptor_term_blank_value;

typedef union {
  raptor_uri *uri;
  raptor_term_literal_value literal;
  raptor_term_blank_value blank;
} raptor_term_value;

typedef struct {
  raptor_world *world;
  int usage;
  raptor_term_type type;
  raptor_term_value value;
} raptor_term;

typedef struct {
  raptor_world *world;
  int usage;
  raptor_term *subject;
  raptor_term *predicate;
  raptor_term *object;
  raptor_term *graph;
} raptor_statement;

/* Of the levels: what ends the reading. */
enum { CRAPTOR_LOG_LEVEL_ERROR = 5 };

typedef struct {
  int code;
  int domain;
  int level;
  raptor_locator *locator;
  const char *text;
} raptor_log_message;

/* Of the options: deny requests to a network, and the reading of files. */
enum { CRAPTOR_OPTION_NO_NET = 15, CRAPTOR_OPTION_NO_FILE = 38 };

typedef void (*raptor_log_handler)(void *context, raptor_log_message *message);
typedef void (*raptor_statement_handler)(void *context, raptor_statement *statement);

raptor_world *raptor_new_world_internal(unsigned int version);
void raptor_free_world(raptor_world *world);
int raptor_world_open(raptor_world *world);
int raptor_world_set_log_handler(raptor_world *world, void *context, raptor_log_handler handler);
raptor_parser *raptor_new_parser(raptor_world *world, const char *name);
void raptor_free_parser(raptor_parser *parser);
int raptor_parser_set_option(raptor_parser *parser, int option, const char *text, int value);
void raptor_parser_set_statement_handler(
    raptor_parser *parser, void *context, raptor_statement_handler handler);
int raptor_parser_parse_start(raptor_parser *parser, raptor_uri *base);
int raptor_parser_parse_chunk(
    raptor_parser *parser, const unsigned char *bytes, size_t count, int is_end);
void raptor_parser_parse_abort(raptor_parser *parser);
raptor_locator *raptor_parser_get_locator(raptor_parser *parser);
raptor_uri *raptor_new_uri(raptor_world *world, const unsigned char *text);
void raptor_free_uri(raptor_uri *uri);
unsigned char *raptor_uri_as_counted_string(raptor_uri *uri, size_t *count);

/* Each entry point with the type of its own declaration. To use another one, add its name here
   and a wrapper below. */
#define CRAPTOR_ENTRY_POINTS(entry) \
  entry(raptor_new_world_internal) \
  entry(raptor_free_world) \
  entry(raptor_world_open) \
  entry(raptor_world_set_log_handler) \
  entry(raptor_new_parser) \
  entry(raptor_free_parser) \
  entry(raptor_parser_set_option) \
  entry(raptor_parser_set_statement_handler) \
  entry(raptor_parser_parse_start) \
  entry(raptor_parser_parse_chunk) \
  entry(raptor_parser_parse_abort) \
  entry(raptor_parser_get_locator) \
  entry(raptor_new_uri) \
  entry(raptor_free_uri) \
  entry(raptor_uri_as_counted_string)

struct craptor_table {
#define CRAPTOR_MEMBER(name) __typeof__(name) *name;
  CRAPTOR_ENTRY_POINTS(CRAPTOR_MEMBER)
#undef CRAPTOR_MEMBER
};

extern struct craptor_table craptor;

/* Loads the library once; NULL when it is there, else what is missing. Any thread may ask, and
   the wrappers may only be called after it answered NULL. */
const char *craptor_load(void);

/* The version of the library; NULL before it is loaded. */
const char *craptor_library_version(void);

static inline raptor_world *craptor_new_world(void) {
  return craptor.raptor_new_world_internal(CRAPTOR_VERSION);
}
static inline void craptor_free_world(raptor_world *world) { craptor.raptor_free_world(world); }
static inline int craptor_world_open(raptor_world *world) {
  return craptor.raptor_world_open(world);
}
static inline int craptor_world_set_log_handler(
    raptor_world *world, void *context, raptor_log_handler handler) {
  return craptor.raptor_world_set_log_handler(world, context, handler);
}
static inline raptor_parser *craptor_new_parser(raptor_world *world, const char *name) {
  return craptor.raptor_new_parser(world, name);
}
static inline void craptor_free_parser(raptor_parser *parser) {
  craptor.raptor_free_parser(parser);
}
static inline int craptor_parser_set_option(
    raptor_parser *parser, int option, int value) {
  return craptor.raptor_parser_set_option(parser, option, NULL, value);
}
static inline void craptor_parser_set_statement_handler(
    raptor_parser *parser, void *context, raptor_statement_handler handler) {
  craptor.raptor_parser_set_statement_handler(parser, context, handler);
}
static inline int craptor_parser_parse_start(raptor_parser *parser, raptor_uri *base) {
  return craptor.raptor_parser_parse_start(parser, base);
}
static inline int craptor_parser_parse_chunk(
    raptor_parser *parser, const unsigned char *bytes, size_t count, int is_end) {
  return craptor.raptor_parser_parse_chunk(parser, bytes, count, is_end);
}
static inline void craptor_parser_parse_abort(raptor_parser *parser) {
  craptor.raptor_parser_parse_abort(parser);
}
static inline raptor_uri *craptor_new_uri(raptor_world *world, const unsigned char *text) {
  return craptor.raptor_new_uri(world, text);
}
static inline void craptor_free_uri(raptor_uri *uri) { craptor.raptor_free_uri(uri); }
static inline const unsigned char *craptor_uri_text(raptor_uri *uri, size_t *count) {
  return craptor.raptor_uri_as_counted_string(uri, count);
}

static inline raptor_locator *craptor_parser_locator(raptor_parser *parser) {
  return craptor.raptor_parser_get_locator(parser);
}

#endif
