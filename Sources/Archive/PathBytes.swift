/// What is done with paths as bytes: a name on Linux need not be text.
enum PathBytes {
  private static let slash = UInt8(ascii: "/")

  /// The shortest equal path, by its text alone: `a//b/../c/` is `a/c`, nothing is `.`.
  static func cleaned(_ path: some Sequence<UInt8>) -> [UInt8] {
    let path = Array(path)
    let isRooted = path.first == slash
    var components: [ArraySlice<UInt8>] = []
    for component in path.split(separator: slash) {
      switch Array(component) {
      case [UInt8(ascii: ".")]: break
      case [UInt8(ascii: "."), UInt8(ascii: ".")]:
        if let last = components.last, Array(last) != Array("..".utf8) {
          components.removeLast()
        } else if !isRooted {
          components.append(component)
        }
      default: components.append(component)
      }
    }
    let joined = (isRooted ? [slash] : []) + components.joined(separator: [slash])
    return joined.isEmpty ? [UInt8(ascii: ".")] : joined
  }

  /// The path without white space around it, which is Unicode's where the path is text.
  static func trimmed(_ path: some Sequence<UInt8>) -> ArraySlice<UInt8> {
    let path = Array(path)[...]
    guard let text = String(validating: path, as: UTF8.self) else {
      let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
      let end = path.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? path.startIndex
      return path[..<end].drop(while: isSpace)
    }
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return [] }
    return Array(String(scalars[...last]).utf8)[...]
  }

  /// The folders above a path, the topmost first.
  static func parents(of path: [UInt8]) -> [[UInt8]] {
    path.indices.filter { path[$0] == slash && $0 > 0 }.map { Array(path[..<$0]) }
  }

  /// Whether `path` is `folder` or lies in it.
  static func contains(_ folder: some Collection<UInt8>, _ path: some Collection<UInt8>) -> Bool {
    guard path.starts(with: folder) else { return false }
    let rest = path.dropFirst(folder.count)
    return folder.isEmpty || rest.isEmpty || rest.first == slash
  }
}
