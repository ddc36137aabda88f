import SmartContainers

/// A step of a build that has begun.
struct BuildDisplayStep {
  /// By which it is called, counted from 1.
  let number: Int
  let name: String
  private let startedAt: Timestamp?

  /// Lines that are not shown yet.
  var held = ""
  var wasShown = false

  /// The bytes of a line that has no end yet, and when it began.
  private var line: [UInt8] = []
  private var lineBeganAt: Timestamp?

  /// Whether the line before was ended by a carriage return, which a line feed may follow.
  private var isAfterReturn = false

  /// The parts that were told of, and how much of each.
  private var parts: [String: Int64] = [:]

  init(_ state: BuildStep, number: Int) {
    self.number = number
    name = state.name
    startedAt = state.startedAt
  }

  /// The longest line that is waited for.
  private static let lineLimit = 1 << 13

  mutating func take(_ output: BuildStepOutput) {
    for byte in output.bytes {
      defer { isAfterReturn = byte == 0x0D }
      if byte == 0x0A, isAfterReturn { continue }
      if line.isEmpty { lineBeganAt = output.writtenAt }
      if byte == 0x0A || byte == 0x0D {
        holdLine()
      } else {
        line.append(byte)
        if line.count >= Self.lineLimit { holdLine() }
      }
    }
  }

  mutating func endLine() {
    if !line.isEmpty { holdLine() }
  }

  private mutating func holdLine() {
    let time = Self.milliseconds(from: startedAt, to: lineBeganAt)
    // As docker: four digits.
    let text = Self.seconds(time, decimals: time < 10_000 ? 3 : time < 100_000 ? 2 : 1)
    hold("\(text) \(String(decoding: line, as: UTF8.self))")
    line = []
  }

  mutating func take(_ progress: BuildStepProgress) {
    // As docker, a part is told of again when there is five per cent more of it.
    let last = parts[progress.part]
    let isMore = last.map { Double(progress.current) - Double($0) > Double(progress.total) * 0.05 }
    guard progress.endedAt != nil || isMore ?? true else { return }
    parts[progress.part] = progress.current
    var text = progress.part
    if progress.total > 0 {
      text += " \(HumanText.size(progress.current)) / \(HumanText.size(progress.total))"
    } else if progress.current > 0 {
      text += " \(HumanText.size(progress.current))"
    }
    if let end = progress.endedAt {
      let time = Self.milliseconds(from: progress.startedAt, to: end)
      text += time > 10 ? " \(Self.seconds(time, decimals: 1))s done" : " done"
    }
    hold(text)
  }

  mutating func end(_ state: BuildStep) {
    endLine()
    if let error = state.error {
      hold(error.hasSuffix("context canceled") ? "CANCELED" : "ERROR: \(error)")
    } else if state.isCached {
      hold("CACHED")
    } else {
      let time = Self.milliseconds(from: state.startedAt, to: state.endedAt)
      hold("DONE \(Self.seconds(time, decimals: 1))s")
    }
  }

  private mutating func hold(_ text: String) {
    held += "#\(number) \(PlainText.sanitize(text))\n"
  }

  private static func milliseconds(from start: Timestamp?, to end: Timestamp?) -> Int64 {
    guard let start, let end else { return 0 }
    return max(0, end.millisecondsSince1970 - start.millisecondsSince1970)
  }

  /// `0.300`, rounded.
  private static func seconds(_ milliseconds: Int64, decimals: Int) -> String {
    let unit: Int64 = [1000, 100, 10, 1][decimals]
    let rounded = (milliseconds + unit / 2) / unit
    let fraction = String(rounded % (1000 / unit))
    return "\(rounded / (1000 / unit))."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
