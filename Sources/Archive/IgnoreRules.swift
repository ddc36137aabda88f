/// The rules of a `.dockerignore` file: which paths of a folder stay out of a build context.
///
/// The last rule that matches a path or one of its parents decides; `!` rules take back in.
/// Source: Docker's reference, "Build context", ".dockerignore files", and the behaviour of
/// moby's `patternmatcher`, with which every Docker client reads the file.
package struct IgnoreRules: Sendable {
  private var patterns: [IgnorePattern]

  /// Rules that leave nothing out.
  package init() { patterns = [] }

  /// Reads an ignore file.
  ///
  /// Lines that begin with `#` are comments, white space around a line and a byte order mark do
  /// not count, and a leading slash changes nothing.
  ///
  /// - Throws: `ArchiveError` of code `pattern`, with the line.
  package init(parsing file: [UInt8], named name: String = ".dockerignore") throws(ArchiveError) {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = file.starts(with: byteOrderMark) ? file.dropFirst(3) : file[...]
    patterns = []
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      guard let rule = Self.rule(of: line) else { continue }
      guard let pattern = IgnorePattern(rule) else {
        throw ArchiveError(
          .pattern, call: "IgnoreRules",
          "line \(index + 1) of \(name) is no pattern: '\(String(decoding: rule, as: UTF8.self))'")
      }
      patterns.append(pattern)
    }
  }

  /// The rule of a line without what does not count; nil when it has none.
  private static func rule(of line: ArraySlice<UInt8>) -> [UInt8]? {
    if line.first == UInt8(ascii: "#") { return nil }
    var rule = PathBytes.trimmed(line)
    guard let first = rule.first else { return nil }
    let isException = first == UInt8(ascii: "!")
    if isException { rule = PathBytes.trimmed(rule.dropFirst()) }
    var path = rule.isEmpty ? [] : PathBytes.cleaned(rule)
    if path.count > 1, path.first == UInt8(ascii: "/") { path.removeFirst() }
    return PathBytes.cleaned((isException ? [UInt8(ascii: "!")] : []) + path)
  }

  /// These rules, and a last one that takes exactly that path back in.
  package func keeping(_ path: [UInt8]) -> IgnoreRules {
    var rules = self
    rules.patterns.append(IgnorePattern(keeping: path))
    return rules
  }

  /// Whether the rules leave that path out; relative, without `.` and `..`.
  package func excludes(_ path: [UInt8]) -> Bool {
    var isExcluded = false
    for pattern in patterns where pattern.isException == isExcluded {
      if pattern.matches(path) || PathBytes.parents(of: path).contains(where: pattern.matches) {
        isExcluded = !pattern.isException
      }
    }
    return isExcluded
  }
}

extension IgnoreRules {
  /// Which rules matched a folder, so that its children need not ask again.
  struct FolderMatch: Sendable {
    fileprivate var matched: [Bool]
  }

  /// Whether the rules leave a path out, and what its children inherit if it is a folder.
  ///
  /// A rule that would change nothing for the folder is not tried, and so not inherited either:
  /// that is how Docker's clients walk.
  func match(_ path: [UInt8], in folder: FolderMatch?) -> (isExcluded: Bool, match: FolderMatch) {
    var isExcluded = false
    var match = FolderMatch(matched: Array(repeating: false, count: patterns.count))
    for (index, pattern) in patterns.enumerated() {
      var isMatch = folder.map { $0.matched[index] } ?? false
      if !isMatch {
        guard pattern.isException == isExcluded else { continue }
        isMatch = pattern.matches(path)
      }
      match.matched[index] = isMatch
      if isMatch { isExcluded = !pattern.isException }
    }
    return (isExcluded, match)
  }

  /// Whether a rule may take back in something below an excluded folder.
  ///
  /// As BuildKit, and unlike the classic client, also where the exception begins with a wildcard
  /// (`*` and then `!**/*.go`).
  func mayKeepBelow(_ folder: [UInt8]) -> Bool {
    patterns.contains { $0.isException && $0.mayMatchBelow(folder) }
  }
}
