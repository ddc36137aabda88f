import Glibc

/// The locale in which libarchive takes names as the UTF-8 that they are.
///
/// It reads names in the thread's locale. With UTF-8 it writes them as they are; names that are
/// none it writes as they are too, marked as binary.
enum UTF8Locale {
  /// Does something with this locale on the thread, and puts the thread's own back.
  static func use<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    let previous = utf8.map { uselocale($0) }
    defer {
      if let previous, let utf8 {
        uselocale(previous)
        freelocale(utf8)
      }
    }
    return try body()
  }
}
