import Glibc
import SystemPackage

/// Where two files differ first.
///
/// It blocks: it is for threads of their own.
struct FileDifference {
  private static let chunk = 1 << 20

  /// Texts above this size are told apart by bytes.
  private static let textLimit = 1 << 20
  private static let lineLimit = 60

  /// The first difference in words; nil for none.
  ///
  /// - Throws: `Errno`.
  static func describe(_ old: FileDescriptor, _ new: FileDescriptor) throws -> String? {
    var offset = 0
    while true {
      let (first, second) = (try read(old), try read(new))
      if first.isEmpty, second.isEmpty { return nil }
      if offset == 0, let line = line(first, second) { return line }
      if let index = zip(first, second).enumerated().first(where: { $1.0 != $1.1 })?.offset {
        return "from byte \(offset + index)"
      }
      if first.count != second.count {
        return "from byte \(offset + min(first.count, second.count))"
      }
      offset += first.count
    }
  }

  /// A whole piece, or what there is to the end.
  private static func read(_ file: FileDescriptor) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
      while count < chunk {
        let read = try file.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
        if read == 0 { return }
        count += read
      }
    }
  }

  /// The first line that differs of two whole texts.
  private static func line(_ old: [UInt8], _ new: [UInt8]) -> String? {
    guard max(old.count, new.count) < textLimit, !old.contains(0), !new.contains(0),
      let old = String(validating: old, as: UTF8.self),
      let new = String(validating: new, as: UTF8.self)
    else { return nil }
    let lines = [old, new].map { text in
      let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      return lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
    }
    for index in 0..<max(lines[0].count, lines[1].count) {
      let pair = lines.map { $0.indices.contains(index) ? String($0[index]) : nil }
      if pair[0].map({ Array($0.utf8) }) != pair[1].map({ Array($0.utf8) }) {
        return "line \(index + 1): \(shown(pair[0])), now \(shown(pair[1]))"
      }
    }
    return nil
  }

  private static func shown(_ line: String?) -> String {
    guard let line else { return "nothing" }
    return "\"\(line.count > lineLimit ? line.prefix(lineLimit) + "…" : line)\""
  }
}
