import Canonical
import Provenance

/// A container, an image or a volume that a word may mean.
struct LineageMatch: Sendable, Hashable {
  enum Kind: String, Sendable, CaseIterable {
    case container, image, volume
  }

  let kind: Kind
  let iri: String

  /// Whether it is called so; else its id begins so.
  let isByName: Bool
  let name: String?

  /// The digits of the id; nil for a volume.
  let id: String?

  /// What it is called where several are told apart: `container web (8a61192da2b3)`.
  var title: String {
    let short = id.map { String($0.prefix(12)) }
    let name = isByName || kind == .volume ? name : name ?? short
    return "\(kind.rawValue) \(name ?? "")" + (short.map { $0 == name ? "" : " (\($0))" } ?? "")
  }
}

/// Recognizes in documents what a word may mean.
struct LineageNames: Sendable {
  private let word: String
  private let imageName: String

  /// The word as the beginning of an id; nil where it cannot be one.
  private let digits: String?

  init(_ word: String) {
    self.word = word
    imageName = word.contains(":") ? word : word + ":latest"
    let digits = word.hasPrefix("sha256:") ? String(word.dropFirst(7)) : word
    let isID =
      digits.utf8.count >= 4
      && digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    self.digits = isID ? digits : nil
  }

  /// What the word may mean of what a node describes.
  func match(_ node: ScannedNode) -> LineageMatch? {
    if node.isImage { return image(node) }
    if node.isImageReference { return reference(node) }
    if node.isContainer { return container(node) }
    guard node.isVolume, node.first(.volumeName)?.isEqual(to: word) == true,
      let iri = node.iri?.string
    else { return nil }
    return LineageMatch(kind: .volume, iri: iri, isByName: true, name: word, id: nil)
  }

  private func isName(_ text: ScannedText?) -> Bool {
    text.map { $0.isEqual(to: word) || $0.isEqual(to: imageName) } ?? false
  }

  private func isID(_ text: ScannedText?, prefix: String = "") -> Bool {
    guard let digits, let text else { return false }
    return text.hasPrefix(prefix + digits)
  }

  private func container(_ node: ScannedNode) -> LineageMatch? {
    let isNamed =
      [node.first(.containerName), node.first(.label)].contains { $0?.isEqual(to: word) == true }
    guard isNamed || isID(node.first(.containerID)), let iri = node.iri?.string else { return nil }
    return LineageMatch(
      kind: .container, iri: iri, isByName: isNamed, name: node.first(.containerName)?.string,
      id: node.first(.containerID)?.string)
  }

  private func image(_ node: ScannedNode) -> LineageMatch? {
    let isNamed = isName(node.first(.label))
    let isID =
      isID(node.first(.imageID), prefix: "sha256:")
      || isID(node.first(.configDigest), prefix: "sha256:")
    guard isNamed || isID, let iri = node.iri?.string else { return nil }
    return LineageMatch(
      kind: .image, iri: iri, isByName: isNamed, name: node.first(.label)?.string,
      id: SHA256Digest(namingInformation: iri)?.hexadecimal)
  }

  private func reference(_ node: ScannedNode) -> LineageMatch? {
    guard isName(node.first(.label)), let iri = node.first(.specializationOf)?.string else {
      return nil
    }
    return LineageMatch(
      kind: .image, iri: iri, isByName: true, name: node.first(.label)?.string,
      id: SHA256Digest(namingInformation: iri)?.hexadecimal)
  }
}
