import CGit2
import Glibc
import SystemPackage

/// The file of one loose object: a zlib stream (gitrepository-layout(5)).
enum LooseObject {
  /// Refuses an object whose file was cut short.
  ///
  /// libgit2 1.5.1 reads such a file, as a power cut leaves it, without end: it asks zlib for
  /// output again and again where no input is left. So the stream is followed to its end here
  /// before libgit2 sees it. An object in a pack costs one system call more, and loose ones
  /// are few: only those since the last consolidation.
  static func check(_ id: GitObjectID, below repository: FilePath) throws(GitError) {
    let digits = id.description
    let path = "\(repository)/objects/\(digits.prefix(2))/\(digits.dropFirst(2))"
    guard let file = fopen(path, "rbe") else { return }
    defer { fclose(file) }
    guard isWhole(file) else {
      throw GitError(
        code: .failed, call: "inflate", message: "the loose object \(id) is cut short",
        category: .object)
    }
  }

  private static func isWhole(_ file: UnsafeMutablePointer<FILE>) -> Bool {
    var stream = z_stream()
    guard
      inflateInit_(&stream, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { inflateEnd(&stream) }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      let input = buffer[..<(1 << 15)]
      let output = buffer[(1 << 15)...]
      while true {
        let count = fread(
          UnsafeMutableRawBufferPointer(rebasing: input).baseAddress, 1, input.count, file)
        guard count > 0 else { return false }
        stream.next_in = UnsafeMutableRawBufferPointer(rebasing: input).baseAddress?
          .assumingMemoryBound(to: Bytef.self)
        stream.avail_in = UInt32(count)
        repeat {
          stream.next_out = UnsafeMutableRawBufferPointer(rebasing: output).baseAddress?
            .assumingMemoryBound(to: Bytef.self)
          stream.avail_out = UInt32(output.count)
          let code = inflate(&stream, Z_NO_FLUSH)
          if code == Z_STREAM_END { return true }
          if code == Z_BUF_ERROR { break }
          guard code == Z_OK else { return false }
        } while stream.avail_in > 0 || stream.avail_out == 0
      }
    }
  }
}
