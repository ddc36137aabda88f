import CGit2
import Glibc
import SystemPackage

/// The file of one loose object: a zlib stream of a header and the object's bytes
/// (gitrepository-layout(5)).
///
/// libgit2 is not asked for these. Version 1.5.1 reads a file that was cut short, as a power
/// cut leaves it, without end: it asks zlib for output again and again where no input is left.
/// None is written here, but git writes them.
struct LooseObject {
  let id: GitObjectID

  private let path: String

  /// - Parameter objects: the repository's folder of objects.
  init(_ id: GitObjectID, in objects: String) {
    self.id = id
    let digits = id.description
    path = "\(objects)/\(digits.prefix(2))/\(digits.dropFirst(2))"
  }

  /// Reads the object and checks its digest; nil when it is not loose.
  ///
  /// - Throws: an error of the category `object` for one that is damaged, or larger than anything
  ///   that is read.
  func read() throws(GitError) -> GitObject? {
    guard let content = try inflate(limit: Self.longestHeader + Int(CGIT2_LARGEST_PIECE)) else {
      return nil
    }
    let header = try header(of: content.bytes)
    guard content.isWhole else { throw damaged("has \(header.count) bytes, more than are read") }
    guard header.count == content.bytes.count - header.end else {
      throw damaged("has a wrong header")
    }
    let object = GitObject(header.kind, Array(content.bytes[header.end...]))
    guard object.id == id else { throw damaged("has other bytes than its id says", .mismatch) }
    return object
  }

  /// The number of bytes that the object says it has; nil when it is not loose.
  func byteCount() throws(GitError) -> Int? {
    guard let content = try inflate(limit: Self.longestHeader) else { return nil }
    return try header(of: content.bytes).count
  }

  /// The longest kind, a space, nineteen digits and the end: fewer.
  private static let longestHeader = 32

  private func header(
    of content: [UInt8]
  ) throws(GitError) -> (kind: GitObjectKind, count: Int, end: Int) {
    guard let end = content.prefix(Self.longestHeader).firstIndex(of: 0) else {
      throw damaged("has no header")
    }
    let words = content[..<end].split(separator: UInt8(ascii: " "))
    guard words.count == 2,
      let kind = GitObjectKind(rawValue: String(decoding: words[0], as: UTF8.self)),
      let count = Int(String(decoding: words[1], as: UTF8.self)), count >= 0
    else { throw damaged("has a wrong header") }
    return (kind, count, end + 1)
  }

  private func damaged(_ what: String, _ code: GitError.Code = .failed) -> GitError {
    GitError(
      code: code, call: "inflate", message: "the loose object \(id) \(what)", category: .object)
  }

  /// The bytes of the file's zlib stream as far as the limit, and a few more; nil when it is not
  /// there.
  private func inflate(
    limit: Int
  ) throws(GitError) -> (bytes: [UInt8], isWhole: Bool)? {
    // Whatever keeps the file from being opened, libgit2 meets and reports it.
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let content = Self.inflate(file, limit: limit) else { throw damaged("is cut short") }
    return content
  }

  /// nil when the stream has no end.
  private static func inflate(
    _ file: Int32, limit: Int
  ) -> (bytes: [UInt8], isWhole: Bool)? {
    var stream = z_stream()
    guard inflateInit_(&stream, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var bytes: [UInt8] = []
    let half = 1 << 15
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * half) { buffer in
      guard let input = buffer.baseAddress else { return nil }
      let output = input + half
      while true {
        let count = Glibc.read(file, input, half)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return nil }
        (stream.next_in, stream.avail_in) = (input, UInt32(count))
        repeat {
          (stream.next_out, stream.avail_out) = (output, UInt32(half))
          let code = CGit2.inflate(&stream, Z_NO_FLUSH)
          bytes.append(
            contentsOf: UnsafeBufferPointer(start: output, count: half - Int(stream.avail_out)))
          if code == Z_STREAM_END { return (bytes, true) }
          if bytes.count >= limit { return (bytes, false) }
          if code == Z_BUF_ERROR { break }
          guard code == Z_OK else { return nil }
        } while stream.avail_in > 0 || stream.avail_out == 0
      }
    }
  }
}
