/// What a Dockerfile says it is built from.
///
/// Source: Dockerfile reference, FROM and ARG.
public struct DockerfileSummary: Sendable, Equatable {
  /// The images that stages begin with, in order, variables filled in; neither `scratch` nor
  /// other stages.
  public let bases: [String]

  /// Reads the stages of a Dockerfile.
  ///
  /// - Parameter arguments: the values given to `ARG`s that stand before the first `FROM`.
  public init(_ text: String, arguments: [String: String] = [:]) {
    var defaults: [String: String] = [:]
    var stages: Set<String> = []
    var bases: [String] = []
    for words in Self.instructions(text) {
      switch words[0].uppercased() {
      case "ARG" where stages.isEmpty && bases.isEmpty:
        for word in words.dropFirst() {
          let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
          let name = String(halves[0])
          defaults[name] = arguments[name] ?? (halves.count > 1 ? Self.unquoted(halves[1]) : nil)
        }
      case "FROM":
        let rest = words.dropFirst().drop { $0.hasPrefix("--") }
        guard let first = rest.first else { continue }
        let image = Self.substitute(first, defaults)
        if image != "scratch", !stages.contains(image.lowercased()), !bases.contains(image) {
          bases.append(image)
        }
        let alias = rest.dropFirst(2).first?.lowercased()
        stages.insert(alias ?? "stage \(stages.count)")
      default: continue
      }
    }
    self.bases = bases
  }

  /// The words of each instruction, continued lines joined, comments left out.
  private static func instructions(_ text: String) -> [[String]] {
    var instructions: [[String]] = []
    var pending = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let content = line.drop { $0.isWhitespace }
      if content.hasPrefix("#") { continue }
      let isContinued = content.last == "\\" || content.last == "`"
      pending += (isContinued ? content.dropLast() : content) + " "
      if isContinued { continue }
      let words = pending.split(whereSeparator: \.isWhitespace).map(String.init)
      if !words.isEmpty { instructions.append(words) }
      pending = ""
    }
    return instructions
  }

  private static func unquoted(_ text: Substring) -> String {
    text.filter { $0 != "\"" && $0 != "'" }
  }

  /// Fills in `$NAME`, `${NAME}` and `${NAME:-default}`.
  private static func substitute(_ text: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "$" else {
        result.append(character)
        continue
      }
      if rest.first == "{", let end = rest.firstIndex(of: "}") {
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        let halves = inside.split(separator: ":", maxSplits: 1)
        let fallback = halves.count > 1 && halves[1].hasPrefix("-") ? halves[1].dropFirst() : ""
        let value = halves.first.flatMap { values[String($0)] } ?? ""
        result += value.isEmpty ? String(fallback) : value
      } else {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(name.count)
        result += values[String(name)] ?? ""
      }
    }
    return result
  }
}
