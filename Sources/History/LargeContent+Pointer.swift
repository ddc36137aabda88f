import Canonical

extension LargeContent {
  /// The most bytes of a pointer.
  ///
  /// Source: the Git LFS specification, "The Pointer".
  static let pointerLimit = 1024

  /// The versions of the pointer's form, the second from before the name was Git LFS.
  private static let versions = [
    "https://git-lfs.github.com/spec/v1", "https://hawser.github.com/spec/v1",
  ]

  /// Reads a pointer; nil for bytes that are none.
  package init?(pointer bytes: some Collection<UInt8>) {
    guard bytes.count < Self.pointerLimit else { return nil }
    var values: [Substring: Substring] = [:]
    var isFirst = true
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { return nil }
      let (name, value) = (line[..<space], line[line.index(after: space)...])
      if isFirst {
        guard name == "version", Self.versions.contains(String(value)) else { return nil }
        isFirst = false
      } else {
        guard values.updateValue(value, forKey: name) == nil else { return nil }
      }
    }
    guard let oid = values["oid"], oid.hasPrefix("sha256:"),
      let digest = SHA256Digest(String(oid)),
      let size = values["size"].flatMap({ Int64($0) }), size >= 0
    else { return nil }
    self.init(digest: digest, byteCount: size)
  }
}
