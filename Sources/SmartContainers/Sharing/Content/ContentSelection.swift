import Canonical
import Glibc
import History
import Provenance

/// Picks pointers by what a user calls them: a path, a digest, or what was recorded of them.
struct ContentSelection {
  private let history: HistoryRepository
  private let pointers: [ContentPointer]

  /// The fewest digits of a digest, and of the id of an activity or a container.
  private static let digestLength = 4
  private static let idLength = 8

  /// - Parameter pointers: those that there are.
  init(of pointers: [ContentPointer], in history: HistoryRepository) {
    self.history = history
    self.pointers = pointers
  }

  /// The pointers that a pattern stands for: one of paths with `*`, `?` and `[…]`, a folder, the
  /// beginning of a digest, of an activity's id or of a container's, or a container's name.
  ///
  /// - Throws: `noSuchRevision` where there is none.
  func matches(of pattern: String) throws -> [ContentPointer] {
    var paths = Set(pointers.map(\.path).filter { Self.isMatch($0, pattern) })
    let digits = pattern.hasPrefix("sha256:") ? String(pattern.dropFirst(7)) : pattern
    if digits.utf8.count >= Self.digestLength {
      paths.formUnion(
        pointers.filter { $0.content.digest.hexadecimal.hasPrefix(digits) }.map(\.path))
    }
    if paths.isEmpty { paths = try recorded(under: pattern) }
    let found = pointers.filter { paths.contains($0.path) }
    guard !found.isEmpty else {
      throw HistoryError(
        code: .noSuchRevision,
        message: "\"\(pattern)\" is no path, digest, activity or container of kept content")
    }
    return found
  }

  private static func isMatch(_ path: String, _ pattern: String) -> Bool {
    let folder = pattern.hasSuffix("/") ? pattern : pattern + "/"
    return path == pattern || path.hasPrefix(folder) || fnmatch(pattern, path, 0) == 0
  }

  /// The paths of the pointers that records name.
  private func recorded(under name: String) throws -> Set<String> {
    if name.utf8.count >= Self.idLength {
      let activities = try history.activities(matching: name)
      if !activities.isEmpty {
        return try activities.reduce(into: []) { $0.formUnion(try pointerPaths(of: $1)) }
      }
    }
    var paths: Set<String> = []
    var walk = try history.walk()
    while let entry = try walk.next() {
      let record = LogRecord(entry)
      guard let container = record.container,
        record.containerName == name
          || name.utf8.count >= Self.idLength && container.hasPrefix(name),
        let id = record.activity.flatMap({ ActivityID($0) })
      else { continue }
      paths.formUnion(try pointerPaths(of: id))
    }
    return paths
  }

  private func pointerPaths(of activity: ActivityID) throws -> Set<String> {
    guard let bytes = try history.activityDocument(activity),
      let document = try? ActivityDocument(parsing: bytes)
    else { return [] }
    return pointerPaths(of: document)
  }

  private func pointerPaths(of document: ActivityDocument) -> Set<String> {
    let own = (document.used + document.generated).compactMap(\.pointerPath)
    return document.parts.reduce(into: Set(own)) { $0.formUnion(pointerPaths(of: $1)) }
  }
}
