/// The identifier of an activity: a version 7 UUID (RFC 9562), so that ids sort by time.
public struct ActivityID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The 36 characters of the UUID in lower case.
  public let description: String

  /// The activity's IRI: `urn:uuid:` (RFC 9562) and the UUID.
  public var iri: String { "urn:uuid:" + description }

  /// The id of an activity that starts at `time`, made unique by 74 random bits.
  public init(at time: Timestamp, using generator: inout some RandomNumberGenerator) {
    let milliseconds = UInt64(bitPattern: time.millisecondsSince1970) & 0xFFFF_FFFF_FFFF
    let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &generator)
    let low =
      0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &generator)
    let bytes = [high, low].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += [byte].hexadecimal
    }
    description = text
  }

  /// Reads a UUID of any version, with or without `urn:uuid:`; nil when it is none.
  public init?(_ text: String) {
    let id = (text.hasPrefix("urn:uuid:") ? String(text.dropFirst(9)) : text).lowercased()
    let groups = id.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
      )
    else { return nil }
    description = id
  }

  public static func < (left: ActivityID, right: ActivityID) -> Bool {
    left.description < right.description
  }
}
