import SystemPackage

/// Reads a package, member by member, and refuses what no package has before anybody sees it.
///
/// Links, devices, names that lead elsewhere or that two file systems take for two things, members
/// twice, anything after the end: each is an `ArchiveError` that names the member. It blocks, and
/// is used on one thread. Memory grows with the number of members alone.
package final class PackageReader {
  package let format: PackageFormat

  /// The bytes of the file.
  package let fileSize: Int64

  /// What the package may be at most.
  package let limits: PackageLimits

  /// The folder that all members are in; nil before the first.
  package private(set) var folder: String?

  private let source: any PackageSource
  private var names: MemberNames
  private var unpacked: Int64 = 0
  private var isAtEnd = false

  /// Opens a package; its content says of what format it is, not its name.
  ///
  /// - Throws: `ArchiveError` of the codes `notFound`, `unreadable`, `format`, and for zip, whose
  ///   directory is read first, all that `next()` throws.
  package init(
    _ path: FilePath, limits: PackageLimits = PackageLimits()
  ) throws(ArchiveError) {
    let file = try PackageFile(path)
    let head = try file.bytes(PackageFormat.headLength, at: 0)
    format = try PackageFormat(head: head, named: path.string)
    fileSize = file.size
    self.limits = limits
    names = MemberNames(limits)
    switch format {
    case .zip: source = try ZipMembers(file, limits)
    case .tar: source = TarMembers(FileBytes(file), limits)
    case .tarGzip, .tarZstandard:
      source = TarMembers(Decompression(file, format, limits), limits)
    }
  }

  /// How many bytes of the file were read.
  package var bytesRead: Int64 { source.bytesRead }

  /// The next member; nil at the end, to which everything was as it must be. What was not read of
  /// the one before is passed over.
  ///
  /// - Throws: `ArchiveError` of the codes `refused`, `damaged` and `limit`; after it there is
  ///   nothing more to read.
  package func next() throws(ArchiveError) -> PackageMember? {
    guard !isAtEnd else { return nil }
    isAtEnd = true
    guard let raw = try source.next() else { return nil }
    let member = try checked(raw)
    isAtEnd = false
    return member
  }

  /// The next bytes of the member, valid until the next call; nil at its end.
  package func chunk() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    guard !isAtEnd else { return nil }
    isAtEnd = true
    let chunk = try source.chunk()
    isAtEnd = false
    return chunk
  }

  /// All bytes of the member, of which there may be so many.
  package func contents(atMost limit: Int) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try chunk() {
      guard bytes.count + chunk.count <= limit else {
        throw ArchiveError(.limit, call: "read", "a member has more than \(limit) bytes")
      }
      bytes += chunk
    }
    return bytes
  }

  private func checked(_ raw: RawMember) throws(ArchiveError) -> PackageMember {
    let kind: PackageMember.Kind
    switch raw.kind {
    case .file: kind = .file
    case .folder: kind = .folder
    case .refused(let fault): throw .refused(raw.path, fault)
    }
    guard let path = String(validating: raw.path, as: UTF8.self) else {
      throw .refused(raw.path, "has a name that is not in UTF-8")
    }
    guard raw.mode & 0o7000 == 0 else {
      throw .refused(raw.path, "has a set-user-id, set-group-id or sticky bit")
    }
    if let fault = names.fault(of: path, isFolder: kind == .folder) {
      throw .refused(raw.path, fault)
    }
    try checkFolder(path, kind)
    let (sum, overflow) = unpacked.addingReportingOverflow(raw.size)
    guard !overflow, sum <= limits.unpackedSize else { throw .tooLarge(limits) }
    unpacked = sum
    return PackageMember(
      path: path, kind: kind, size: raw.size,
      isExecutable: kind == .file && raw.mode & 0o111 != 0)
  }

  /// A package is one folder, so that it never pours itself over another.
  private func checkFolder(_ path: String, _ kind: PackageMember.Kind) throws(ArchiveError) {
    let first = path.pathParts.first ?? ""
    if folder == nil { folder = String(first) }
    guard let folder, folder.utf8.elementsEqual(first.utf8) else {
      throw .refused(path.utf8, "lies beside the folder of the others")
    }
    guard kind == .folder || path.utf8.count > first.utf8.count else {
      throw .refused(path.utf8, "lies in no folder")
    }
  }
}
