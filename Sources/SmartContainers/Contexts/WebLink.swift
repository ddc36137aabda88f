import HTTP

/// A link of a response's header.
///
/// Source: RFC 8288, section 3.
struct WebLink: Equatable {
  /// The reference between the angle brackets, as it was written.
  let target: String

  private(set) var relations: [String] = []

  /// The media type that is to be expected there, in small letters; nil where none is told.
  private(set) var type: String?

  /// Whether it is of that relation; the names that RFC 8288 registers have no case.
  func has(_ relation: String) -> Bool {
    relations.contains { $0.lowercased() == relation.lowercased() }
  }

  /// The links of all `Link` fields, in order; what is no link ends its field.
  static func links(in headers: HTTPHeaders) -> [WebLink] {
    headers.fields.filter { $0.name.lowercased() == "link" }.flatMap { field in
      var rest = field.value[...]
      var links: [WebLink] = []
      while let link = WebLink(readingFrom: &rest) {
        links.append(link)
        rest = rest.drop { $0 == "," || $0.isWhitespace }
      }
      return links
    }
  }

  private init?(readingFrom rest: inout Substring) {
    rest = rest.drop(while: \.isWhitespace)
    guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
    target = String(rest[rest.index(after: rest.startIndex)..<end])
    rest = rest[rest.index(after: end)...].drop(while: \.isWhitespace)
    while rest.first == ";" {
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      let name = String(rest.prefix { !"=;,".contains($0) && !$0.isWhitespace }).lowercased()
      rest = rest.drop { !"=;,".contains($0) }
      let value = Self.value(readingFrom: &rest)
      // Of parameters that come twice the first counts.
      if name == "rel", relations.isEmpty {
        relations = value.split(separator: " ").map(String.init)
      } else if name == "type", type == nil {
        type = value.lowercased()
      }
      rest = rest.drop(while: \.isWhitespace)
    }
  }

  /// The value behind an equals sign; empty where there is none.
  private static func value(readingFrom rest: inout Substring) -> String {
    guard rest.first == "=" else { return "" }
    rest = rest.dropFirst().drop(while: \.isWhitespace)
    guard rest.first == "\"" else {
      let value = rest.prefix { !";,".contains($0) && !$0.isWhitespace }
      rest = rest[value.endIndex...]
      return String(value)
    }
    rest = rest.dropFirst()
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let escaped = rest.popFirst() {
        value.append(escaped)
      } else {
        value.append(character)
      }
    }
    return value
  }
}
