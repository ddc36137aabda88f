import Archive
import Canonical
import Provenance
import SystemPackage

/// Puts files into a bag, and keeps what the crate will say of them.
///
/// It blocks, and is used on one thread.
final class ArchivePacker {
  private let bag: BagWriter
  private let onProgress: @Sendable (Int) -> Void
  private let isCancelled: @Sendable () -> Bool

  /// What is in the payload so far.
  private(set) var files: [Crate.File] = []

  /// - Parameter isCancelled: asked between the pieces of files.
  init(
    _ bag: BagWriter, onProgress: @escaping @Sendable (Int) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.bag = bag
    self.onProgress = onProgress
    self.isCancelled = isCancelled
  }

  /// Adds a file whose bytes are asked for.
  func add(
    _ path: String, size: Int64, mediaType: String?, _ description: String,
    isExecutable: Bool = false, _ content: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    let digest = try bag.addPayload(path, size: size, isExecutable: isExecutable) { buffer in
      guard !isCancelled() else { throw CancellationError() }
      let count = try content(buffer)
      onProgress(count)
      return count
    }
    note(path, size, digest, mediaType, description)
  }

  /// Adds a file whose bytes are at hand.
  func add(_ path: String, _ bytes: [UInt8], mediaType: String?, _ description: String) throws {
    note(path, Int64(bytes.count), try bag.addPayload(path, bytes: bytes), mediaType, description)
  }

  /// Adds what was spooled.
  func add(
    _ path: String, _ spooled: SpooledFile, mediaType: String?, _ description: String
  ) throws {
    let size = try spooled.byteCount
    try spooled.rewind()
    try add(path, size: size, mediaType: mediaType, description) { try spooled.read(into: $0) }
  }

  /// Adds a file of this host, which must still be what its digest says.
  func add(_ path: String, _ file: ArchivedFile) throws {
    let source: FileDescriptor
    do {
      source = try FileDescriptor.open(file.source, .readOnly, options: .closeOnExec)
    } catch {
      throw SmartContainersError(.failed, "\(file.hostPath) cannot be read: \(error)")
    }
    try source.closeAfter {
      try add(
        path, size: file.byteCount, mediaType: MediaType.ofFile(named: file.hostPath),
        file.description, isExecutable: file.isExecutable
      ) { try source.read(into: $0) }
    }
    guard files.last?.digest == file.digest else {
      throw SmartContainersError(
        .failed, "\(file.hostPath) changed while it was packed",
        hint: "Wait until whatever writes to it is done, and try again.")
    }
  }

  /// Adds the images of an engine's archive, in the form that `docker load` takes, under `image/`.
  ///
  /// - Parameters:
  ///   - archive: gives the next bytes of what `docker save` gives; nil at its end.
  ///   - names: what each image is to be called where it is loaded, by the digest of its
  ///     configuration.
  func addImages(
    from archive: @escaping () -> [UInt8]?, names: [SHA256Digest: [String]]
  ) throws {
    var members = try TarMemberStream(archive)
    var manifest: ImageManifest?
    var links: [String: String] = [:]
    while let member = try members.next() {
      let path = ImageManifest.normal(member.path)
      switch member.kind {
      case .file where path == ImageManifest.path:
        manifest = try ImageManifest(read(member, &members))
      case .file where !ImageManifest.isLegacy(path):
        try add(
          ImageManifest.folder + path, size: member.size,
          mediaType: path.hasSuffix(".json") ? "application/json" : nil, "A part of an image"
        ) { try members.read(into: $0) }
      case .symbolicLink(let target): links[path] = ImageManifest.resolved(target, from: path)
      case .hardLink(let target): links[path] = ImageManifest.normal(target)
      case .file, .folder: break
      case .other:
        throw SmartContainersError(
          .failed, "the engine's archive of the image has a strange member: \(path)")
      }
    }
    // What fills the last block is no member, and whoever sends it waits until it is taken.
    while archive() != nil {}
    guard var manifest else {
      throw SmartContainersError(
        .failed, "the engine's archive of the image has no \(ImageManifest.path)")
    }
    manifest.follow(links)
    manifest.name(names)
    try add(
      ImageManifest.folder + ImageManifest.path, manifest.bytes, mediaType: "application/json",
      "What the images consist of, as docker load reads it")
  }

  private func read(
    _ member: TarMemberStream.Member, _ members: inout TarMemberStream
  ) throws -> [UInt8] {
    guard member.size <= ImageManifest.byteLimit else {
      throw SmartContainersError(
        .failed, "the engine's archive has a \(member.path) that is too large")
    }
    var bytes: [UInt8] = []
    while true {
      let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try members.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }

  private func note(
    _ path: String, _ size: Int64, _ digest: SHA256Digest, _ mediaType: String?,
    _ description: String
  ) {
    files.append(
      Crate.File(
        path: path, name: FilePath(path).lastComponent?.string ?? path, byteCount: size,
        digest: digest, mediaType: mediaType, description: description))
  }
}
