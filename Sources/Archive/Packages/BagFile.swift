/// What a file of a bag is by its path, from the bag's own folder.
enum BagFile: Hashable {
  /// `bagit.txt`.
  case declaration
  /// `bag-info.txt`, which was called `package-info.txt` once.
  case info
  /// A list of payload files, with the algorithm of its digests as its name has it.
  case manifest(String)
  /// A list of other files.
  case tagManifest(String)
  /// `fetch.txt`, a list of files that are elsewhere.
  case fetch
  case payload
  case other

  init(_ path: String) {
    switch path {
    case "bagit.txt": self = .declaration
    case "bag-info.txt", "package-info.txt": self = .info
    case "fetch.txt": self = .fetch
    case _ where path.begins(with: "data/"): self = .payload
    case _ where path.begins(with: "manifest-") && Self.isText(path):
      self = .manifest(path.dropFirst(9).dropLast(4).lowercased())
    case _ where path.begins(with: "tagmanifest-") && Self.isText(path):
      self = .tagManifest(path.dropFirst(12).dropLast(4).lowercased())
    default: self = .other
    }
  }

  /// Whether it is a text in the bag's own folder.
  private static func isText(_ path: String) -> Bool {
    path.utf8.reversed().starts(with: ".txt".utf8.reversed())
      && !path.utf8.contains(UInt8(ascii: "/"))
  }
}
