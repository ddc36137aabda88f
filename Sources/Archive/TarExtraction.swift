import CArchive
import Dispatch
import Glibc
import SystemPackage

/// Extracts a tar archive into a folder as its bytes come.
///
/// A member that would leave the folder, by its name, by a link on the way or by a hard link to
/// something outside, ends the extraction.
package struct TarExtraction: Sendable {
  /// The folder, without links in its path.
  private let folder: FilePath

  /// What the first part of every member's name becomes; empty for nothing, so that what is in
  /// the archive's one folder lands in the folder itself.
  private let name: [UInt8]

  /// Whether owners and groups come from the archive.
  private let keepsOwners: Bool

  /// Whether a member is wanted, by its path without the first part.
  private let takes: @Sendable (String) -> Bool

  /// - Throws: `ArchiveError` of code `notFound` when there is no such folder.
  package init(
    into folder: FilePath, as name: String, keepsOwners: Bool = false,
    takes: @escaping @Sendable (String) -> Bool = { _ in true }
  ) throws(ArchiveError) {
    guard let resolved = folder.withPlatformString({ realpath($0, nil) }) else {
      throw ArchiveError("realpath", folder.string, Errno(rawValue: errno))
    }
    defer { free(resolved) }
    self.folder = FilePath(platformString: resolved)
    self.name = Array(name.utf8)
    self.keepsOwners = keepsOwners
    self.takes = takes
  }

  /// Extracts all that comes.
  ///
  /// libarchive blocks, so it reads a pipe on a thread of its own, which ends with the pipe.
  package func extract(
    _ chunks: some AsyncSequence<[UInt8], any Error>
  ) async throws {
    let (reader, writer) = try FileDescriptor.pipe(options: .closeOnExec)
    let (reading, writing) = (
      DispatchQueue(label: "smartcontainers.extract"), DispatchQueue(label: "smartcontainers.pipe")
    )
    async let extracted: Void = Self.run(on: reading) {
      defer { Self.drain(reader) }
      try extractAll(from: reader.rawValue)
    }
    do {
      for try await chunk in chunks {
        try await Self.run(on: writing) { _ = try writer.writeAll(chunk) }
      }
      try? writer.close()
    } catch {
      try? writer.close()
      try? await extracted
      throw error
    }
    try await extracted
  }

  /// Reads what nobody wants any more: a writer to a pipe without a reader would be killed.
  private static func drain(_ reader: FileDescriptor) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer {
      buffer.deallocate()
      try? reader.close()
    }
    while let count = try? reader.read(into: buffer), count > 0 {}
  }

  private static func run(
    on queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Void
  ) async throws {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result(catching: body)) }
    }
  }

  private func extractAll(from file: Int32) throws(ArchiveError) {
    try UTF8Locale.use { () throws(ArchiveError) in
      try TarReader(file).extractAll(
        keepingOwners: keepsOwners
      ) { (path) throws(ArchiveError) in try place(of: path) }
    }
  }

  /// Where a member goes; nil for the folder itself.
  private func place(of member: [UInt8]) throws(ArchiveError) -> FilePath? {
    let slash = UInt8(ascii: "/")
    let parts = member.split(separator: slash).filter { $0 != [UInt8(ascii: ".")] }
    guard member.first != slash, !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
      throw ArchiveError(
        .name, call: "extract",
        "the archive has a member outside of its folder: \(String(decoding: member, as: UTF8.self))"
      )
    }
    let rest = parts.dropFirst().map(Array.init)
    let own = name.isEmpty ? rest : [name] + rest
    let inner = Array(rest.joined(separator: [slash]))
    guard !own.isEmpty, takes(String(decoding: inner, as: UTF8.self)) else { return nil }
    return folder.appending(bytes: Array(own.joined(separator: [slash])))
  }
}
