/// The kinds of file of `st_mode` (POSIX `sys/stat.h`), as libarchive takes them too.
enum FileType: UInt32 {
  case fifo = 0o010000
  case characterDevice = 0o020000
  case folder = 0o040000
  case blockDevice = 0o060000
  case file = 0o100000
  case symbolicLink = 0o120000
  case socket = 0o140000

  /// The kind that those mode bits say; nil for one that Linux does not have.
  init?(mode: UInt32) { self.init(rawValue: mode & 0o170000) }
}
