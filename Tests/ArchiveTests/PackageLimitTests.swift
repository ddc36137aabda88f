import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct PackageLimitTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func zeros(_ format: PackageFormat, _ count: Int64) throws -> FilePath {
    let file = folder.path.appending("zeros" + format.suffix)
    let writer = try PackageWriter(file, modified: 0, replaces: true)
    var left = count
    try writer.add("a/zeros", size: count) { buffer in
      let count = Int(min(left, Int64(buffer.count)))
      buffer.initializeMemory(as: UInt8.self, repeating: 0)
      left -= Int64(count)
      return count
    }
    try writer.finish()
    return file
  }

  @Test(arguments: [PackageFormat.tarZstandard, .tarGzip, .zip])
  func whatUnpacksToMuchMoreIsRefused(format: PackageFormat) throws {
    let file = try zeros(format, 20 << 20)
    #expect(PackageReader.refusal(of: file) == nil)
    var limits = PackageLimits()
    limits.freelyUnpacked = 1 << 20
    limits.ratio = 100
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
    limits.ratio = .max
    #expect(PackageReader.refusal(of: file, limits: limits) == nil)
    limits.unpackedSize = 10 << 20
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
  }

  /// A hundred megabytes of zeros and more are some kilobytes in Zstandard.
  @Test func theDefaultsStopABomb() throws {
    let file = try zeros(.tarZstandard, 120 << 20)
    #expect(try PackageSamples.bytes(file).count < 100_000)
    #expect(PackageReader.refusal(of: file)?.code == .limit)
  }

  @Test(arguments: PackageFormat.allCases)
  func membersAreCounted(format: PackageFormat) throws {
    let file = try PackageSamples.writeBag(to: folder.path.appending("a" + format.suffix))
    var limits = PackageLimits()
    limits.members = 6 + PackageSamples.files.count
    #expect(PackageReader.refusal(of: file, limits: limits) == nil)
    limits.members -= 1
    #expect([.limit, .refused].contains(PackageReader.refusal(of: file, limits: limits)?.code))
    limits = PackageLimits()
    limits.nameLength = 100
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .refused)
    limits = PackageLimits()
    limits.pathLength = 300
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .refused)
  }

  @Test func aLimitBelowNothingAllowsNothing() throws {
    let file = try PackageSamples.writeBag(to: folder.path.appending("a.zip"))
    var limits = PackageLimits()
    limits.ratio = -1
    #expect(PackageReader.refusal(of: file, limits: limits) == nil)
    limits.freelyUnpacked = -1
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
    limits.unpackedSize = -1
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
    limits.members = -1
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
  }

  @Test func aSizeThatNothingFollowsCostsNothing() async throws {
    let file = try await folder.tar(
      "t = tarfile.TarInfo('a/b'); t.size = 1 << 39; tar.fileobj.write(t.tobuf()); tar.offset += 512"
    )
    #expect(PackageReader.refusal(of: file)?.code == .damaged)
    var limits = PackageLimits()
    limits.unpackedSize = 1 << 30
    #expect(PackageReader.refusal(of: file, limits: limits)?.code == .limit)
  }
}
