import Glibc
import SmartContainers
import SystemPackage

/// A text that the user is to change, in a file that nobody else can read.
struct EditedFile {
  let path: FilePath

  /// - Parameters:
  ///   - suffix: the end of its name, by which editors know what it is.
  ///   - environment: `TMPDIR` is its folder, else `/tmp`.
  init(_ text: [UInt8], suffix: String, in environment: [String: String]) throws {
    let folder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(folder)/sc-XXXXXX\(suffix)".utf8CString)
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else {
      throw UsageError("no file can be made in \(folder): \(Errno(rawValue: errno))")
    }
    path = FilePath(
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    let file = FileDescriptor(rawValue: descriptor)
    _ = try file.closeAfter { try file.writeAll(text) }
  }

  func read(upTo limit: Int) throws -> [UInt8] {
    do {
      return try TextFile.readBytes(path, limit: limit)
    } catch {
      throw UsageError("\(path) cannot be read: \(error)")
    }
  }

  func remove() { unlink(path.string) }
}
