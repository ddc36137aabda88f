import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct PackageReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bag(_ format: PackageFormat) throws -> FilePath {
    try PackageSamples.writeBag(to: folder.path.appending("a" + format.suffix))
  }

  private let environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]

  @Test(arguments: PackageFormat.allCases)
  func whatWasWrittenIsRead(format: PackageFormat) throws {
    // The content says the format, not the name.
    let file = try bag(format)
    let other = folder.path.appending("b.bin")
    try FileManager.default.moveItem(atPath: file.string, toPath: other.string)
    let reader = try PackageReader(other)
    #expect(reader.format == format)
    let members = try reader.collect()
    for entry in PackageSamples.files {
      let found = try #require(members.first { $0.member.path == "result/data/" + entry.path })
      #expect(found.bytes == entry.bytes)
      #expect(found.member.size == Int64(entry.bytes.count))
      #expect(found.member.isExecutable == entry.isExecutable)
      #expect(found.member.pathInFolder == "data/" + entry.path)
    }
    #expect(reader.folder == "result")
    #expect(reader.bytesRead == reader.fileSize)
    #expect(try reader.next() == nil)
  }

  @Test(arguments: [
    "tar --format=gnu -cf a x", "tar --format=pax -cf a x", "tar --format=ustar -cf a x/short",
    "tar -czf a x", "tar --zstd -cf a x", "bsdtar -cf a x", "bsdtar -czf a x",
    "bsdtar -a -cf a.zip x && mv a.zip a", "zip -qr a.zip x && mv a.zip a",
    "tar -cf - x | split -b 3000 --filter='gzip -c' - > a",
    "tar -cf - x | split -b 3000 --filter='zstd -c' - > a",
  ])
  func whatOthersWriteIsRead(script: String) async throws {
    try await Command.check(
      [
        "bash", "-ec",
        """
        mkdir -p x/empty x/short "x/Núñez 数据"
        long=x/$(printf 'folder/%.0s' {1..25}); mkdir -p $long
        echo one >x/short/one; seq 5000 >"x/Núñez 数据/größe"; echo deep >$long/$(printf 'n%.0s' {1..150})
        \(script)
        """,
      ], environment: environment, in: folder.path)
    let members = try PackageReader(folder.path.appending("a")).collect()
    #expect(members.contains { $0.bytes == Array("one\n".utf8) })
    if !script.contains("ustar") {
      #expect(
        members.contains { $0.member.path.utf8.count > 300 && $0.bytes == Array("deep\n".utf8) })
      let seq = try #require(members.first { $0.member.path == "x/Núñez 数据/größe" })
      #expect(seq.bytes.count == 23893)
      #expect(members.contains { $0.member.path == "x/empty" && $0.member.kind == .folder })
    }
  }

  @Test(arguments: [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "is xz"), (Array("BZh9".utf8), "is bzip2"),
    (Array("hello".utf8), "is no package"), ([], "is no package"), ([0x28, 0xB5], "is no package"),
  ])
  func otherFormatsAreNamed(head: [UInt8], words: String) throws {
    let file = try folder.write(bytes: head, to: "a")
    let error = try #require(PackageReader.refusal(of: file))
    #expect(error.code == .format)
    #expect(error.message.contains(words) && error.message.contains("tar.zst, tar.gz, tar, zip"))
  }

  @Test func whatIsNoFileIsNoPackage() throws {
    #expect(PackageReader.refusal(of: folder.path)?.code == .format)
    #expect(PackageReader.refusal(of: folder.path.appending("none"))?.code == .notFound)
    let fifo = folder.path.appending("fifo")
    #expect(mkfifo(fifo.string, 0o600) == 0)
    #expect(PackageReader.refusal(of: fifo)?.code == .format)
  }

  @Test(arguments: PackageFormat.allCases)
  func aPackageThatIsCutAnywhereIsRefused(format: PackageFormat) throws {
    let file = try PackageSamples.writeBag(
      to: folder.path.appending("a" + format.suffix),
      files: [("a", Array("some text\n".utf8), false), ("b", PackageSamples.noise(700), false)])
    let bytes = try PackageSamples.bytes(file)
    #expect(PackageReader.refusal(of: file) == nil)
    // Everywhere near an edge, and here and there between.
    let cuts = bytes.indices.filter {
      let isNearEdge = $0 < 64 || $0 > bytes.count - 160 || [0, 1, 511].contains($0 % 512)
      return isNearEdge || $0.isMultiple(of: 7) && format != .tar
    }
    for count in cuts {
      let cut = try folder.write(bytes: Array(bytes[..<count]), to: "cut")
      let error = PackageReader.refusal(of: cut)
      #expect(
        error.map { [.damaged, .format, .refused].contains($0.code) } == true,
        "cut at \(count) of \(bytes.count): \(String(describing: error))")
    }
  }

  @Test(arguments: PackageFormat.allCases)
  func whatFollowsTheEndIsRefused(format: PackageFormat) throws {
    let bytes = try PackageSamples.bytes(bag(format))
    for rest in [[1], Array("garbage, and much of it".utf8), PackageSamples.noise(70_000)] {
      let file = try folder.write(bytes: bytes + rest, to: "b")
      #expect(PackageReader.refusal(of: file)?.code == .damaged)
    }
    let twice = try folder.write(bytes: bytes + bytes, to: "b")
    #expect(PackageReader.refusal(of: twice) != nil)
  }

  /// The thread that unpacks waits for somebody to take what it has; nobody will.
  @Test(.timeLimit(.minutes(1))) func aReaderThatIsDroppedEndsItsThread() throws {
    let file = try PackageSamples.writeBag(
      to: folder.path.appending("a.tar.zst"),
      files: [("a", PackageSamples.noise(4_000_000), false)])
    for _ in 0..<3 {
      weak var source: Decompression?
      do {
        let own = Decompression(try PackageFile(file), .tarZstandard, PackageLimits())
        source = own
        _ = try own.next()
      }
      // It ends with the join.
      #expect(source == nil)
    }
  }

  @Test func aFormatWithinAFormatIsNoPackage() async throws {
    _ = try bag(.tar)
    try await Command.check(
      ["bash", "-ec", "zstd -qc a.tar | zstd -qc >twice; gzip -c a.tar | zstd -qc >mixed"],
      in: folder.path)
    for name in ["twice", "mixed"] {
      #expect(PackageReader.refusal(of: folder.path.appending(name))?.code == .damaged)
    }
  }
}
