import Canonical

/// An image's name: `busybox`, `busybox:1.36`, `127.0.0.1:5000/lab/tool@sha256:…`.
///
/// Source: distribution reference grammar, as docker's CLI applies it.
public struct ImageName: Sendable, Equatable {
  /// The name without tag and digest.
  public let repository: String

  /// The tag; nil when the name has none.
  public let tag: String?

  /// The digest, `sha256:…`; nil when the name has none.
  public let digest: String?

  /// Reads a name.
  ///
  /// - Throws: `SmartContainersError` of code `usage` when it is none.
  public init(_ text: String) throws(SmartContainersError) {
    func bad(_ why: String) -> SmartContainersError {
      SmartContainersError(.usage, "\"\(text)\" is no image name: \(why)")
    }
    var name = text[...]
    if let at = name.firstIndex(of: "@") {
      digest = String(name[name.index(after: at)...])
      name = name[..<at]
      guard SHA256Digest(digest ?? "") != nil else { throw bad("its digest is no sha256") }
    } else {
      digest = nil
    }
    let afterSlash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    if let colon = name[afterSlash...].firstIndex(of: ":") {
      let tag = String(name[name.index(after: colon)...])
      guard !tag.isEmpty, tag.count <= 128,
        tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }),
        tag.first != ".", tag.first != "-"
      else { throw bad("its tag may hold letters, digits, _ . and -") }
      self.tag = tag
      name = name[..<colon]
    } else {
      tag = nil
    }
    repository = String(name)
    guard !name.isEmpty, name.last != "/" else { throw bad("it is empty") }
    let path = name.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in path.enumerated() {
      let isHost = index == 0 && path.count > 1 && (part.contains(".") || part.contains(":"))
      let isValid = part.allSatisfy {
        $0.isASCII
          && ($0.isNumber || $0.isLetter && ($0.isLowercase || isHost) || "._-".contains($0)
            || isHost && ":[]".contains($0))
      }
      guard !part.isEmpty, isValid else {
        throw bad("it may hold lower-case letters, digits, . _ - and /")
      }
    }
  }

  /// Reads a name that an image is to get: none with a digest, which nobody gives.
  ///
  /// - Throws: `SmartContainersError` of code `usage` when it is none.
  public init(newName text: String) throws(SmartContainersError) {
    try self.init(text)
    guard digest == nil else {
      throw SmartContainersError(.usage, "\"\(text)\" has a digest, which no image can be given")
    }
  }

  /// The name with a tag, `latest` when it has none; a digest stays.
  public var nameWithTag: String {
    if let digest { return "\(repository)@\(digest)" }
    return "\(repository):\(tag ?? "latest")"
  }
}
