import CGit2

/// A zlib compressor that is made once: its 256 KiB of memory cost more than the few kilobytes
/// that are compressed with it.
struct Deflater: ~Copyable {
  /// In memory of its own, because zlib refuses a stream that has moved; made when needed.
  private var stream: UnsafeMutablePointer<z_stream>?

  init() {}

  deinit {
    guard let stream else { return }
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses as git does what may soon be packed: fast rather than well.
  ///
  /// - Parameter isStored: whether the bytes are only put into the format.
  mutating func compress(_ bytes: [UInt8], isStored: Bool) throws(GitError) -> [UInt8] {
    let stream = try ready()
    let level = isStored ? Z_NO_COMPRESSION : Z_BEST_SPEED
    guard deflateReset(stream) == Z_OK,
      deflateParams(stream, level, Z_DEFAULT_STRATEGY) == Z_OK,
      let size = UInt32(exactly: bytes.count)
    else {
      throw Self.failure
    }
    var bytes = bytes
    let bound = deflateBound(stream, uLong(size))
    let result = [UInt8](unsafeUninitializedCapacity: Int(bound)) { output, count in
      bytes.withUnsafeMutableBufferPointer { input in
        (stream.pointee.next_in, stream.pointee.avail_in) = (input.baseAddress, size)
        (stream.pointee.next_out, stream.pointee.avail_out) = (
          output.baseAddress, UInt32(clamping: output.count)
        )
        let isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
        count = isWhole ? Int(stream.pointee.total_out) : 0
      }
    }
    guard !result.isEmpty else { throw Self.failure }
    return result
  }

  /// Makes the compressor now rather than at its first use.
  mutating func prepare() throws(GitError) { _ = try ready() }

  private mutating func ready() throws(GitError) -> UnsafeMutablePointer<z_stream> {
    if let stream { return stream }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard
      deflateInit_(
        stream, Z_BEST_SPEED, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      throw Self.failure
    }
    self.stream = stream
    return stream
  }

  private static let failure = GitError(
    code: .failed, call: "deflate", message: "an object cannot be compressed")
}
