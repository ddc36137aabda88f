import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

/// What no package has, made by others.
struct HostilePackageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(
    _ file: FilePath, _ words: String, code: ArchiveError.Code = .refused
  ) throws {
    let error = try #require(PackageReader.refusal(of: file), "it was read")
    #expect(error.code == code, "\(error)")
    #expect(error.message.contains(words), "\(error)")
  }

  @Test(arguments: [
    ("add('/etc/passwd')", "'/etc/passwd' has an absolute path"),
    ("add('a/../../b')", "'a/../../b' has '..'"), ("add('../b')", "'../b'"),
    ("add('a/../\\u0301x')", "has '..'"), ("add('/\\u0301x')", "absolute"),
    ("add('a/.git/\\u0301x')", "git"), ("add('a/b'); add('a/b/\\u0301c')", "file and a folder"),
    ("add('a/./b')", "has '.'"), ("add('a//b')", "empty part"),
    ("add('a/l', tarfile.SYMTYPE, 'b')", "'a/l' is a symbolic link"),
    ("add('a/l', tarfile.SYMTYPE, '/etc')", "symbolic link"),
    ("add('a/b'); add('a/l', tarfile.LNKTYPE, 'a/b')", "'a/l' is a hard link"),
    ("add('a/d', tarfile.CHRTYPE)", "device"), ("add('a/d', tarfile.BLKTYPE)", "device"),
    ("add('a/f', tarfile.FIFOTYPE)", "FIFO"), ("add('a/f', b'7')", "no kind"),
    ("add('a/b', mode=0o4755)", "set-user-id"), ("add('a/b', mode=0o2755)", "set-group-id"),
    ("add('a/b', mode=0o1644)", "sticky"), ("add('a', tarfile.DIRTYPE, mode=0o1777)", "sticky"),
    ("add('a/b'); add('a/B')", "'a/B' has the name of 'a/b' but for case"),
    ("add('a/\\u00e9'); add('a/e\\u0301')", "Unicode form"),
    ("add('a/x/b'); add('a/X/c')", "but for case"),
    ("add('a/.git/config')", "git"), ("add('a/.GiT/hooks/x')", "git"),
    ("add('a/GIT~1/config')", "git"), ("add('a/.g\\u200cit/config')", "git"),
    ("add('a/.git . ./x')", "git"), ("add('x.git/hooks/post-checkout', mode=0o755)", "hook"),
    ("add('a/r/HEAD'); add('a/r/refs/x'); add('a/r/objects/x'); add('a/r/hooks/x')", "hooks"),
    ("add('a/b\\x1b[31m')", "'a/b\\u{1b}[31m' has a control character"),
    ("add('a/b\\nc')", "control"), ("add('a/b\\udcff')", "UTF-8"),
    ("add('a/' + 'n' * 256)", "more than 255"), ("add('a/' + 'abc/' * 1100)", "more than 4096"),
    ("add('a/b'); add('a/b')", "twice"),
    ("add('a', tarfile.DIRTYPE); add('a', tarfile.DIRTYPE)", "twice"),
    ("add('a/b'); add('a/b/c')", "'a/b' is a file and a folder".replacing("a/b'", with: "a/b/c'")),
    ("add('a/b/c'); add('a/b')", "is a file and a folder"),
    ("add('a/b'); add('c/d')", "'c/d' lies beside"), ("add('b')", "'b' lies in no folder"),
    ("add('a/b', pax={'path': '../../evil'})", "'../../evil'"),
    ("add('a/b', pax={'GNU.sparse.major': '1', 'GNU.sparse.minor': '0'})", "holes"),
    ("add('a/b', pax={'GNU.sparse.name': '../x'})", "holes"),
    ("add('a/b', pax={'SCHILY.realsize': '9'})", "holes"),
    ("add('a/b', pax={'size': '99999'})", "two sizes"),
    ("add('a/b', pax={'size': '-1'})", "no number"),
    ("add('a/b', pax={'linkpath': '/etc/passwd'})", "link"),
    ("add('a/b', pax={'hdrcharset': 'BINARY'})", "UTF-8"),
    ("add('a/b', pax={'comment': 'x' * 100000})", "header of"),
    (
      "tar.pax_headers = {'path': 'a/c'}; tar.fileobj.write(tar.tarinfo.create_pax_global_header({'path': 'a/c'})); add('a/b')",
      "no package has"
    ),
  ])
  func refusesInTar(lines: String, words: String) async throws {
    try expectRefusal(try await folder.tar(lines), words)
  }

  /// GNU's long name in place of a harmless one, and what stands behind its end.
  @Test(arguments: [
    (#"b'../../evil\0'"#, "'../../evil' has '..'"), (#"b'/evil\0'"#, "absolute"),
    (#"b'a/c\0../evil\0'"#, "behind its end"), (#"b'a/' + b'n' * 100000 + b'\0'"#, "header of"),
  ])
  func refusesLongNames(name: String, words: String) async throws {
    let file = try await folder.tar(
      """
      name = \(name)
      long = tarfile.TarInfo('././@LongLink'); long.type = b'L'; long.size = len(name)
      tar.addfile(long, io.BytesIO(name)); add('a/b')
      """)
    try expectRefusal(file, words)
  }

  @Test(arguments: [
    // Bytes behind a name's end, a wrong sum, a sum of negative bytes, an old header.
    "h[100 - 1] = 0x41", "h[148] = 0x37", "h[257:265] = bytes(8)", "h[124:136] = b'-0000000001\\0'",
    "h[124:136] = b'\\xff' * 12", "h[124:136] = b'0000000000x\\0'",
  ])
  func refusesHeadersThatReadersForgive(change: String) async throws {
    let file = try await folder.tar(
      """
      h = bytearray(tarfile.TarInfo('a/b').tobuf())
      \(change)
      if not "148" in \(String(reflecting: change)):
          h[148:156] = b' ' * 8
          h[148:156] = b'%06o\\0 ' % sum(h)
      tar.fileobj.write(h); tar.offset += 512
      """)
    let error = try #require(PackageReader.refusal(of: file))
    #expect([.damaged, .format].contains(error.code))
  }

  @Test(arguments: [
    ("add('/etc/passwd'); zip.close()", "absolute"), ("add('a/../../b'); zip.close()", "'..'"),
    ("add('a/l', b'/etc', 0o120777); zip.close()", "'a/l' is a symbolic link"),
    ("add('a/f', b'', 0o010644); zip.close()", "FIFO"),
    ("add('a/d', b'', 0o020644); zip.close()", "device"),
    ("add('a/s', b'', 0o140644); zip.close()", "socket"),
    ("add('a/b', mode=0o104755); zip.close()", "set-user-id"),
    ("add('a/b'); add('a/B'); zip.close()", "but for case"),
    ("add('a/b'); add('a/b'); zip.close()", "twice"),
    ("add('a/.git/x'); zip.close()", "git"), ("add('a/b'); add('c'); zip.close()", "lies beside"),
    ("add('a/b/', b'x', 0o100644); zip.close()", "file and a folder"),
    ("add('a/b', mode=0o040755); zip.close()", "file and a folder"),
    ("add('a/b', extra=struct.pack('<HHB', 0x7075, 9, 1) + b'1234evil'); zip.close()", "two names"),
    ("add('a/b', method=zipfile.ZIP_BZIP2); zip.close()", "compressed in a way"),
    // Another name before the content than in the directory, and the other way round.
    ("add('a/b'); zip.close(); patch(b'a/b', b'a/c')", "told differently"),
    ("add('a/b'); zip.close(); patch(b'a/b', b'a/c', True)", "told differently"),
    // Sizes that are not those of the content.
    (
      "add('a/b', b'x' * 999); zip.close(); patch(struct.pack('<I', 999), struct.pack('<I', 99))",
      "told differently"
    ),
    (
      "add('a/b', b'x' * 999); zip.close(); patch(struct.pack('<I', 999), struct.pack('<I', 99), True)",
      "told differently"
    ),
    // Encrypted, as both flags say.
    (
      "add('a/b'); zip.close(); patch(b'\\x14\\0\\0\\0\\x08\\0', b'\\x14\\0\\1\\0\\x08\\0'); patch(b'\\x14\\0\\0\\0\\x08\\0', b'\\x14\\0\\1\\0\\x08\\0', True)",
      "encrypted"
    ),
    // A member that the directory does not have.
    (
      "add('a/b'); zip.fp.write(open('/dev/zero','rb').read(9)); zip.start_dir += 9; zip.close()",
      "told differently"
    ),
  ])
  func refusesInZip(lines: String, words: String) async throws {
    try expectRefusal(try await folder.zip(lines), words)
  }

  @Test(arguments: [
    "patch(struct.pack('<I', 999), struct.pack('<I', 998)); patch(struct.pack('<I', 999), struct.pack('<I', 998), True)",
    "patch(struct.pack('<I', 999), struct.pack('<I', 1000)); patch(struct.pack('<I', 999), struct.pack('<I', 1000), True)",
    "d = open('a.zip', 'rb').read(); c = d[14:18]; patch(c, b'1234'); patch(c, b'1234')",
  ])
  func refusesContentThatIsNotAsBothPartsSay(change: String) async throws {
    let file = try await folder.zip("add('a/b', b'x' * 999); zip.close(); \(change)")
    try expectRefusal(file, "damaged", code: .damaged)
  }

  @Test(arguments: [
    "open('a.zip', 'ab').write(b'x')",
    "d = open('a.zip', 'rb').read(); open('a.zip', 'wb').write(b'MZ' + d)",
    "d = open('a.zip', 'rb').read(); open('a.zip', 'wb').write(d[:-2] + b'\\2\\0hi')",
    "d = open('a.zip', 'rb').read(); open('a.zip', 'wb').write(d + d[-22:])",
  ])
  func refusesWhatSurroundsAZip(change: String) async throws {
    let file = try await folder.zip("add('a/b'); zip.close(); \(change)")
    let error = try #require(PackageReader.refusal(of: file))
    #expect([.damaged, .format].contains(error.code))
  }
}
