/// One compiled rule of an ignore file.
struct IgnorePattern: Sendable {
  /// Whether the rule takes back in what it matches.
  let isException: Bool

  /// How the cleaned pattern is compared. The first three see bytes, the last one characters.
  private enum Form: Sendable {
    case exact
    /// Ends in `**`, without other wildcards: everything that begins so.
    case prefix
    /// Begins with `**`, without other wildcards: everything that ends so.
    case suffix
    case expression(IgnoreExpression)
  }

  private let form: Form
  private let text: [UInt8]

  /// The part of the pattern before its first component with a wildcard.
  private let literalFolder: [UInt8]

  /// A rule that takes exactly that path back in.
  init(keeping path: [UInt8]) {
    isException = true
    form = .exact
    text = path
    literalFolder = path
  }

  /// Compiles a cleaned pattern; nil when its syntax is wrong.
  init?(_ pattern: [UInt8]) {
    let isException = pattern.first == UInt8(ascii: "!")
    let text = isException ? Array(pattern.dropFirst()) : pattern
    guard !text.isEmpty, let expression = IgnoreExpression(text) else { return nil }
    self.isException = isException
    switch expression.shape {
    case .literal: (form, self.text) = (.exact, text)
    case .literalThenAny: (form, self.text) = (.prefix, Array(text.dropLast(2)))
    case .anyThenLiteral: (form, self.text) = (.suffix, Array(text.dropFirst(2)))
    case .general: (form, self.text) = (.expression(expression), text)
    }
    let wildcards = Set("*?[]\\".utf8)
    let components = text.split(separator: UInt8(ascii: "/")).prefix {
      wildcards.isDisjoint(with: $0)
    }
    literalFolder = Array(components.joined(separator: [UInt8(ascii: "/")]))
  }

  /// Whether the pattern matches the whole path.
  func matches(_ path: [UInt8]) -> Bool {
    switch form {
    case .exact: path == text
    case .prefix: path.starts(with: text)
    case .suffix:
      path.reversed().starts(with: text.reversed())
        || (text.first == UInt8(ascii: "/") && path.elementsEqual(text.dropFirst()))
    case .expression(let expression): expression.matches(path)
    }
  }

  /// Whether something below a folder may match.
  func mayMatchBelow(_ folder: [UInt8]) -> Bool {
    if case .exact = form { return PathBytes.contains(folder, text) }
    return PathBytes.contains(folder, literalFolder) || PathBytes.contains(literalFolder, folder)
  }
}
