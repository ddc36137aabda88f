/// The fields of a message in the wire format of protocol buffers, in their order.
///
/// No length is trusted: the first field that makes no sense, or goes beyond the message, ends it.
///
/// Source: protobuf.dev, "Encoding".
struct ProtobufReader: Sequence, IteratorProtocol {
  /// A field as it is written; what its bytes mean is for who knows the message.
  enum Value {
    case integer(UInt64)
    case bytes(ArraySlice<UInt8>)

    /// Four or eight bytes of a fixed width: nothing that is read here.
    case fixed
  }

  /// The longest varint: 64 bits, seven a byte.
  private static let longestVarint = 10

  private var rest: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) { rest = message }

  mutating func next() -> (field: UInt64, value: Value)? {
    guard !rest.isEmpty, let key = varint(), let value = value(of: key & 7) else {
      rest = []
      return nil
    }
    return (key >> 3, value)
  }

  private mutating func value(of wireType: UInt64) -> Value? {
    switch wireType {
    case 0: varint().map { .integer($0) }
    case 1: take(8).map { _ in .fixed }
    case 2: varint().flatMap { Int(exactly: $0) }.flatMap { take($0) }.map { .bytes($0) }
    case 5: take(4).map { _ in .fixed }
    default: nil
    }
  }

  private mutating func varint() -> UInt64? {
    var number: UInt64 = 0
    for index in 0..<Self.longestVarint {
      guard let byte = rest.popFirst() else { return nil }
      number |= UInt64(byte & 0x7F) << (7 * UInt64(index))
      if byte < 0x80 { return number }
    }
    return nil
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

extension ProtobufReader.Value {
  /// A text; what is no UTF-8 in it is replaced. Empty for a field of another type.
  var text: String { String(decoding: content, as: UTF8.self) }

  /// The bytes, or the message inside; none for a field of another type.
  var content: ArraySlice<UInt8> {
    if case .bytes(let bytes) = self { bytes } else { [] }
  }

  /// A signed number; 0 for a field of another type.
  var number: Int64 {
    if case .integer(let number) = self { Int64(bitPattern: number) } else { 0 }
  }
}
