import Canonical
import SystemPackage

/// Writes a package that is a bag: payload under `data/`, tag files beside it, and the SHA-256 of
/// everything.
///
/// Source: RFC 8493 (BagIt 1.0), serialized as of its section 4: all members in one folder.
package final class BagWriter {
  private let writer: PackageWriter
  private let name: String
  private let info: [BagInfo.Field]

  /// The bytes of the manifests so far.
  private var manifest: [UInt8] = []
  private var tagManifest: [UInt8] = []
  private var payloadSize: Int64 = 0
  private var payloadCount = 0

  /// Begins the file with `bagit.txt`.
  ///
  /// - Parameters:
  ///   - name: of the folder that all members are in.
  ///   - info: what `bag-info.txt` says, in this order, before the size of the payload.
  /// - Throws: `ArchiveError`; code `name` also for a field that cannot be written.
  package init(
    _ file: FilePath, name: String, info: [BagInfo.Field], modified: Int64, threads: Int = 1,
    replaces: Bool = false, limits: PackageLimits = PackageLimits()
  ) throws {
    guard !name.utf8.contains(UInt8(ascii: "/")) else {
      throw ArchiveError(.name, call: "init", "'\(MemberName.shown(name))' is no name of a folder")
    }
    for field in info { try field.check() }
    self.name = name
    self.info = info
    writer = try PackageWriter(
      file, modified: modified, threads: threads, replaces: replaces, limits: limits)
    try addOwn("bagit.txt", BagDeclaration.text)
  }

  /// Adds a file of the payload.
  ///
  /// - Parameters:
  ///   - path: below `data/`.
  ///   - content: as of `PackageWriter.add`.
  /// - Returns: the SHA-256 of the content.
  @discardableResult
  package func addPayload(
    _ path: String, size: Int64, isExecutable: Bool = false,
    content: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> SHA256Digest {
    let digest = try writer.add(
      "\(name)/data/\(path)", size: size, isExecutable: isExecutable, content: content)
    manifest += BagManifest.line(digest.hexadecimal, "data/" + path)
    payloadSize += size
    payloadCount += 1
    return digest
  }

  /// Adds a file of the payload whose bytes are at hand.
  @discardableResult
  package func addPayload(
    _ path: String, bytes: [UInt8], isExecutable: Bool = false
  ) throws -> SHA256Digest {
    let digest = try writer.add("\(name)/data/\(path)", bytes: bytes, isExecutable: isExecutable)
    manifest += BagManifest.line(digest.hexadecimal, "data/" + path)
    payloadSize += Int64(bytes.count)
    payloadCount += 1
    return digest
  }

  /// Adds a file that is not payload, such as a README.
  ///
  /// - Parameter path: outside of `data/`, and none of those that a bag has by itself.
  @discardableResult
  package func addTag(
    _ path: String, bytes: [UInt8], isExecutable: Bool = false
  ) throws -> SHA256Digest {
    let folded = MemberName.folded(path)
    guard folded != "data", !folded.begins(with: "data/"), BagFile(folded) == .other else {
      throw ArchiveError(
        .name, call: "addTag", "'\(MemberName.shown(path))' is a name that a bag keeps for itself")
    }
    return try addOwn(path, bytes, isExecutable: isExecutable)
  }

  /// Writes `bag-info.txt` and the manifests, and gives the file its name.
  ///
  /// - Returns: the size and the digest of the file.
  @discardableResult
  package func finish() throws -> WrittenPackage {
    // The folder is part of a bag, though nothing be in it.
    if payloadCount == 0 { try writer.addFolder("\(name)/data") }
    let oxum = BagInfo.Field("Payload-Oxum", "\(payloadSize).\(payloadCount)")
    try addOwn("bag-info.txt", (info + [oxum]).flatMap(\.line))
    try addOwn("manifest-sha256.txt", manifest)
    try writer.add("\(name)/tagmanifest-sha256.txt", bytes: tagManifest)
    return try writer.finish()
  }

  @discardableResult
  private func addOwn(
    _ path: String, _ bytes: [UInt8], isExecutable: Bool = false
  ) throws -> SHA256Digest {
    let digest = try writer.add("\(name)/\(path)", bytes: bytes, isExecutable: isExecutable)
    tagManifest += BagManifest.line(digest.hexadecimal, path)
    return digest
  }
}
