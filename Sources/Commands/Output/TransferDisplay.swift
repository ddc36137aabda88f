import SmartContainers

/// What an engine's progress shows, as docker shows it.
///
/// On a terminal each layer has a line that is drawn again as it goes on. Elsewhere every change
/// of a layer's state is a line.
struct TransferDisplay {
  private let isRedrawing: Bool
  private let width: Int

  /// The layers that have a line, by their ids: how many lines down from the first.
  private var lines: [String: Int] = [:]

  init(isRedrawing: Bool, width: Int) {
    self.isRedrawing = isRedrawing
    self.width = width
  }

  init(_ terminal: Terminal) {
    self.init(isRedrawing: terminal.isInteractive, width: terminal.width)
  }

  /// The text that shows an event, with what moves the cursor.
  mutating func text(for event: ProgressEvent) -> String {
    switch event {
    case .layer(let id, let status, let current, let total):
      let head = "\(PlainText.sanitize(id)): \(PlainText.sanitize(status))"
      let amount = amount(current ?? 0, of: total ?? 0)
      guard isRedrawing else { return amount.isEmpty ? head + "\n" : "" }
      return redrawn(id, amount.isEmpty ? head : "\(head) \(amount)")
    case .message(let id, let status):
      lines = [:]
      return PlainText.sanitize([id, status].compactMap { $0 }.joined(separator: ": ")) + "\n"
    case .digest(let digest):
      lines = [:]
      return "Digest: \(PlainText.sanitize(digest))\n"
    case .output(let text):
      lines = [:]
      return PlainText.sanitize(text, keepsLines: true)
    case .pushed, .image, .step, .stepProgress, .stepOutput, .warning: return ""
    }
  }

  /// Replaces the layer's line; the cursor ends below all of them.
  private mutating func redrawn(_ id: String, _ text: String) -> String {
    // A line that wraps would take two.
    let text = String(text.prefix(max(1, width - 1)))
    guard let line = lines[id] else {
      lines[id] = lines.count
      return text + "\n"
    }
    let distance = lines.count - line
    return "\u{1B}[\(distance)A\u{1B}[2K\r\(text)\u{1B}[\(distance)B\r"
  }

  private static let barWidth = 50

  /// `[====>    ]  1.2MB/3.4MB`, without the bar where it would not fit.
  private func amount(_ current: Int64, of total: Int64) -> String {
    guard current > 0 || total > 0 else { return "" }
    let size = HumanText.size(current)
    let padded = String(repeating: " ", count: max(0, 8 - size.count)) + size
    guard total > 0, current <= total else { return padded }
    let numbers = "\(padded)/\(HumanText.size(total))"
    guard width > 110 else { return numbers }
    let filled = Int(Double(current) / Double(total) * Double(Self.barWidth))
    let bar = String(repeating: "=", count: filled) + ">"
    let rest = String(repeating: " ", count: max(0, Self.barWidth - filled))
    return "[\(bar)\(rest)] \(numbers)"
  }
}
