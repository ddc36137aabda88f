import Glibc
import SystemPackage

extension FilePath {
  /// The path with a relative one of any bytes after it.
  func appending(bytes: [UInt8]) -> FilePath {
    guard !bytes.isEmpty else { return self }
    return (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return self }
      return pushing(FilePath(platformString: start))
    }
  }

  /// The bytes of the path.
  var bytes: [UInt8] {
    withPlatformString { start in
      Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
    }
  }

  /// The path with more bytes in its last component.
  func appending(suffix: String) -> FilePath {
    FilePath("").appending(bytes: bytes + Array(suffix.utf8))
  }
}
