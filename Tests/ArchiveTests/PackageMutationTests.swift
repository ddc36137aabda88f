import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

/// Good packages, broken in some way or other: each ends in an error, in a problem, or in what was
/// packed.
///
/// `SC_PACKAGE_MUTATIONS` says how many of each format, and `SC_FUZZ_SEED` where they begin.
struct PackageMutationTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["SC_PACKAGE_MUTATIONS"].flatMap { Int($0) } ?? 150
  private static let seed = environment["SC_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  private static let files: [(path: String, bytes: [UInt8], isExecutable: Bool)] = [
    ("table.csv", Array((0..<80).map { "\($0),\($0 * $0)\n" }.joined().utf8), false),
    ("größe/" + String(repeating: "n", count: 120), PackageSamples.noise(900), true),
    ("empty", [], false),
  ]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mutated(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let length = Int.random(in: 1...32, using: &generator)
      let end = min(place + length, bytes.count)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.removeSubrange(place...)
      case 5:
        for index in place..<end { bytes[index] = [0, 0xFF].randomElement(using: &generator) ?? 0 }
      case 6:
        let block = place / 512 * 512
        bytes.append(contentsOf: bytes[block..<min(block + 512, bytes.count)])
      default:
        let other = Int.random(in: 0..<bytes.count, using: &generator)
        bytes.swapAt(place, other)
      }
    }
    return bytes
  }

  @Test(arguments: PackageFormat.allCases)
  func noBrokenPackagePassesForWhole(format: PackageFormat) throws {
    let whole = try PackageSamples.bytes(
      PackageSamples.writeBag(to: folder.path.appending("a" + format.suffix), files: Self.files))
    var generator = SeededGenerator(seed: Self.seed &+ UInt64(whole.count))
    var (refused, invalid, harmless) = (0, 0, 0)
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for number in 0..<Self.count {
      let file = try folder.write(bytes: mutated(whole, &generator), to: "mutated")
      let start = clock.now
      do {
        var verification = BagVerification()
        verification.algorithms = [.sha256]
        let report = try verification.verify(PackageReader(file))
        if report.isFlawless {
          expectTheSame(report, number)
          harmless += 1
        } else {
          invalid += 1
        }
      } catch is ArchiveError {
        refused += 1
      }
      slowest = max(slowest, clock.now - start)
    }
    print(
      "\(format.rawValue): \(refused) refused, \(invalid) invalid, \(harmless) whole, \(slowest)")
    #expect(refused + invalid > 0)
  }

  /// What is whole has the payload that was packed, and no other.
  private func expectTheSame(_ report: BagReport, _ number: Int) {
    let payload = report.files.filter { $0.key.hasPrefix("data/") }
    #expect(payload.count == Self.files.count, "mutation \(number)")
    for file in Self.files {
      #expect(
        payload["data/" + file.path]?.sha256 == SHA256Digest(of: file.bytes), "mutation \(number)")
    }
  }
}
