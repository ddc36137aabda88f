import Glibc
import SystemPackage

/// The absolute path of a file or folder, or a pattern of several (glob(7)), as it is recorded:
/// what has no other meaning than itself is escaped.
struct PathPattern: Sendable, Hashable {
  /// The pattern; with a slash at its end it means a folder.
  let text: String

  /// The pattern of that text.
  init(recorded text: String) { self.text = text }

  /// The pattern that means one path, absolute and normal, and nothing else.
  init(path: String) { text = Self.escaped(path) }

  /// What a user means by a name.
  init(_ name: String, from workingFolder: FilePath) {
    let given = FilePath(name)
    let path = workingFolder.pushing(given).lexicallyNormalized()
    let parts = path.components.map(\.string)
    // The working folder is a path, whatever characters are in it.
    let typed = given.components.count { $0.kind == .regular }
    let escaped = parts.enumerated().map { index, part in
      index >= parts.count - typed && Self.hasWildcard(part) ? part : Self.escaped(part)
    }
    text = "/" + escaped.joined(separator: "/") + (name.hasSuffix("/") && !parts.isEmpty ? "/" : "")
  }

  /// The path, where the pattern means nothing but itself.
  var literal: String { Self.unescaped(trimmed) }

  /// Whether it may mean several.
  var isPattern: Bool { Self.hasWildcard(trimmed) }

  /// Whether a folder is meant.
  var meansFolder: Bool { text.hasSuffix("/") }

  /// Whether the root folder is meant, or nothing, which a record of somebody else may have.
  var isRoot: Bool { parts.isEmpty }

  /// The folder in which everything is that is meant.
  var folder: String {
    let fixed = isPattern ? parts.prefix { !Self.hasWildcard($0) } : parts.dropLast()
    return "/" + fixed.map(Self.unescaped).joined(separator: "/")
  }

  /// Whether a path in `folder`, or a folder that it is in, is meant.
  func matches(inFolder path: String) -> Bool {
    let pattern = parts.drop { !Self.hasWildcard($0) }.joined(separator: "/")
    var path = FilePath(path)
    while path.lastComponent != nil {
      if fnmatch(pattern, path.string, FNM_PATHNAME | FNM_PERIOD) == 0 { return true }
      path.removeLastComponent()
    }
    return false
  }

  /// What is there of it.
  var matches: [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(trimmed, GLOB_NOSORT, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { FilePath(String(cString: $0)).lexicallyNormalized().string }
    }
  }

  /// The same pattern with another folder in the place of one that it is in.
  func moved(from source: String, to target: String) -> PathPattern {
    let (old, new) = (Self.escaped(source), Self.escaped(target))
    return PathPattern(recorded: text.moved(from: old, to: new))
  }

  private var trimmed: String { meansFolder && text != "/" ? String(text.dropLast()) : text }
  private var parts: [String] {
    trimmed.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  private static func hasWildcard(_ text: String) -> Bool {
    var isEscaped = false
    return text.unicodeScalars.contains { character in
      defer { isEscaped = character == "\\" && !isEscaped }
      return !isEscaped && "*?[".unicodeScalars.contains(character)
    }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      if "*?[\\".unicodeScalars.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
  }

  private static func unescaped(_ text: String) -> String {
    var isEscaped = false
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      isEscaped = scalar == "\\" && !isEscaped
      if !isEscaped { result.unicodeScalars.append(scalar) }
    }
  }
}
