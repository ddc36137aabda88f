import CArchive
import Glibc

/// Writes the entries of one tar archive through libarchive.
///
/// Lives on the thread of its `TarStream` and never leaves it.
package struct TarWriter: ~Copyable {
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let handoff: ChunkHandoff

  init(handoff: ChunkHandoff) throws(ArchiveError) {
    if let missing = carchive_load() {
      throw ArchiveError(
        .missingLibrary, call: "dlopen",
        "libarchive is needed to pack files, and \(String(cString: missing)) is not there; "
          + "install the Debian package libarchive13")
    }
    guard let archive = carchive_write_new() else {
      throw ArchiveError(.library, call: "archive_write_new", "out of memory")
    }
    guard let entry = carchive_entry_new() else {
      _ = carchive_write_free(archive)
      throw ArchiveError(.library, call: "archive_entry_new", "out of memory")
    }
    do throws(ArchiveError) {
      try Self.open(archive, to: handoff)
    } catch {
      carchive_entry_free(entry)
      _ = carchive_write_free(archive)
      throw error
    }
    self.archive = archive
    self.entry = entry
    self.handoff = handoff
  }

  /// Lets the archive write to a handoff, which its caller keeps for longer.
  private static func open(
    _ archive: OpaquePointer, to handoff: ChunkHandoff
  ) throws(ArchiveError) {
    let failed = [
      carchive_write_set_format_pax_restricted(archive),
      carchive_write_set_bytes_per_block(archive, Int32(TarStream.chunkSize)),
      carchive_write_set_bytes_in_last_block(archive, 1),
      carchive_write_open(archive, Unmanaged.passUnretained(handoff).toOpaque()) {
        _, context, bytes, count in
        guard let context, let bytes, count > 0 else { return 0 }
        let handoff = Unmanaged<ChunkHandoff>.fromOpaque(context).takeUnretainedValue()
        let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(start: bytes, count: count))
          initialized = count
        }
        return handoff.put(chunk) ? count : -1
      },
    ].contains { $0 != ARCHIVE_OK }
    guard !failed else { throw failure("archive_write_open", of: archive) }
  }

  /// An archive that was not finished is marked as failed first, so that freeing it writes no
  /// end that would make it look whole.
  deinit {
    carchive_entry_free(entry)
    _ = carchive_write_fail(archive)
    _ = carchive_write_free(archive)
  }

  /// Throws when nobody wants the archive any more.
  func checkCancellation() throws(ArchiveError) {
    if handoff.isCancelled { throw .abandoned }
  }

  /// Begins an entry; the bytes of a file are to follow.
  package mutating func begin(_ header: TarEntry) throws(ArchiveError) {
    try checkCancellation()
    carchive_entry_clear(entry)
    try Self.checkName(header.path)
    Self.withCString(header.path) { carchive_entry_set_pathname(entry, $0) }
    carchive_entry_set_perm(entry, header.mode)
    carchive_entry_set_mtime(entry, header.modified)
    carchive_entry_set_size(entry, 0)
    try set(header.kind)
    let status = carchive_write_header(archive, entry)
    // libarchive warns that a name is no text, and writes it as it is.
    if !(status == ARCHIVE_WARN && header.hasNameThatIsNoText) {
      try check("archive_write_header", status)
    }
    handoff.countEntry()
  }

  private func set(_ kind: TarEntry.Kind) throws(ArchiveError) {
    carchive_entry_set_filetype(entry, kind.fileType.rawValue)
    switch kind {
    case .file(let size): carchive_entry_set_size(entry, size)
    case .symbolicLink(let target):
      try Self.checkName(target)
      Self.withCString(target) { carchive_entry_set_symlink(entry, $0) }
    case .hardLink(let target):
      Self.withCString(target) { carchive_entry_set_hardlink(entry, $0) }
    case .characterDevice(let device), .blockDevice(let device):
      carchive_entry_set_rdev(entry, device)
    case .folder, .fifo: break
    }
  }

  /// Writes the next bytes of the entry that was begun.
  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    guard bytes.count > 0 else { return }
    let written = carchive_write_data(archive, bytes.baseAddress, bytes.count)
    if written < 0 { try check("archive_write_data", Int32(truncatingIfNeeded: written)) }
    guard written == bytes.count else {
      throw ArchiveError(
        .library, call: "archive_write_data", "more bytes than the entry's header says")
    }
  }

  /// Ends the entry that was begun.
  package mutating func end() throws(ArchiveError) {
    try check("archive_write_finish_entry", carchive_write_finish_entry(archive))
  }

  /// Writes an entry whose bytes are at hand.
  package mutating func add(_ entry: TarEntry, bytes: [UInt8] = []) throws(ArchiveError) {
    try begin(entry)
    var failure: ArchiveError?
    bytes.withUnsafeBytes { buffer in
      do throws(ArchiveError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    try end()
  }

  /// Writes the end of the archive.
  mutating func finish() throws(ArchiveError) {
    try check("archive_write_close", carchive_write_close(archive))
  }

  private func check(_ call: String, _ status: Int32) throws(ArchiveError) {
    guard status != ARCHIVE_OK else { return }
    if handoff.isCancelled { throw .abandoned }
    throw Self.failure(call, of: archive)
  }

  private static func failure(_ call: String, of archive: OpaquePointer) -> ArchiveError {
    let message = carchive_error_string(archive).map { String(cString: $0) } ?? "unknown failure"
    return ArchiveError(.library, call: call, message)
  }

  /// Refuses surrogate pairs in CESU-8, the one malformed text that libarchive would repair and
  /// so change.
  private static func checkName(_ name: [UInt8]) throws(ArchiveError) {
    for (index, byte) in name.enumerated() where byte == 0xED && index + 3 < name.count {
      guard (0xA0...0xAF).contains(name[index + 1]), name[index + 3] == 0xED else { continue }
      throw ArchiveError(
        .name, call: "archive_write_header",
        "'\(String(decoding: name, as: UTF8.self))' has surrogates in its name; rename it to UTF-8")
    }
  }

  private static func withCString(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Void) {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        if let start = characters.baseAddress { body(start) }
      }
    }
  }
}

extension ArchiveError {
  /// The reader went away.
  static let abandoned = ArchiveError(
    .cancelled, call: "archive_write", "nobody reads the archive any more")
}
