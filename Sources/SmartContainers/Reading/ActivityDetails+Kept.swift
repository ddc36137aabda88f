import Canonical
import History
import Provenance

extension ActivityDetails {
  /// Large content of a history.
  public struct Kept: Sendable {
    /// The path of the pointer in the git tree.
    public let path: String
    public let byteCount: Int64

    /// Whether the bytes are in this copy of the history, or in another one only.
    public let isHere: Bool
  }
}

extension ActivityDetails.Kept {
  init?(_ link: ActivityDocument.Link, in content: ContentStore) {
    guard let pointerPath = link.pointerPath, let byteCount = link.byteCount,
      let digest = SHA256Digest(namingInformation: link.iri)
    else { return nil }
    path = pointerPath
    self.byteCount = byteCount
    isHere = content.has(LargeContent(digest: digest, byteCount: byteCount))
  }
}
