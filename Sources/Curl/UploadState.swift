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

  /// Whether nothing follows the chunk at hand.
  private var isLast: Bool

  /// Whether everything was taken from the stream.
  var isComplete: Bool { isLast }

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

  /// Whether the next chunk should be asked for.
  var wantsChunk: Bool { isPaused && !isStopped && !isLast }

  /// Copies what is at hand to libcurl's buffer.
  mutating func supply(to buffer: UnsafeMutableRawBufferPointer) -> Supply {
    let count = min(buffer.count, chunk.count - position)
    if count > 0 {
      chunk.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
      }
      position += count
      return .bytes(count)
    }
    if isLast { return .end }
    isPaused = true
    return .pause
  }

  /// Takes the next chunk, nil for the end; throws when it does not fit the promised length.
  mutating func offer(_ next: [UInt8]?) throws(TransportError) {
    let total = sentBefore + Int64(chunk.count) + Int64(next?.count ?? 0)
    if let length, total > length || (next == nil && total < length) {
      throw TransportError(
        .other, "the request's body is not of the \(length) bytes that were announced",
        underlying: nil)
    }
    guard let next else {
      isLast = true
      return
    }
    sentBefore += Int64(chunk.count)
    chunk = next
    position = 0
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
