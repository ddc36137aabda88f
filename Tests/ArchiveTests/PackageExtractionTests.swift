import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct PackageExtractionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var target: FilePath { folder.path.appending("target") }

  private func verified(
    _ format: PackageFormat = .tarZstandard
  ) throws -> (package: FilePath, report: BagReport) {
    let file = try PackageSamples.writeBag(to: folder.path.appending("a" + format.suffix))
    return (file, try BagVerification().verify(PackageReader(file)))
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path.string))
  }

  @Test(arguments: PackageFormat.allCases)
  func allOfAVerifiedPackageIsPlaced(format: PackageFormat) throws {
    let (package, report) = try verified(format)
    try PackageExtraction.extract(PackageReader(package), verified: report, to: target)
    #expect(try BagVerification().verify(folder: target).isFlawless)
    var status = stat()
    #expect(stat(target.pushing("tools/run.sh").string, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o755)
    #expect(stat(target.pushing("data/README.md").string, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o644)
    #expect(stat(target.pushing("data").string, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o755)
    #expect(try names() == ["a" + format.suffix, "target"])
  }

  @Test func aSubtreeIsPlacedAlone() throws {
    let (package, report) = try verified()
    try PackageExtraction.extract(
      PackageReader(package), verified: report, to: target, subtree: "data/bin")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: target.string) == ["run"])
    for subtree in ["data/none", "data/b", "data/empty", ".."] {
      #expect {
        try PackageExtraction.extract(
          PackageReader(package), verified: report, to: folder.path.appending("b"),
          subtree: subtree)
      } throws: { ($0 as? ArchiveError)?.code == .notFound }
    }
    #expect(try names() == ["a.tar.zst", "target"])
  }

  @Test func whatIsThereGivesWayOnlyWhenAsked() throws {
    let (package, report) = try verified()
    try folder.write("mine", to: "target/mine")
    #expect {
      try PackageExtraction.extract(PackageReader(package), verified: report, to: target)
    } throws: { ($0 as? ArchiveError)?.code == .exists }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: target.string) == ["mine"])
    try PackageExtraction.extract(
      PackageReader(package), verified: report, to: target, replaces: true)
    #expect(try BagVerification().verify(folder: target).isFlawless)
    #expect(try names() == ["a.tar.zst", "target"])
    try FileManager.default.createDirectory(
      atPath: folder.path.appending("empty").string, withIntermediateDirectories: false)
    try PackageExtraction.extract(
      PackageReader(package), verified: report, to: folder.path.appending("empty"))
  }

  @Test func aPackageThatChangedMeanwhileLeavesNothing() throws {
    let (package, report) = try verified()
    var files = PackageSamples.files
    files[6].bytes[200_000] ^= 1
    try PackageSamples.writeBag(to: package, replaces: true, files: files)
    #expect {
      try PackageExtraction.extract(PackageReader(package), verified: report, to: target)
    } throws: { ($0 as? ArchiveError)?.code == .changed }
    #expect(try names() == ["a.tar.zst"])
  }

  @Test func itIsPlacedInThePassThatVerifies() throws {
    let (package, _) = try verified()
    let extraction = try PackageExtraction(to: target)
    var verification = BagVerification()
    verification.onMember = { try extraction.begin($0) }
    let report = try verification.verify(PackageReader(package))
    #expect(report.isFlawless)
    #expect(try names().contains("target") == false)
    try extraction.place()
    #expect(try BagVerification().verify(folder: target).isFlawless)
  }

  @Test func nothingIsLeftOfAnExtractionThatEnds() throws {
    let (package, _) = try verified()
    do {
      let extraction = try PackageExtraction(to: target)
      let reader = try PackageReader(package)
      for _ in 0..<4 {
        guard let member = try reader.next(), let consumer = try extraction.begin(member) else {
          continue
        }
        while let chunk = try reader.chunk() { try consumer(chunk) }
      }
      #expect(try names().count == 2)
    }
    #expect(try names() == ["a.tar.zst"])
  }

  @Test func saysWhereItCannotExtract() throws {
    #expect { try PackageExtraction(to: "/nowhere/here/a") } throws: {
      ($0 as? ArchiveError)?.code == .notFound
    }
    try folder.write("", to: "file")
    #expect { try PackageExtraction(to: folder.path.appending("file")) } throws: {
      ($0 as? ArchiveError)?.code == .exists
    }
  }
}
