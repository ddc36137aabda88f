import CGit2
import SystemPackage

/// A bundle: references and a pack of all that they lead to, in one file that `git clone` takes.
///
/// Source: gitformat-bundle(5), version 2, without prerequisites.
package struct GitBundle {
  private static let signature = "# v2 git bundle\n"

  /// The most bytes of what stands before the pack.
  private static let headerLimit = 64 << 10

  /// The references by their names.
  package let references: [String: GitObjectID]

  /// The bytes before the pack.
  package let headerByteCount: Int

  /// Reads what stands before the pack.
  ///
  /// - Parameter beginning: the first 64 KiB of the file, or all of it.
  /// - Throws: `GitError` when it is no bundle that stands for itself.
  package init(beginning: some Collection<UInt8>) throws(GitError) {
    let bytes = Array(beginning.prefix(Self.headerLimit))
    guard bytes.starts(with: Self.signature.utf8) else { throw Self.failure("it is no git bundle") }
    var references: [String: GitObjectID] = [:]
    var rest = bytes[Self.signature.utf8.count...]
    while let end = rest.firstIndex(of: 0x0A), end > rest.startIndex {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let id = GitObjectID(String(parts[0])) else {
        throw Self.failure(
          line.hasPrefix("-") ? "it needs commits that it does not have" : "a line is no reference")
      }
      references[String(parts[1])] = id
    }
    guard rest.first == 0x0A else { throw Self.failure("its references do not end") }
    self.references = references
    headerByteCount = rest.startIndex + 1
  }

  /// Writes a bundle of a branch, which is its HEAD, too: the same bytes for the same commit.
  package static func write(
    _ commit: GitObjectID, as reference: String, of repository: GitRepository,
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let head = "\(signature)\(commit) \(reference)\n\(commit) HEAD\n\n"
    try Array(head.utf8).withUnsafeBytes { try sink($0) }
    // git's own packs take over what it packed before, and so are others each time.
    try LibraryPack(repository: repository).write(
      PackRequest([commit], without: []), offsets: true, to: sink)
  }

  private static func failure(_ message: String) -> GitError {
    GitError(code: .failed, call: "bundle", message: message, category: .object)
  }
}

extension GitRepository {
  /// Takes a pack that stands for itself.
  ///
  /// - Parameter next: gives the next bytes; none at the end.
  package func takePack(_ next: () throws -> [UInt8]) throws {
    try useLong { handle in
      let database = try checked("git_repository_odb") { git_repository_odb($0, handle) }
      defer { git_odb_free(database) }
      var writer: UnsafeMutablePointer<git_odb_writepack>?
      try check("git_odb_write_pack") { git_odb_write_pack(&writer, database, nil, nil) }
      guard let writer else {
        throw GitError(code: .failed, call: "git_odb_write_pack", message: "no handle")
      }
      defer { writer.pointee.free(writer) }
      var progress = git_indexer_progress()
      while case let bytes = try next(), !bytes.isEmpty {
        try check("git_odb_writepack.append") {
          bytes.withUnsafeBytes {
            writer.pointee.append(writer, $0.baseAddress, $0.count, &progress)
          }
        }
      }
      try check("git_odb_writepack.commit") { writer.pointee.commit(writer, &progress) }
    }
  }
}
