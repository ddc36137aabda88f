/// The keys by which a user leaves a process that goes on.
///
/// Written as docker's `--detach-keys`: keys with commas between them, each a character or
/// `ctrl-` and a letter or one of `@[\]^_`.
///
/// Source: Engine API 1.41, POST /containers/{id}/attach, `detachKeys`.
public struct DetachKeys: Sendable, Equatable {
  /// The keys as the Engine API writes them: `ctrl-p,ctrl-q`.
  public let text: String

  /// The byte that a terminal sends for each, never none.
  let bytes: [UInt8]

  /// Docker's own: Control-P, Control-Q.
  public static let standard = DetachKeys(text: "ctrl-p,ctrl-q", bytes: [0x10, 0x11])

  private init(text: String, bytes: [UInt8]) {
    self.text = text
    self.bytes = bytes
  }

  /// Reads docker's notation; nil when it is another.
  public init?(_ text: String) {
    var bytes: [UInt8] = []
    for key in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let byte = Self.byte(of: key) else { return nil }
      bytes.append(byte)
    }
    self.init(text: text, bytes: bytes)
  }

  private static func byte(of key: Substring) -> UInt8? {
    if key.utf8.count == 1 { return key.utf8.first }
    guard key.hasPrefix("ctrl-"), key.utf8.count == 6, let last = key.utf8.last else { return nil }
    switch last {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return last - UInt8(ascii: "a") + 1
    case UInt8(ascii: "@"), UInt8(ascii: "[")...UInt8(ascii: "_"): return last - UInt8(ascii: "@")
    default: return nil
    }
  }
}

/// Looks for detach keys in what is typed; a pure state machine.
///
/// Keys that may be the beginning of them are held until that is decided.
public struct DetachKeyFilter: Sendable {
  private let keys: [UInt8]
  private var matched = 0

  public init(_ keys: DetachKeys) { self.keys = keys.bytes }

  /// Takes what was typed.
  ///
  /// - Returns: what is to be passed on; nil when the user wants to leave.
  public mutating func take(_ typed: [UInt8]) -> [UInt8]? {
    var passed: [UInt8] = []
    for byte in typed {
      if byte != keys[matched] {
        passed += keys.prefix(matched)
        matched = 0
      }
      if byte == keys[matched] {
        matched += 1
      } else {
        passed.append(byte)
      }
      if matched == keys.count { return nil }
    }
    return passed
  }
}
