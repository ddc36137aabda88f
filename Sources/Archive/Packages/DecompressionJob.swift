import CArchive
import Dispatch
import Glibc
import Synchronization

/// Unpacks a compressed file, piece by piece, on a thread that it blocks.
///
/// `@unchecked`: a piece belongs to the thread from the semaphore that hands it over to the one
/// that gives it back, and all else is in the mutex or never changes.
final class DecompressionJob: @unchecked Sendable {
  private static let pieceSize = 256 << 10
  static let pieceCount = 4

  private struct State {
    var counts = [Int](repeating: 0, count: DecompressionJob.pieceCount)

    /// The pieces that were filled so far.
    var produced = 0
    var end: Result<Void, ArchiveError>?
    var bytesRead: Int64 = 0
    var isCancelled = false
  }

  private let file: PackageFile
  private let format: PackageFormat
  private let limits: PackageLimits
  private let pieces: UnsafeMutableRawBufferPointer
  private let state = Mutex(State())
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  init(_ file: PackageFile, _ format: PackageFormat, _ limits: PackageLimits) {
    self.file = file
    self.format = format
    self.limits = limits
    pieces = .allocate(byteCount: Self.pieceSize * Self.pieceCount, alignment: 64)
  }

  deinit { pieces.deallocate() }

  /// The bytes of the file that were read.
  var bytesRead: Int64 { state.withLock { $0.bytesRead } }

  /// Lets one more piece be filled.
  func giveBack() { free.signal() }

  /// Ends it as soon as it comes to a piece.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    free.signal()
  }

  /// Waits for the piece after so many; nil at the end.
  func take(after taken: Int) throws(ArchiveError) -> UnsafeRawBufferPointer? {
    filled.wait()
    let index = taken % Self.pieceCount
    let (count, end) = state.withLock { state in
      (taken < state.produced ? state.counts[index] : 0, state.end)
    }
    guard count > 0 else {
      // Whoever asks again is told again.
      filled.signal()
      try end?.get()
      return nil
    }
    return UnsafeRawBufferPointer(rebasing: piece(index)[..<count])
  }

  private func piece(_ index: Int) -> UnsafeMutableRawBufferPointer {
    let start = index * Self.pieceSize
    return UnsafeMutableRawBufferPointer(rebasing: pieces[start..<(start + Self.pieceSize)])
  }

  /// Unpacks to the end, or until it is cancelled.
  func run() {
    let end: Result<Void, ArchiveError>
    do throws(ArchiveError) {
      try unpack()
      end = .success(())
    } catch {
      end = .failure(error)
    }
    state.withLock { $0.end = end }
    filled.signal()
  }

  private func unpack() throws(ArchiveError) {
    guard let archive = carchive_read_new() else {
      throw ArchiveError(.library, call: "archive_read_new", "out of memory")
    }
    defer { _ = carchive_read_free(archive) }
    // One filter by name: libarchive would else look for compression within compression.
    let filter = format == .tarGzip ? ARCHIVE_FILTER_GZIP : ARCHIVE_FILTER_ZSTD
    var entry: OpaquePointer?
    guard lseek(file.descriptor, 0, SEEK_SET) == 0,
      carchive_read_append_filter(archive, filter) == ARCHIVE_OK,
      carchive_read_support_format_raw(archive) == ARCHIVE_OK,
      carchive_read_open_fd(archive, file.descriptor, 128 << 10) == ARCHIVE_OK,
      carchive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { throw .damaged(archive) }
    var (index, unpacked) = (0, Int64(0))
    while true {
      free.wait()
      if state.withLock({ $0.isCancelled }) { return }
      let piece = piece(index)
      let count = carchive_read_data(archive, piece.baseAddress, piece.count)
      guard count >= 0 else { throw .damaged(archive) }
      let read = carchive_filter_bytes(archive, -1)
      unpacked += Int64(count)
      try limits.check(unpacked, of: read)
      // A gzip file's end is not the file's, where something follows it.
      guard count > 0 || read == file.size else {
        throw ArchiveError(
          .damaged, call: "archive_read_data", "something follows the end of the package")
      }
      state.withLock {
        $0.counts[index] = count
        $0.produced += count > 0 ? 1 : 0
        $0.bytesRead = read
      }
      guard count > 0 else { return }
      filled.signal()
      index = (index + 1) % Self.pieceCount
    }
  }
}

extension PackageLimits {
  /// Whether so many bytes may have been unpacked of those that were read.
  func check(_ unpacked: Int64, of read: Int64) throws(ArchiveError) {
    guard unpacked <= unpackedSize else { throw .tooLarge(self) }
    let (most, overflows) = max(read, 1).multipliedReportingOverflow(by: ratio)
    guard overflows || unpacked <= max(most, freelyUnpacked) else { throw .tooDense(self) }
  }
}

extension ArchiveError {
  /// What libarchive says of a package that it cannot read.
  static func damaged(_ archive: OpaquePointer) -> ArchiveError {
    let words = carchive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return ArchiveError(.damaged, call: "archive_read", "the package is damaged: \(words)")
  }

  static func tooLarge(_ limits: PackageLimits) -> ArchiveError {
    ArchiveError(
      .limit, call: "read", "the package unpacks to more than \(limits.unpackedSize) bytes")
  }

  static func tooDense(_ limits: PackageLimits) -> ArchiveError {
    ArchiveError(
      .limit, call: "read",
      "the package unpacks to more than \(limits.ratio) times its size; "
        + "if it is yours, and has many zeros, allow it more")
  }
}
