import Provenance

/// The documents of an archive, kept as they pass by, each by its path in the archive's folder.
///
/// Each kind has a room of its own: an image of many parts takes none from the index.
struct ArchiveDocuments {
  /// What is read.
  enum Kind {
    case index, crate, imageManifest, image, attestation

    /// Nil for a file that is only digested.
    init?(path: String) {
      switch path {
      case ArchiveDocuments.index: self = .index
      case ArchiveDocuments.crate: self = .crate
      case ArchiveDocuments.imageManifest: self = .imageManifest
      case _ where path.hasPrefix(ArchiveDocuments.images): self = .image
      case _ where path.hasPrefix(ArchivedAttestation.folder): self = .attestation
      default: return nil
      }
    }

    /// The most bytes of one.
    fileprivate var sizeLimit: Int64 {
      switch self {
      case .index, .crate: roomLimit
      case .imageManifest: ImageManifest.byteLimit
      case .image, .attestation: 4 << 20
      }
    }

    /// The most bytes of all of them.
    fileprivate var roomLimit: Int64 {
      switch self {
      case .index, .crate: 256 << 20
      case .imageManifest: ImageManifest.byteLimit
      case .image, .attestation: 64 << 20
      }
    }
  }

  static let index = "data/" + ArchiveIndex.path
  static let crate = "data/" + Crate.fileName
  static let images = "data/" + ImageManifest.folder
  static let imageManifest = images + ImageManifest.path

  private var contents: [String: [UInt8]] = [:]
  private var used: [Kind: Int64] = [:]
  private var tooLarge: Set<String> = []

  /// The bytes of a document; nil for one that is missing, or was not kept.
  subscript(path: String) -> [UInt8]? { contents[path] }

  /// Whether a document is there, and was not kept because of its size.
  func isTooLarge(_ path: String) -> Bool { tooLarge.contains(path) }

  /// Whether a file is to be kept; it then has its room.
  ///
  /// - Parameter head: its first byte; nil where it is empty.
  mutating func admits(_ path: String, _ kind: Kind, size: Int64, head: UInt8?) -> Bool {
    // The configurations of images are called as their digests in some engines' archives, as the
    // layers are. Those are no JSON.
    if kind == .image, head != UInt8(ascii: "{"), head != UInt8(ascii: "[") { return false }
    let taken = used[kind] ?? 0
    guard size <= kind.sizeLimit, size <= kind.roomLimit - taken else {
      tooLarge.insert(path)
      return false
    }
    used[kind] = taken + size
    return true
  }

  /// Keeps one that was admitted.
  mutating func keep(_ bytes: [UInt8], at path: String) { contents[path] = bytes }
}
