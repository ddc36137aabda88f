/// The directory at the end of a zip file, held against all that is before it.
///
/// libarchive reads an entry's name and sizes before the content, others in the directory; so both
/// must say the same, and no byte of the file may belong to neither.
///
/// Source: APPNOTE.TXT 6.3.9, 4.3.
struct ZipDirectory {
  private static let endLength = 22
  private static let localLength = 30

  /// In the order of their content.
  private(set) var entries: [ZipEntry] = []
  private let file: PackageFile

  init(_ file: PackageFile, _ limits: PackageLimits) throws(ArchiveError) {
    self.file = file
    let (place, end, count) = try Self.find(in: file)
    guard count <= UInt64(clamping: limits.members) else {
      throw ArchiveError(
        .limit, call: "read", "the package has more than \(limits.members) members")
    }
    entries.reserveCapacity(Int(count))
    var (next, unpacked) = (place, UInt64(0))
    for _ in 0..<count {
      let head = try file.bytes(ZipEntry.headLength, at: Int64(next))
      guard let length = ZipEntry.tailLength(head) else { throw .broken }
      let tail = try file.bytes(length, at: Int64(next) + Int64(ZipEntry.headLength))
      guard tail.count == length else { throw .cutShort }
      let entry = ZipEntry(head, tail)
      if let fault = entry.fault { throw .refused(entry.path, fault) }
      unpacked = unpacked.addingReportingOverflow(entry.size).partialValue
      guard entry.size <= UInt64(Int64.max), unpacked <= UInt64(clamping: limits.unpackedSize)
      else {
        throw .tooLarge(limits)
      }
      entries.append(entry)
      next += UInt64(ZipEntry.headLength + length)
      guard next <= end else { throw .broken }
    }
    guard next == end else { throw .broken }
    let most = UInt64(clamping: limits.ratio).multipliedReportingOverflow(by: UInt64(file.size))
    let free = UInt64(clamping: limits.freelyUnpacked)
    guard most.overflow || unpacked <= max(most.partialValue, free) else {
      throw .tooDense(limits)
    }
    entries.sort { $0.place < $1.place }
    try checkContent(upTo: place)
  }

  /// Where the directory begins and ends, and how many entries it has.
  private static func find(
    in file: PackageFile
  ) throws(ArchiveError) -> (UInt64, UInt64, UInt64) {
    let last = file.size - Int64(endLength)
    guard last >= 0 else { throw .cutShort }
    let end = try file.bytes(endLength, at: last)
    guard end.starts(with: [0x50, 0x4B, 0x05, 0x06]), end.littleEndian(20, 2) == 0 else {
      throw ArchiveError(
        .damaged, call: "read",
        "the package is damaged: its end is missing, or something follows it")
    }
    var (count, size, place) = (
      end.littleEndian(10, 2), end.littleEndian(12, 4), end.littleEndian(16, 4)
    )
    guard end.littleEndian(4, 4) == 0, end.littleEndian(8, 2) == count else { throw .broken }
    var stop = UInt64(last)
    if count == 0xFFFF || size == 0xFFFF_FFFF || place == 0xFFFF_FFFF {
      guard last >= 76 else { throw .broken }
      let large = try file.bytes(76, at: last - 76)
      stop -= 76
      guard large.starts(with: [0x50, 0x4B, 0x06, 0x06]), large.littleEndian(4, 8) == 44,
        large[56...].starts(with: [0x50, 0x4B, 0x06, 0x07]), large.littleEndian(64, 8) == stop,
        large.littleEndian(16, 8) == 0, large.littleEndian(24, 8) == large.littleEndian(32, 8)
      else { throw .broken }
      (count, size, place) = (
        large.littleEndian(32, 8), large.littleEndian(40, 8), large.littleEndian(48, 8)
      )
    }
    let (sum, overflow) = place.addingReportingOverflow(size)
    guard !overflow, sum == stop, count <= size / UInt64(ZipEntry.headLength) else {
      throw .broken
    }
    return (place, stop, count)
  }

  /// Every byte before the directory is of one entry.
  private func checkContent(upTo end: UInt64) throws(ArchiveError) {
    var place: UInt64 = 0
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? entries[index + 1].place : end
      guard entry.place == place, next >= place, next <= end else { throw .twofold(entry) }
      try check(entry, upTo: next)
      place = next
    }
    guard place == end else { throw .broken }
  }

  private func check(_ entry: ZipEntry, upTo end: UInt64) throws(ArchiveError) {
    let head = try file.bytes(Self.localLength, at: Int64(entry.place))
    let nameLength = Int(head.littleEndian(26, 2))
    let name = try file.bytes(nameLength, at: Int64(entry.place) + Int64(Self.localLength))
    let hasSizeBehind = entry.flags & 8 != 0
    guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]), head.littleEndian(6, 2) == entry.flags,
      head.littleEndian(8, 2) == entry.method, name == entry.path
    else { throw .twofold(entry) }
    let local = (head.littleEndian(14, 4), head.littleEndian(18, 4), head.littleEndian(22, 4))
    let told = (entry.checksum, entry.packedSize, entry.size)
    for (local, told) in [(local.0, told.0), (local.1, told.1), (local.2, told.2)] {
      // A large one is in an extra field, which libarchive compares.
      guard local == told || local == 0xFFFF_FFFF || hasSizeBehind && local == 0 else {
        throw .twofold(entry)
      }
    }
    let start = entry.place + UInt64(Self.localLength + nameLength) + head.littleEndian(28, 2)
    let (content, overflow) = start.addingReportingOverflow(entry.packedSize)
    guard !overflow, content <= end else { throw .twofold(entry) }
    let rest = end - content
    guard hasSizeBehind ? [12, 16, 20, 24].contains(rest) : rest == 0 else { throw .twofold(entry) }
    var behind = try file.bytes(Int(rest), at: Int64(content))[...]
    if !hasSizeBehind { return }
    if rest == 16 || rest == 24 {
      guard behind.starts(with: [0x50, 0x4B, 0x07, 0x08]) else { throw .twofold(entry) }
      behind = behind.dropFirst(4)
    }
    let width = behind.count == 12 ? 4 : 8
    guard behind.littleEndian(0, 4) == entry.checksum,
      behind.littleEndian(4, width) == entry.packedSize,
      behind.littleEndian(4 + width, width) == entry.size
    else { throw .twofold(entry) }
  }
}

extension ArchiveError {
  /// An entry of which the two parts of a zip file say different things.
  fileprivate static func twofold(_ entry: ZipEntry) -> ArchiveError {
    .refused(entry.path, "is told differently before its content and in the directory")
  }
}
