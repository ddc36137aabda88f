/// A pattern with wildcards, matched in one pass over the path: no pattern makes it slow.
///
/// `?` is a character and `*` any number of them, but not slashes; `**` is any number of folders;
/// `[a-z]` and `[^a-z]` are one of a set, which may hold the slash; `\` takes the next character
/// as it is. Source: Go's `filepath.Match`, which Docker's reference names, and moby's
/// `patternmatcher` for `**`. moby hands `\` to a regular expression, so that `\d` is a digit
/// there and the letter here, as the reference says.
struct IgnoreExpression: Sendable {
  /// What a pattern comes down to.
  enum Shape: Sendable { case literal, literalThenAny, anyThenLiteral, general }

  private enum Element: Sendable {
    case character(UInt32)
    /// `?`
    case anyInName
    /// `*`
    case name
    /// `**` at the end.
    case rest
    /// `**` elsewhere: nothing, or …
    case optionalFolders
    /// … anything up to a slash. Follows `optionalFolders`.
    case folders
    case set(isNegated: Bool, [ClosedRange<UInt32>])
  }

  let shape: Shape
  private let elements: [Element]

  private static let slash = UInt32(UInt8(ascii: "/"))
  private static let lineFeed: UInt32 = 0x0A

  /// Compiles a pattern; nil when its syntax is wrong.
  init?(_ pattern: [UInt8]) {
    var compiler = Compiler(characters: Self.characters(of: pattern))
    guard compiler.compile() else { return nil }
    elements = compiler.elements
    shape = compiler.shape
  }

  /// The characters of a path; bytes that are no UTF-8 are U+FFFD each, as Go reads them.
  private static func characters(of path: [UInt8]) -> [UInt32] {
    if path.allSatisfy({ $0 < 0x80 }) { return path.map(UInt32.init) }
    var characters: [UInt32] = []
    var index = 0
    while index < path.count {
      let width =
        (1...4).first {
          index + $0 <= path.count
            && String(validating: path[index..<index + $0], as: UTF8.self) != nil
        } ?? 0
      let scalar = String(decoding: path[index..<index + width], as: UTF8.self).unicodeScalars.first
      characters.append(scalar?.value ?? 0xFFFD)
      index += max(width, 1)
    }
    return characters
  }

  /// Whether the whole path matches.
  func matches(_ path: [UInt8]) -> Bool {
    var active = Array(repeating: false, count: elements.count + 1)
    var next = active
    activate(0, in: &active)
    for character in Self.characters(of: path) {
      for index in next.indices { next[index] = false }
      for index in elements.indices where active[index] {
        step(over: character, at: index, into: &next)
      }
      swap(&active, &next)
    }
    return active[elements.count]
  }

  /// Marks an element as to be matched next, and those after it if it may match nothing.
  private func activate(_ index: Int, in active: inout [Bool]) {
    guard !active[index] else { return }
    active[index] = true
    guard index < elements.count else { return }
    switch elements[index] {
    case .name, .rest: activate(index + 1, in: &active)
    case .optionalFolders:
      activate(index + 1, in: &active)
      activate(index + 2, in: &active)
    default: break
    }
  }

  private func step(over character: UInt32, at index: Int, into next: inout [Bool]) {
    switch elements[index] {
    case .character(let expected):
      if character == expected { activate(index + 1, in: &next) }
    case .anyInName:
      if character != Self.slash { activate(index + 1, in: &next) }
    case .name:
      if character != Self.slash { activate(index, in: &next) }
    case .rest:
      if character != Self.lineFeed { activate(index, in: &next) }
    case .optionalFolders: break
    case .folders:
      if character == Self.slash { activate(index + 1, in: &next) }
      if character != Self.lineFeed { activate(index, in: &next) }
    case .set(let isNegated, let ranges):
      if ranges.contains(where: { $0.contains(character) }) != isNegated {
        activate(index + 1, in: &next)
      }
    }
  }
}

extension IgnoreExpression {
  /// Turns the characters of a pattern into elements.
  private struct Compiler {
    let characters: [UInt32]
    var elements: [Element] = []
    var shape = Shape.literal
    private var position = 0

    init(characters: [UInt32]) { self.characters = characters }

    private var current: UInt32? { position < characters.count ? characters[position] : nil }

    private mutating func take(_ character: Character) -> Bool {
      guard current == character.unicodeScalars.first?.value else { return false }
      position += 1
      return true
    }

    mutating func compile() -> Bool {
      while let character = current {
        let isFirst = position == 0
        if take("*") {
          if take("*") { folders(isFirst: isFirst) } else { append(.name) }
        } else if take("?") {
          append(.anyInName)
        } else if take("[") {
          guard let set = set() else { return false }
          append(set)
        } else if take("\\") {
          guard let escaped = current else { return false }
          position += 1
          append(.character(escaped))
        } else {
          position += 1
          elements.append(.character(character))
          if character == UInt32(UInt8(ascii: "]")) { shape = .general }
        }
      }
      return true
    }

    private mutating func append(_ element: Element) {
      elements.append(element)
      shape = .general
    }

    private mutating func folders(isFirst: Bool) {
      _ = take("/")
      if current == nil {
        elements.append(.rest)
        shape = shape == .literal ? .literalThenAny : .general
      } else {
        elements += [.optionalFolders, .folders]
        shape = .general
      }
      if isFirst { shape = .anyThenLiteral }
    }

    /// What follows `[`, up to `]`.
    private mutating func set() -> Element? {
      let isNegated = take("^")
      var ranges: [ClosedRange<UInt32>] = []
      while ranges.isEmpty || !take("]") {
        guard let low = member() else { return nil }
        var high = low
        if take("-") {
          guard let end = member(), end >= low else { return nil }
          high = end
        }
        ranges.append(low...high)
      }
      return .set(isNegated: isNegated, ranges)
    }

    private mutating func member() -> UInt32? {
      if current == UInt32(UInt8(ascii: "-")) || current == UInt32(UInt8(ascii: "]")) { return nil }
      _ = take("\\")
      guard let character = current else { return nil }
      position += 1
      return character
    }
  }
}
