import CGit2
import Glibc
import SystemPackage

/// The file of one loose object: a zlib stream of a header and the object's bytes
/// (gitrepository-layout(5)).
///
/// libgit2 is not asked for these. Version 1.5.1 reads a file that was cut short, as a power
/// cut leaves it, without end: it asks zlib for output again and again where no input is left.
/// And to write one it looks through the folder of packs first, each time.
struct LooseObject {
  let id: GitObjectID

  /// The folder of the objects that share the first two digits.
  private let folder: String
  private let path: String

  /// - Parameter objects: the repository's folder of objects.
  init(_ id: GitObjectID, in objects: String) {
    self.id = id
    let digits = id.description
    folder = "\(objects)/\(digits.prefix(2))"
    path = "\(folder)/\(digits.dropFirst(2))"
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

extension LooseObject {
  /// Writes the file, which is there whole or not at all, and not synced. One that is there
  /// already is replaced: it may be damaged, and to ask costs as much as to write.
  ///
  /// - Parameter content: the zlib stream.
  func write(_ content: [UInt8]) throws(GitError) {
    // Git and its `prune` know an unfinished object by this name.
    let random = String(UInt64.random(in: .min ... .max), radix: 16)
    let temporary = "\(folder)/tmp_obj_\(random)"
    let file = try create(temporary)
    var failure = Self.writeAll(content, to: file)
    if close(file) != 0, failure == nil { failure = Self.refused("close") }
    if failure == nil, rename(temporary, path) != 0 { failure = Self.refused("rename") }
    if let failure {
      unlink(temporary)
      throw failure
    }
  }

  /// Makes the file, and the folder where there is none: or no longer, because git removes
  /// those that it emptied.
  private func create(_ temporary: String) throws(GitError) -> Int32 {
    for _ in 0..<3 {
      let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
      if file >= 0 { return file }
      guard errno == ENOENT else { break }
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw Self.refused("mkdir") }
    }
    throw Self.refused("open")
  }

  private static func writeAll(_ content: [UInt8], to file: Int32) -> GitError? {
    content.withUnsafeBytes { rest in
      var rest = rest[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return refused("write") }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }

  private static func refused(_ call: String) -> GitError {
    GitError(
      code: .failed, call: call, message: "cannot write an object: \(Errno(rawValue: errno))",
      category: .system)
  }
}
