import HTTP

/// The part of a request's body that is at hand, and whether more is wanted.
struct UploadState: Sendable {
  /// What libcurl is told when it asks for bytes.
  enum Supply: Equatable {
    case bytes(Int)
    case end
    case pause
  }

  /// The chunk at hand, how much of it was sent, and how much was sent before it.
  private var chunk: [UInt8]
  private var position = 0
  private var sentBefore: Int64 = 0

  /// The chunk after the one at hand, made ready while that is sent.
  private var following: [UInt8]?

  /// Whether any chunk was asked for.
  private var hasBegun = false

  /// Whether nothing follows the chunk at hand.
  private var isLast: Bool

  /// Whether everything was taken from the stream.
  var isTaken: Bool { isLast }

  /// Whether everything was sent.
  var isComplete: Bool { isLast && following == nil && position == chunk.count }

  /// The length that was promised, in bytes.
  private let length: Int64?

  /// Whether libcurl has stopped asking until it is told that there is more.
  private(set) var isPaused = false

  /// Whether the engine has answered before the end, so that the rest is not sent.
  private(set) var isStopped = false

  /// What `next` threw while its bytes were still wanted.
  private(set) var failure: (any Error)?

  init(_ body: HTTPRequestBody) {
    switch body {
    case .none: (chunk, isLast, length) = ([], true, nil)
    case .bytes(let bytes): (chunk, isLast, length) = (bytes, true, nil)
    case .stream(let length, _): (chunk, isLast, self.length) = ([], false, length)
    }
  }

  /// Whether the next chunk should be asked for: at first when it is wanted, and then one ahead.
  var wantsChunk: Bool { hasBegun && following == nil && !isStopped && !isLast }

  /// Copies what is at hand to libcurl's buffer.
  mutating func supply(to buffer: UnsafeMutableRawBufferPointer) -> Supply {
    if position == chunk.count, let next = following { turn(to: next) }
    let count = min(buffer.count, chunk.count - position)
    if count > 0 {
      chunk.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
      }
      position += count
      return .bytes(count)
    }
    if isLast { return .end }
    hasBegun = true
    isPaused = true
    return .pause
  }

  private mutating func turn(to next: [UInt8]) {
    sentBefore += Int64(chunk.count)
    chunk = next
    position = 0
    following = nil
  }

  /// Takes the next chunk, nil for the end; throws when it does not fit the promised length.
  mutating func offer(_ next: [UInt8]?) throws(TransportError) {
    let total = sentBefore + Int64(chunk.count) + Int64(next?.count ?? 0)
    if let length, total > length || (next == nil && total < length) {
      throw TransportError(
        .other, "the request's body is not of the \(length) bytes that were announced",
        underlying: nil)
    }
    if let next {
      following = next
    } else {
      isLast = true
    }
  }

  /// Whether libcurl must be told to ask again; it is assumed to be told.
  mutating func resume() -> Bool {
    defer { isPaused = false }
    return isPaused
  }

  /// Notes that the rest is not sent.
  mutating func stop() { isStopped = true }

  /// Notes what `next` threw.
  mutating func fail(_ error: any Error) { failure = error }

  /// Goes back to the start, where the start is still at hand.
  mutating func rewind() -> Bool {
    guard sentBefore == 0 else { return false }
    position = 0
    return true
  }
}
