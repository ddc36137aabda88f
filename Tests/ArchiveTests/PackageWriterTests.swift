import Canonical
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct PackageWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path.string).sorted()
  }

  private func file(_ format: PackageFormat, _ name: String = "a") -> FilePath {
    folder.path.appending(name + format.suffix)
  }

  @Test func aNameSaysTheFormat() throws {
    #expect(try PackageFormat(named: "x/a.b.tar.zst") == .tarZstandard)
    #expect(try PackageFormat(named: "a.tar.gz") == .tarGzip)
    #expect(try PackageFormat(named: "a.tar") == .tar)
    #expect(try PackageFormat(named: "a.zip") == .zip)
    for name in ["a.tgz", "a", ".zip", "a.tar.xz", "a.ZIP", "/"] {
      #expect { try PackageFormat(named: FilePath(name)) } throws: {
        let error = $0 as? ArchiveError
        return error?.code == .format
          && error?.message.contains(".tar.zst, .tar.gz, .tar, .zip") == true
      }
    }
  }

  @Test(arguments: PackageFormat.allCases)
  func theSameContentGivesTheSameBytes(format: PackageFormat) throws {
    let first = try PackageSamples.writeBag(to: file(format, "a"), threads: 1)
    let second = try PackageSamples.writeBag(to: file(format, "b"), threads: 4)
    #expect(try PackageSamples.bytes(first) == PackageSamples.bytes(second))
  }

  /// A zone is the process's, and so is not changed here: what would show one is looked at.
  @Test func noClockAndNoTimeZoneLeavesATrace() throws {
    let gzip = try PackageSamples.bytes(PackageSamples.writeBag(to: file(.tarGzip)))
    #expect(gzip[3] == 0, "a name or a comment")
    #expect(gzip[4..<8].allSatisfy { $0 == 0 }, "a time")
    let zip = try PackageSamples.writeBag(to: file(.zip))
    let script = """
      import sys, zipfile
      for entry in zipfile.ZipFile(sys.argv[1]).infolist():
          print(*entry.date_time, b"UT\\x05" in entry.extra, entry.create_system)
      """
    let facts = try Shell.run("/usr/bin/python3", "-c", script, zip.string).split(separator: "\n")
    #expect(facts.count == 6 + PackageSamples.files.count)
    #expect(Set(facts) == ["1980 1 1 0 0 0 False 3"])
  }

  @Test func membersAreOfNobodyAndOfTheGivenTime() throws {
    let tar = try PackageSamples.writeBag(to: file(.tar))
    let lines = try TarListing.lines(of: tar)
    #expect(lines.contains { $0.contains("'result/tools/run.sh' 0 0o755 0 0 '' 7 1795996800 0 0") })
    #expect(lines.allSatisfy { $0.contains(" 0o644 0 0 ''") || $0.contains(" 0o755 0 0 ''") })
    #expect(lines.first?.hasPrefix("'result/bagit.txt'") == true)
  }

  @Test(arguments: PackageFormat.allCases)
  func otherProgramsListAndUnpackIt(format: PackageFormat) async throws {
    let package = try PackageSamples.writeBag(to: file(format))
    let out = folder.path.appending("out").string
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    let listing = try await Command.check(
      ["bsdtar", "-tf", package.string], environment: environment)
    #expect(listing.contains("result/data/Núñez/größe 数据.csv\n"))
    if format == .zip {
      try await Command.check(["unzip", "-tqq", package.string], environment: environment)
      try await Command.check(
        ["unzip", "-qq", package.string, "-d", out], environment: environment)
    } else {
      let listed = try await Command.check(
        ["tar", "--quoting-style=literal", "-tf", package.string], environment: environment)
      #expect(listed == listing)
      try await Command.check(["tar", "-xf", package.string, "-C", out], environment: environment)
    }
    for entry in PackageSamples.files {
      let path = FilePath(out).pushing(FilePath("result/data/" + entry.path))
      #expect(try PackageSamples.bytes(path) == entry.bytes)
      #expect(access(path.string, X_OK) == (entry.isExecutable ? 0 : -1))
    }
  }

  @Test(.enabled(if: Project.python != nil), arguments: PackageFormat.allCases)
  func bagitFindsItValid(format: PackageFormat) async throws {
    // It does not read %25, which is how RFC 8493 has a percent sign in a manifest.
    let package = try PackageSamples.writeBag(
      to: file(format), files: PackageSamples.files.filter { !$0.path.contains("%") })
    let python = try #require(Project.python)
    try await Command.check(
      ["bsdtar", "-xf", package.string, "-C", folder.path.string],
      environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    try await Command.check(
      [python.string, "-m", "bagit", "--validate", folder.path.appending("result").string])
    // It is one that can fail.
    try folder.write("x", to: "result/data/empty")
    let result = try await Command.run(
      [python.string, "-m", "bagit", "--validate", folder.path.appending("result").string])
    #expect(result.status != 0)
  }

  @Test func theDigestIsThatOfTheContent() throws {
    let writer = try PackageWriter(file(.tarZstandard), modified: 0)
    let noise = PackageSamples.noise(3_000_000)
    var place = 0
    let digest = try writer.add("a/b", size: Int64(noise.count)) { buffer in
      let count = min(buffer.count, 70_001, noise.count - place)
      buffer.copyBytes(from: noise[place..<(place + count)])
      place += count
      return count
    }
    #expect(digest == SHA256Digest(of: noise))
  }

  @Test func aSizeThatLiesEndsThePackage() throws {
    for size in [Int64(2), 4, 1 << 40, -1] {
      let writer = try PackageWriter(file(.tar), modified: 0)
      var rest: [UInt8] = [1, 2, 3]
      #expect {
        try writer.add("a/b", size: size) { buffer in
          guard !rest.isEmpty else { return 0 }
          buffer[0] = rest.removeFirst()
          return 1
        }
      } throws: { ($0 as? ArchiveError)?.code == .size }
      if size >= 0 { #expect(throws: ArchiveError.self) { try writer.finish() } }
    }
    #expect(try names() == [])
  }

  @Test func whatTheContentThrowsComesOutAndNothingIsLeft() throws {
    struct Unplugged: Error {}
    let writer = try PackageWriter(file(.tarZstandard), modified: 0)
    #expect(throws: Unplugged.self) {
      try writer.add("a/b", size: 9) { _ in throw Unplugged() }
    }
    #expect(throws: ArchiveError.self) { try writer.add("a/c", bytes: []) }
    #expect(throws: ArchiveError.self) { try writer.finish() }
    #expect(try names() == [])
  }

  @Test func nothingHasTheNameBeforeTheEnd() throws {
    let writer = try PackageWriter(file(.tarGzip), modified: 0)
    try writer.add("a/b", bytes: PackageSamples.noise(1_000_000))
    #expect(try names() == [])
    let size = try writer.finish().byteCount
    #expect(try names() == ["a.tar.gz"])
    #expect(try PackageSamples.bytes(file(.tarGzip)).count == Int(size))
  }

  @Test func anExistingFileGivesWayOnlyWhenAsked() throws {
    let path = try folder.write("mine", to: "a.tar")
    #expect { try PackageWriter(path, modified: 0) } throws: {
      ($0 as? ArchiveError)?.code == .exists
    }
    let other = folder.path.appending("b.tar")
    let late = try PackageWriter(other, modified: 0)
    try late.add("a/b", bytes: [1])
    try folder.write("came meanwhile", to: "b.tar")
    #expect { try late.finish() } throws: { ($0 as? ArchiveError)?.code == .exists }
    #expect(try PackageSamples.bytes(other) == Array("came meanwhile".utf8))
    let writer = try PackageWriter(path, modified: 0, replaces: true)
    try writer.add("a/b", bytes: [1])
    #expect(try PackageSamples.bytes(path) == Array("mine".utf8))
    try writer.finish()
    #expect(try PackageSamples.bytes(path).count > 512)
    #expect(try names() == ["a.tar", "b.tar"])
  }

  @Test func saysWhereItCannotWrite() throws {
    #expect { try PackageWriter("/nowhere/here/a.zip", modified: 0) } throws: {
      ($0 as? ArchiveError)?.code == .notFound
    }
    #expect { try PackageWriter("/proc/a.zip", modified: 0) } throws: {
      [.unwritable, .notFound].contains(($0 as? ArchiveError)?.code)
    }
    try folder.write("", to: "file")
    #expect { try PackageWriter(folder.path.appending("file/a.zip"), modified: 0) } throws: {
      ($0 as? ArchiveError)?.code == .notFound
    }
    try FileManager.default.createDirectory(
      atPath: folder.path.appending("a.zip").string, withIntermediateDirectories: false)
    let writer = try PackageWriter(folder.path.appending("a.zip"), modified: 0, replaces: true)
    #expect { try writer.finish() } throws: { ($0 as? ArchiveError)?.code == .exists }
  }

  /// On a real disk of one megabyte, which takes root to mount.
  @Test(.enabled(if: geteuid() == 0)) func aFullDiskIsToldAndLeavesNothing() async throws {
    let disk = folder.path.appending("disk").string
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    try await Command.check(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk])
    let result = Result {
      let writer = try PackageWriter(FilePath(disk).appending("a.tar"), modified: 0)
      try writer.add("a/b", bytes: PackageSamples.noise(3_000_000))
      try writer.finish()
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: disk)
    try await Command.check(["umount", disk])
    #expect { try result.get() } throws: { ($0 as? ArchiveError)?.code == .full }
    #expect(left == [])
  }

  @Test(arguments: [
    "", "/a", "a/../b", "a/../\u{301}x", "a/.git/\u{301}x", "a//b", "a/", ".", "a/./b",
    "a/.git/config", "a/.GIT", "a/git~1/x",
    "a/.g\u{200C}it/x", "a/.git./x", "a/.git::$INDEX_ALLOCATION/x", "a/x\\..\\y", "a/b\u{1B}[2J",
    "a/b\nc", "lab.git/hooks/post-receive", "a/.sc/hooks/pre-receive",
    String(repeating: "n", count: 256), String(repeating: "abc/", count: 1100) + "d",
  ])
  func refusesNames(name: String) throws {
    let writer = try PackageWriter(file(.tar), modified: 0)
    #expect { try writer.add(name, bytes: []) } throws: { ($0 as? ArchiveError)?.code == .name }
    // Nothing was begun, so the package goes on.
    try writer.add("a/b", bytes: [])
    try writer.finish()
  }

  @Test(arguments: [
    ["a/b", "a/b"], ["a/b", "A/b"], ["a/Núñez", "a/Nu\u{301}n\u{303}ez"],
    ["a/straße", "a/STRASSE"],
    ["a/b", "a/b/c"], ["a/b/c", "a/b"], ["a/b/c", "a/B/d"],
    ["a/HEAD", "a/objects/x", "a/refs/x", "a/hooks/x"],
  ])
  func refusesNamesTogether(names: [String]) throws {
    let writer = try PackageWriter(file(.tar), modified: 0)
    for name in names.dropLast() { try writer.add(name, bytes: []) }
    #expect { try writer.add(try #require(names.last), bytes: []) } throws: {
      ($0 as? ArchiveError)?.code == .name
    }
  }
}
