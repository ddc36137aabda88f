import CArchive
import Canonical
import Glibc
import SystemPackage

/// A package that was written.
package struct WrittenPackage: Sendable, Hashable {
  /// The size of the file.
  package let byteCount: Int64

  /// The SHA-256 of the file, which was taken as it was written.
  package let digest: SHA256Digest
}

/// Writes a package: one file whose bytes follow from what is added, and from nothing else.
///
/// Owners, names, locale, time zone, umask and the number of threads leave no trace. It blocks, so
/// its caller gives it a thread. Nothing has the file's name until `finish()`; without it, nothing
/// is left.
package final class PackageWriter {
  /// The most that is asked of a member's content at once.
  private static let chunkSize = 256 << 10

  package let format: PackageFormat
  private let modified: Int64
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let file: PendingFile
  private let buffer: UnsafeMutableRawBufferPointer
  private var names: MemberNames
  private var isUsable = true

  /// Begins the file.
  ///
  /// - Parameters:
  ///   - file: its name says the format.
  ///   - modified: the time of every member, in seconds since 1970; zip, whose times are of some
  ///     time zone, has none.
  ///   - threads: that compress to Zstandard beside the caller's. More than one take more memory
  ///     and give the same bytes.
  ///   - replaces: whether an existing file gives way to the finished one.
  ///   - limits: what a reader is expected to take.
  /// - Throws: `ArchiveError` of the codes `format`, `exists`, `notFound`, `unwritable`, `full`.
  package init(
    _ file: FilePath, modified: Int64, threads: Int = 1, replaces: Bool = false,
    limits: PackageLimits = PackageLimits()
  ) throws(ArchiveError) {
    let format = try PackageFormat(named: file)
    // What the time of a ustar header can say.
    guard (0..<(1 << 33)).contains(modified) else {
      throw ArchiveError(.name, call: "init", "\(modified) is no time that a package can have")
    }
    try LibArchive.require()
    guard let archive = carchive_write_new() else {
      throw ArchiveError(.library, call: "archive_write_new", "out of memory")
    }
    guard let entry = carchive_entry_new() else {
      _ = carchive_write_free(archive)
      throw ArchiveError(.library, call: "archive_entry_new", "out of memory")
    }
    do throws(ArchiveError) {
      let file = try PendingFile(file, replaces: replaces)
      self.file = file
      // The option about names is of the locale that it is set in.
      try UTF8Locale.use { () throws(ArchiveError) in
        try Self.open(archive, format, threads: threads, to: file)
      }
    } catch {
      carchive_entry_free(entry)
      _ = carchive_write_free(archive)
      throw error
    }
    self.archive = archive
    self.entry = entry
    self.format = format
    self.modified = modified
    buffer = .allocate(byteCount: Self.chunkSize, alignment: 64)
    names = MemberNames(limits)
  }

  private static func open(
    _ archive: OpaquePointer, _ format: PackageFormat, threads: Int, to file: PendingFile
  ) throws(ArchiveError) {
    let failed = format.configure(archive, threads: max(threads, 1))
      .contains { $0 != ARCHIVE_OK }
    guard !failed else { throw failure("archive_write_set_options", of: archive) }
    let status = carchive_write_open(archive, Unmanaged.passUnretained(file).toOpaque()) {
      _, context, bytes, count in
      guard let context, let bytes, count > 0 else { return 0 }
      let file = Unmanaged<PendingFile>.fromOpaque(context).takeUnretainedValue()
      return file.write(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
    }
    guard status == ARCHIVE_OK else { throw failure("archive_write_open", of: archive) }
  }

  /// An archive that was not finished is marked as failed first, so that freeing it writes no end.
  deinit {
    carchive_entry_free(entry)
    _ = carchive_write_fail(archive)
    _ = carchive_write_free(archive)
    buffer.deallocate()
  }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - path: as `PackageReader` takes it, too: relative, of plain names, no other spelling of one
  ///     that was added.
  ///   - size: the bytes that will come.
  ///   - content: puts the next bytes into the buffer and returns how many; 0 at the end.
  /// - Returns: the SHA-256 of the content.
  /// - Throws: `ArchiveError`, or what `content` throws; after either the package cannot be
  ///   finished. A name that is refused changes nothing.
  @discardableResult
  package func add(
    _ path: String, size: Int64, isExecutable: Bool = false,
    content: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> SHA256Digest {
    try begin(path, .file, mode: isExecutable ? 0o755 : 0o644, size: size)
    isUsable = false
    var hasher = SHA256Hasher()
    while true {
      // The last byte asked for is one that should not be there.
      let left = min(size - hasher.byteCount, Int64(buffer.count))
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<max(Int(left), 1)])
      let count = try content(room)
      guard (0...room.count).contains(count) else {
        throw ArchiveError(
          .size, call: "add", "the content of '\(MemberName.shown(path))' overran its buffer")
      }
      guard count > 0 else { break }
      guard Int64(count) <= left else { throw Self.lie(path, "more", size) }
      let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
      hasher.update(bytes)
      try write(bytes)
    }
    guard hasher.byteCount == size else { throw Self.lie(path, "fewer", size) }
    try check("archive_write_finish_entry", carchive_write_finish_entry(archive))
    isUsable = true
    return hasher.finalize()
  }

  /// Adds a file whose bytes are at hand.
  @discardableResult
  package func add(
    _ path: String, bytes: [UInt8], isExecutable: Bool = false
  ) throws -> SHA256Digest {
    var rest = bytes[...]
    return try add(path, size: Int64(bytes.count), isExecutable: isExecutable) { buffer in
      let chunk = rest.prefix(buffer.count)
      buffer.copyBytes(from: chunk)
      rest = rest.dropFirst(chunk.count)
      return chunk.count
    }
  }

  /// Adds a folder; only an empty one needs it.
  package func addFolder(_ path: String) throws(ArchiveError) {
    try begin(path, .folder, mode: 0o755, size: 0)
    try check("archive_write_finish_entry", carchive_write_finish_entry(archive))
  }

  /// Writes the end, and gives the file its name.
  ///
  /// - Returns: the size and the digest of the file.
  @discardableResult
  package func finish() throws(ArchiveError) -> WrittenPackage {
    try requireUsable()
    isUsable = false
    try UTF8Locale.use { () throws(ArchiveError) in
      try check("archive_write_close", carchive_write_close(archive))
    }
    try file.place()
    return WrittenPackage(byteCount: file.hasher.byteCount, digest: file.hasher.finalize())
  }

  private func begin(
    _ path: String, _ type: FileType, mode: UInt32, size: Int64
  ) throws(ArchiveError) {
    try requireUsable()
    guard size >= 0 else { throw Self.lie(path, "more", size) }
    if let fault = names.fault(of: path, isFolder: type == .folder) {
      throw ArchiveError(
        .name, call: "add", "'\(MemberName.shown(path))' cannot be in a package: it \(fault)")
    }
    carchive_entry_clear(entry)
    carchive_entry_set_filetype(entry, type.rawValue)
    carchive_entry_set_perm(entry, mode)
    carchive_entry_set_size(entry, size)
    // As local time in zip, it would be another one on each machine.
    if format != .zip { carchive_entry_set_mtime(entry, modified) }
    try UTF8Locale.use { () throws(ArchiveError) in
      path.withCString { carchive_entry_set_pathname(entry, $0) }
      try check("archive_write_header", carchive_write_header(archive, entry))
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    let written = carchive_write_data(archive, bytes.baseAddress, bytes.count)
    if written < 0 { try check("archive_write_data", Int32(truncatingIfNeeded: written)) }
    guard written == bytes.count else {
      throw ArchiveError(.library, call: "archive_write_data", "it took only \(written) bytes")
    }
  }

  private func requireUsable() throws(ArchiveError) {
    guard isUsable else {
      throw ArchiveError(.library, call: "add", "the package failed before, or is finished")
    }
  }

  private func check(_ call: String, _ status: Int32) throws(ArchiveError) {
    guard status != ARCHIVE_OK else { return }
    isUsable = false
    throw file.failure ?? Self.failure(call, of: archive)
  }

  private static func lie(_ path: String, _ quantity: String, _ size: Int64) -> ArchiveError {
    ArchiveError(
      .size, call: "add", "'\(MemberName.shown(path))' has \(quantity) bytes than the \(size) told")
  }

  private static func failure(_ call: String, of archive: OpaquePointer) -> ArchiveError {
    let words = carchive_error_string(archive).map { String(cString: $0) } ?? "unknown failure"
    return ArchiveError(.library, call: call, "the package cannot be written: \(words)")
  }
}
