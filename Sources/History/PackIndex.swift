import Git
import SystemPackage

/// The index of a pack, of version 2 (gitformat-pack(5)). Of a large one only what is asked for is
/// read.
struct PackIndex {
  private static let magic: [UInt8] = [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]
  private static let headerSize = 8 + 256 * 4
  private static let idSize = 20

  private let file: FilePath

  /// How many objects have a name that begins with that byte or a smaller one.
  private let counts: [Int]

  /// How many objects the pack has.
  var count: Int { counts[255] }

  /// - Returns: nil where the file is missing, or of another format.
  init?(_ file: FilePath) throws(HistoryError) {
    self.file = file
    guard let (header, size) = try Self.read(file, at: 0, Self.headerSize),
      header.count == Self.headerSize, header.starts(with: Self.magic)
    else { return nil }
    counts = (0..<256).map { byte in
      header[(8 + byte * 4)...].prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    guard zip(counts, counts.dropFirst()).allSatisfy({ $0 <= $1 }),
      size >= Self.headerSize + count * Self.idSize
    else { return nil }
  }

  /// In an index of no more objects all are looked at: so is one found whose numbers are damaged.
  private static let smallCount = 1 << 16

  /// Whether the pack has an object.
  func contains(_ id: GitObjectID) throws(HistoryError) -> Bool {
    if count <= Self.smallCount { return try objects().contains(id) }
    guard let byte = Int(id.description.prefix(2), radix: 16) else { return false }
    return try ids(from: byte > 0 ? counts[byte - 1] : 0, to: counts[byte]).contains(id)
  }

  /// The objects that the pack has, by name; none where it is gone by now.
  func objects() throws(HistoryError) -> [GitObjectID] { try ids(from: 0, to: count) }

  private func ids(from first: Int, to end: Int) throws(HistoryError) -> [GitObjectID] {
    let (offset, length) = (Self.headerSize + first * Self.idSize, (end - first) * Self.idSize)
    guard let (bytes, _) = try Self.read(file, at: offset, length) else { return [] }
    return stride(from: 0, to: bytes.count, by: Self.idSize).compactMap {
      GitObjectID(bytes: bytes[$0...].prefix(Self.idSize))
    }
  }

  /// The bytes of a part of a file, fewer where it ends before, and its size; nil when it is missing.
  private static func read(
    _ file: FilePath, at offset: Int, _ count: Int
  ) throws(HistoryError) -> (bytes: [UInt8], size: Int)? {
    do throws(HistoryError) {
      return try Folder.attempt("read", file) {
        let descriptor = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
        defer { try? descriptor.close() }
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
          while filled < count {
            let rest = UnsafeMutableRawBufferPointer(room)[filled...]
            let more = try descriptor.read(
              fromAbsoluteOffset: Int64(offset + filled),
              into: UnsafeMutableRawBufferPointer(rebasing: rest))
            if more == 0 { break }
            filled += more
          }
        }
        return (bytes, Int(try descriptor.seek(offset: 0, from: .end)))
      }
    } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }
}
