/// The keywords of JSON-LD.
///
/// Source: JSON-LD 1.1, section 1.7, Syntax Tokens and Keywords.
enum Keyword: String, Sendable, CaseIterable {
  case base = "@base"
  case container = "@container"
  case context = "@context"
  case direction = "@direction"
  case graph = "@graph"
  case id = "@id"
  case `import` = "@import"
  case included = "@included"
  case index = "@index"
  case json = "@json"
  case language = "@language"
  case list = "@list"
  case nest = "@nest"
  case none = "@none"
  case prefix = "@prefix"
  case propagate = "@propagate"
  case protected = "@protected"
  case reverse = "@reverse"
  case set = "@set"
  case type = "@type"
  case value = "@value"
  case version = "@version"
  case vocab = "@vocab"

  /// The keyword that a text is; nil where it is none.
  init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "@") else { return nil }
    let count = text.utf8.count
    guard count < Self.byCount.count,
      let keyword = Self.byCount[count].first(where: { $0.rawValue == text })
    else { return nil }
    self = keyword
  }

  /// The keywords by how long they are, which leaves few to compare.
  private static let byCount: [[Keyword]] = (0...10).map { count in
    allCases.filter { $0.rawValue.utf8.count == count }
  }

  /// Whether a text looks like a keyword, `@` and letters, and is reserved therefore.
  static func isForm(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "@") else { return false }
    let rest = text.utf8.dropFirst()
    return !rest.isEmpty && rest.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
  }
}
