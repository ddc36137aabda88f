/// A manifest of a bag: digests, and the files that they are of.
///
/// Source: RFC 8493, 2.1.3.
struct BagManifest {
  private let name: String
  private let algorithm: BagAlgorithm
  private let isOld: Bool
  private let isOfPayload: Bool

  /// The digest of each file, in lower-case hexadecimal.
  private(set) var digests: [ExactPath: String] = [:]

  /// What is wrong with the lines.
  private(set) var problems: [BagProblem] = []

  /// - Parameter isOld: whether the bag is of a version before 1.0.
  init(_ name: String, _ algorithm: BagAlgorithm, isOld: Bool) {
    self.name = name
    self.algorithm = algorithm
    self.isOld = isOld
    isOfPayload = name.hasPrefix("manifest-")
  }

  /// Takes the next line.
  mutating func read(_ line: Substring) {
    let digits = line.utf8.prefix { UInt8(ascii: " ") != $0 && UInt8(ascii: "\t") != $0 }
    let digest = Substring(digits).lowercased()
    var path = String(
      Substring(line.utf8.dropFirst(digits.count).drop { $0 == 0x20 || $0 == 0x09 }))
    guard digest.utf8.count == 2 * algorithm.length, digest.utf8.allSatisfy(Self.isDigit),
      !path.isEmpty, line.utf8.first != 0x20
    else {
      return add(.malformed, "has a line that cannot be read: '\(MemberName.shown(line))'")
    }
    // As md5sum writes it of a file that it read as binary.
    if path.utf8.first == UInt8(ascii: "*") {
      path = String(Substring(path.utf8.dropFirst()))
      add(.irregular, "has a line as of md5sum: '*\(MemberName.shown(path))'")
    }
    path = Self.decoded(path, isOld: isOld)
    if path.begins(with: "./") {
      path = String(Substring(path.utf8.dropFirst(2)))
      add(.irregular, "has a relative path: './\(MemberName.shown(path))'")
    }
    guard Self.isWithinBag(path), path.begins(with: "data/") == isOfPayload else {
      return add(.malformed, "has a path that it may not have: '\(MemberName.shown(path))'")
    }
    take(ExactPath(path), digest)
  }

  private mutating func take(_ path: ExactPath, _ digest: String) {
    if Self.isMadeBySystem(path.text) {
      problems.append(
        BagProblem(
          kind: .irregular, member: path.text, fault: "is a file that systems make by themselves"))
    }
    guard let other = digests.updateValue(digest, forKey: path) else { return }
    // Before 1.0, twice the same was no error.
    add(
      isOld && other == digest ? .irregular : .malformed,
      "has '\(MemberName.shown(path.text))' twice")
  }

  private mutating func add(_ kind: BagProblem.Kind, _ fault: String) {
    problems.append(BagProblem(kind: kind, member: name, fault: fault))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// What comes and goes as somebody looks into a folder.
  private static func isMadeBySystem(_ path: String) -> Bool {
    let name = path.pathParts.last.map { $0.lowercased() }
    return [".ds_store", "thumbs.db", "desktop.ini"].contains(name ?? "")
  }

  /// Whether a path stays in the bag, on any system and in any shell.
  static func isWithinBag(_ path: String) -> Bool {
    let parts = path.utf8.split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
    }
    return !parts.contains { $0.isEmpty || $0.elementsEqual("..".utf8) } && !path.begins(with: "~")
  }
}

extension BagManifest {
  /// A line as it is written: the digest, two spaces as md5sum and its kin have them, the path.
  static func line(_ digest: String, _ path: String) -> [UInt8] {
    Array("\(digest)  \(encoded(path))\n".utf8)
  }

  /// A path with what would end a line, and the sign itself, in percent-encoding.
  static func encoded(_ path: String) -> String {
    var encoded = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "\r": encoded += "%0D"
      case "\n": encoded += "%0A"
      case "%": encoded += "%25"
      default: encoded.unicodeScalars.append(scalar)
      }
    }
    return encoded
  }

  /// The path that was encoded; what is in percent-encoding besides was never encoded.
  ///
  /// - Parameter isOld: whether the sign itself was left as it is, as before version 1.0.
  static func decoded(_ path: String, isOld: Bool) -> String {
    guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
    var bytes: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.first {
      let code = String(decoding: rest.prefix(3), as: UTF8.self).lowercased()
      let meant: UInt8? =
        switch code {
        case "%0d": 0x0D
        case "%0a": 0x0A
        case "%25" where !isOld: 0x25
        default: nil
        }
      bytes.append(meant ?? byte)
      rest = rest.dropFirst(meant == nil ? 1 : 3)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
