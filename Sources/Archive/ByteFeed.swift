import CArchive

/// Bytes for libarchive to read, as they come.
final class ByteFeed {
  private let next: () throws(ArchiveError) -> UnsafeRawBufferPointer?

  /// How many bytes were asked for.
  private(set) var byteCount: Int64 = 0

  /// Why there were no more; nil where they came to their end.
  private(set) var error: ArchiveError?

  /// - Parameter next: the next bytes, valid until it is called again; nil at their end.
  init(_ next: @escaping () throws(ArchiveError) -> UnsafeRawBufferPointer?) { self.next = next }

  /// Lets a reader read these bytes, which must stay as long as it does; libarchive's status.
  func open(_ archive: OpaquePointer) -> Int32 {
    carchive_read_open(archive, Unmanaged.passUnretained(self).toOpaque()) { _, context, place in
      guard let context, let place else { return -1 }
      return Unmanaged<ByteFeed>.fromOpaque(context).takeUnretainedValue().give(place)
    }
  }

  private func give(_ place: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(ArchiveError) {
      guard let bytes = try next() else { return 0 }
      place.pointee = bytes.baseAddress
      byteCount += Int64(bytes.count)
      return bytes.count
    } catch {
      self.error = error
      return -1
    }
  }
}
