import Glibc
import SystemPackage

/// Lets the disk begin with what is written to a file, so that little is left to be waited for at
/// the end.
///
/// Linux takes the advice as that: it starts to write the range, and waits for nothing.
struct FlushAdvice {
  /// The bytes that the system was told to bring to the disk.
  private var count: Int64 = 0
  private static let size: Int64 = 8 << 20

  /// Notes that a file has so many bytes.
  mutating func note(_ byteCount: Int64, in file: FileDescriptor) {
    guard byteCount - count >= Self.size else { return }
    // Advice that is not taken costs time and no byte.
    _ = posix_fadvise(file.rawValue, off_t(count), off_t(byteCount - count), POSIX_FADV_DONTNEED)
    count = byteCount
  }
}
