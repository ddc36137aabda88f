/// Packets of git's protocol over a connection (gitprotocol-common(5), "pkt-line Format").
final class PacketStream {
  /// What may be in a packet.
  private static let largestPayload = 65_516

  private let connection: any GitConnection
  private var buffer: ArraySlice<UInt8> = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// How many bytes may still come; nil for any number.
  var room: Int?

  /// Sees the bytes as they come.
  private(set) var advertisement = GitAdvertisement()

  init(over connection: any GitConnection) { self.connection = connection }

  /// The next packet; nil for a flush.
  ///
  /// - Throws: `GitRemoteError` of code `cutShort` at the end of the stream.
  func next() throws -> ArraySlice<UInt8>? {
    let digits = try take(4)
    guard let length = Int(String(decoding: digits, as: UTF8.self), radix: 16),
      length == 0 || 4...(Self.largestPayload + 4) ~= length
    else { throw GitRemoteError(.refused, "the remote does not speak git's protocol") }
    return length == 0 ? nil : try take(length - 4)
  }

  /// Sends a packet.
  func send(_ payload: [UInt8]) throws {
    let digits = String(payload.count + 4, radix: 16)
    try sendRaw(Array((String(repeating: "0", count: 4 - digits.count) + digits).utf8) + payload)
  }

  /// Sends the end of a list of packets.
  func flush() throws { try sendRaw(Array("0000".utf8)) }

  private func sendRaw(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try connection.write($0) }
  }

  private func take(_ count: Int) throws -> ArraySlice<UInt8> {
    while buffer.count < count {
      let length = try chunk.withUnsafeMutableBytes { try connection.read(into: $0) }
      guard length > 0 else {
        throw GitRemoteError(.cutShort, "the remote hung up in the middle")
      }
      if let left = room {
        guard length <= left else {
          throw GitRemoteError(.tooLarge, "the remote has more references than are taken")
        }
        room = left - length
        chunk.withUnsafeBytes {
          advertisement.look(at: UnsafeRawBufferPointer(rebasing: $0[..<length]))
        }
      }
      buffer = Array(buffer) + chunk[..<length]
    }
    defer { buffer = buffer.dropFirst(count) }
    return buffer.prefix(count)
  }
}
