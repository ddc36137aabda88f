/// Colours in git's habit, or none.
struct Style: Sendable {
  let isColored: Bool

  private func wrap(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[m" : text
  }

  /// An id at the head of an entry.
  func id(_ text: String) -> String { wrap(text, "33") }
  func removed(_ text: String) -> String { wrap(text, "31") }
  func added(_ text: String) -> String { wrap(text, "32") }
  func changed(_ text: String) -> String { wrap(text, "36") }
  func bold(_ text: String) -> String { wrap(text, "1") }
  func failure(_ text: String) -> String { wrap(text, "31") }
}
