import Glibc
import SystemPackage

/// The two files of an SSH key, by the name of either.
struct KeyFiles {
  let privatePath: String

  /// The line of the public key; nil where no file has it.
  let publicLine: String?

  init(_ path: String) {
    let own = Self.line(of: path)
    if let own, ["ssh-", "ecdsa-", "sk-"].contains(where: own.hasPrefix) {
      publicLine = own
      privatePath = path.hasSuffix(".pub") ? String(path.dropLast(".pub".count)) : path
    } else {
      publicLine = Self.line(of: path + ".pub")
      privatePath = path
    }
  }

  /// The first line of a small file.
  private static func line(of path: String) -> String? {
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    else { return nil }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    guard let count = try? bytes.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0
    else { return nil }
    return String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
