/// Reads the members of a tar archive by the letter: what is read here is what every reader reads.
///
/// libarchive's own reader goes on after a wrong header, joins members, and does not say what an
/// extended header changed.
final class TarMembers: PackageSource {
  private let source: any ByteSource
  private let limits: PackageLimits

  /// What came and is not used yet.
  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)

  /// The bytes of the member, and of its padding, that are still to come.
  private var left: Int64 = 0
  private var padding: Int64 = 0

  init(_ source: any ByteSource, _ limits: PackageLimits) {
    self.source = source
    self.limits = limits
  }

  var bytesRead: Int64 { source.bytesRead }

  func next() throws(ArchiveError) -> RawMember? {
    while try chunk() != nil {}
    var extended: PaxRecords?
    var longName: [UInt8]?
    while let header = try header() {
      switch header.type {
      case UInt8(ascii: "x") where extended == nil && longName == nil:
        let bytes = try content(header)
        do throws(PaxRecords.Fault) {
          extended = try PaxRecords(bytes)
        } catch {
          throw .refused(header.path, error.words)
        }
      case UInt8(ascii: "L") where extended == nil && longName == nil:
        let name = try content(header)
        longName = Array(name.prefix { $0 != 0 })
        guard name.count - (longName?.count ?? 0) <= 1 else {
          throw .refused(header.path, "has a name with something behind its end")
        }
      case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
        throw .refused(header.path, "has headers that no package has")
      default: return try member(header, path: longName ?? extended?.path, size: extended?.size)
      }
    }
    guard extended == nil, longName == nil else { throw .cutShort }
    return nil
  }

  private func member(
    _ header: TarHeader, path: [UInt8]?, size: Int64?
  ) throws(ArchiveError) -> RawMember {
    var path = path ?? header.path
    if let size, size != header.size, size < 1 << 33 {
      throw .refused(path, "has two sizes")
    }
    let size = size ?? header.size
    let kind = Self.kind(header.type)
    if case .folder = kind {
      if path.last == UInt8(ascii: "/") { path.removeLast() }
      guard size == 0 else { throw .refused(path, "is a folder with content") }
    }
    left = size
    padding = (512 - size % 512) % 512
    return RawMember(path: path, kind: kind, size: size, mode: header.mode)
  }

  private static func kind(_ type: UInt8) -> RawMember.Kind {
    switch type {
    case UInt8(ascii: "0"): .file
    case UInt8(ascii: "5"): .folder
    case UInt8(ascii: "1"): .refused("is a hard link")
    case UInt8(ascii: "2"): .refused("is a symbolic link")
    case UInt8(ascii: "3"), UInt8(ascii: "4"): .refused("is a device")
    case UInt8(ascii: "6"): .refused("is a FIFO")
    case UInt8(ascii: "S"): .refused("has holes")
    default: .refused("is of no kind that a package has")
    }
  }

  func chunk() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if left > 0 {
      let chunk = try take(atMost: left)
      left -= Int64(chunk.count)
      return chunk
    }
    while padding > 0 {
      let rest = try take(atMost: padding)
      padding -= Int64(rest.count)
      guard rest.allSatisfy({ $0 == 0 }) else { throw .broken }
    }
    return nil
  }

  /// The content of what says more of the next member.
  private func content(_ header: TarHeader) throws(ArchiveError) -> [UInt8] {
    // As much as the longest path with times, owners and some attributes.
    guard header.size <= Int64(limits.pathLength) + (64 << 10) else {
      throw .refused(header.path, "has a header of \(header.size) bytes")
    }
    left = header.size
    padding = (512 - header.size % 512) % 512
    var content: [UInt8] = []
    while let chunk = try chunk() { content += chunk }
    return content
  }

  /// The next header; nil at the end, which is two blocks of zeros, and nothing but zeros after.
  private func header() throws(ArchiveError) -> TarHeader? {
    let block = try block()
    if let header = TarHeader(block) { return header }
    guard block.allSatisfy({ $0 == 0 }), try self.block().allSatisfy({ $0 == 0 }) else {
      throw .broken
    }
    while true {
      guard bytes.allSatisfy({ $0 == 0 }) else {
        throw ArchiveError(.damaged, call: "read", "something follows the end of the package")
      }
      guard let next = try source.next() else { return nil }
      bytes = next
    }
  }

  private func block() throws(ArchiveError) -> [UInt8] {
    var block: [UInt8] = []
    while block.count < TarHeader.length {
      block += try take(atMost: Int64(TarHeader.length - block.count))
    }
    return block
  }

  /// Some of the next bytes, at least one.
  private func take(atMost count: Int64) throws(ArchiveError) -> UnsafeRawBufferPointer {
    if bytes.isEmpty {
      guard let next = try source.next() else { throw .cutShort }
      bytes = next
    }
    let end = Int(min(count, Int64(bytes.count)))
    let taken = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    bytes = UnsafeRawBufferPointer(rebasing: bytes[end...])
    return taken
  }
}

extension ArchiveError {
  static let cutShort = ArchiveError(
    .damaged, call: "read", "the package is cut short; get it once more")

  static let broken = ArchiveError(
    .damaged, call: "read", "the package is damaged: where a member should be, there is none")

  /// A member that no package has.
  static func refused(_ path: some Collection<UInt8>, _ fault: String) -> ArchiveError {
    let name = MemberName.shown(String(decoding: path, as: UTF8.self))
    return ArchiveError(
      .refused, call: "read", "the package is refused: its member '\(name)' \(fault)")
  }
}
