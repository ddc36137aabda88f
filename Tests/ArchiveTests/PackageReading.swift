import Foundation
import SystemPackage
import TestSupport

@testable import Archive

extension PackageReader {
  /// Every member, with a file's content.
  func collect() throws -> [(member: PackageMember, bytes: [UInt8])] {
    var members: [(member: PackageMember, bytes: [UInt8])] = []
    while let member = try next() {
      members.append((member, try contents(atMost: .max)))
    }
    return members
  }

  /// Reads to the end and says why that cannot be done; nil when it can.
  static func refusal(
    of file: FilePath, limits: PackageLimits = PackageLimits()
  ) -> ArchiveError? {
    do throws(ArchiveError) {
      let reader = try PackageReader(file, limits: limits)
      while try reader.next() != nil { while try reader.chunk() != nil {} }
      return nil
    } catch {
      return error
    }
  }
}

extension TemporaryFolder {
  /// Writes bytes to a file of this name.
  func write(bytes: [UInt8], to name: String) throws -> FilePath {
    let file = path.appending(name)
    try Data(bytes).write(to: URL(filePath: file.string))
    return file
  }

  /// Runs a script of Python in the folder.
  func python(_ script: String) async throws {
    try await Command.check(["python3", "-c", script], in: path)
  }

  /// A tar that Python's tarfile makes, which makes no difference between good and bad.
  func tar(_ lines: String) async throws -> FilePath {
    try await python(
      """
      import io, sys, tarfile
      def add(name, kind=tarfile.REGTYPE, link='', data=b'x', mode=0o644, pax={}):
          member = tarfile.TarInfo(name)
          member.type, member.linkname, member.mode = kind, link, mode
          member.pax_headers = pax
          member.size = len(data) if kind == tarfile.REGTYPE else 0
          tar.addfile(member, io.BytesIO(data))
      tar = tarfile.open('a.tar', 'w', format=tarfile.PAX_FORMAT)
      \(lines)
      tar.close()
      """)
    return path.appending("a.tar")
  }

  /// A zip that Python's zipfile makes.
  func zip(_ lines: String) async throws -> FilePath {
    try await python(
      """
      import struct, sys, zipfile
      def add(name, data=b'x', mode=0o100644, extra=b'', method=zipfile.ZIP_DEFLATED):
          entry = zipfile.ZipInfo(name)
          entry.create_system, entry.external_attr = 3, mode << 16
          entry.extra, entry.compress_type = extra, method
          zip.writestr(entry, data)
      def patch(old, new, last=False):
          data = open('a.zip', 'rb').read()
          place = data.rfind(old) if last else data.find(old)
          assert place >= 0
          open('a.zip', 'wb').write(data[:place] + new + data[place + len(old):])
      zip = zipfile.ZipFile('a.zip', 'w')
      \(lines)
      """)
    return path.appending("a.zip")
  }
}
