import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct BagVerificationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func unpackedBag() async throws -> FilePath {
    let file = try PackageSamples.writeBag(to: folder.path.appending("a.tar"), replaces: true)
    try await Command.check(
      ["bash", "-ec", "rm -rf result; tar -xf \"$0\"", file.string], in: folder.path)
    return folder.path.appending("result")
  }

  private func problems(_ script: String) async throws -> [BagProblem] {
    let bag = try await unpackedBag()
    try await Command.check(["bash", "-ec", script], in: bag)
    let inFolder = try BagVerification().verify(folder: bag)
    try await Command.check(["tar", "-cf", "b.tar", "result"], in: folder.path)
    let inTar = try BagVerification().verify(PackageReader(folder.path.appending("b.tar")))
    #expect(inFolder.problems == inTar.problems)
    return inFolder.problems
  }

  @Test(arguments: PackageFormat.allCases)
  func whatWasWrittenIsFlawless(format: PackageFormat) throws {
    let file = try PackageSamples.writeBag(to: folder.path.appending("a" + format.suffix))
    var verification = BagVerification()
    verification.algorithms = [.sha256]
    var told: [Int64] = []
    verification.onProgress = { told.append($0) }
    var seen: [String: [UInt8]] = [:]
    var ended: Set<String> = []
    verification.onMember = { member in
      seen[member.pathInFolder] = []
      guard member.size < 1000 else { return nil }
      return { chunk in
        if chunk.isEmpty { ended.insert(member.pathInFolder) }
        seen[member.pathInFolder]?.append(contentsOf: chunk)
      }
    }
    let reader = try PackageReader(file)
    let report = try verification.verify(reader)
    #expect(report.isFlawless, "\(report.problems)")
    #expect(report.folder == "result" && report.version == "1.0")
    #expect(
      report.info == [
        BagInfo.Field("Bagging-Date", "2026-11-30"), BagInfo.Field("Payload-Oxum", "500048.8"),
      ])
    for entry in PackageSamples.files {
      #expect(report.files["data/" + entry.path]?.sha256 == SHA256Digest(of: entry.bytes))
      #expect(seen["data/" + entry.path] == (entry.bytes.count < 1000 ? entry.bytes : []))
    }
    #expect(ended.count == 6 + 5)
    #expect(told.last == reader.fileSize && told == told.sorted())
  }

  @Test(arguments: [
    ("echo x >data/empty", [BagProblem.Kind.altered, .oxum], "data/empty"),
    ("rm data/noise.bin", [.missing, .oxum], "data/noise.bin"),
    ("echo x >data/more", [.extra, .oxum], "data/more"),
    ("echo x >README.md", [.altered], "README.md"),
    ("printf x >\"data/$(printf '\\xcc\\x81')x\"", [.extra, .oxum], "data/\u{301}x"),
    ("rm tools/run.sh", [.missing], "tools/run.sh"),
    ("echo x >notes", [.unprotected], "notes"),
    ("rm bagit.txt", [.declaration, .missing], "bagit.txt"),
    ("echo BagIt-Version: 2.0 >bagit.txt", [.altered, .declaration], "bagit.txt"),
    ("rm manifest-sha256.txt", [.missing, .unchecked], "manifest-sha256.txt"),
    ("sed -i s/Oxum:/Oxum:\\ 1/ bag-info.txt", [.altered, .oxum], "bag-info.txt"),
    ("echo nonsense >>manifest-sha256.txt", [.altered, .malformed], "manifest-sha256.txt"),
    ("mv data/README.md data/readme.md", [.irregular], "data/README.md"),
    (
      "rm data/empty; echo 'http://x/ - data/empty' >fetch.txt",
      [.incomplete, .oxum, .unprotected], "data/empty"
    ),
    (
      "h=$(echo -n | sha256sum | cut -d' ' -f1); echo \"$h  ../x\" >>manifest-sha256.txt",
      [.altered, .malformed], "manifest-sha256.txt"
    ),
  ])
  func saysWhatIsWrong(script: String, kinds: [BagProblem.Kind], member: String) async throws {
    let problems = try await problems(script)
    #expect(Set(problems.map(\.kind)) == Set(kinds), "\(problems)")
    #expect(problems.contains { $0.member == member && kinds.contains($0.kind) }, "\(problems)")
  }

  @Test func linksInAFolderAreFollowedNowhere() async throws {
    let bag = try await unpackedBag()
    try await Command.check(
      [
        "bash", "-ec",
        "mv data/noise.bin ..; ln -s ../../noise.bin data/noise.bin; ln -s /etc data/etc; mkfifo data/f",
      ], in: bag)
    let problems = try BagVerification().verify(folder: bag).problems
    let refused = problems.filter { $0.kind == .refused }.map(\.member)
    #expect(refused == ["data/etc", "data/f", "data/noise.bin"])
    #expect(problems.contains { $0.kind == .missing && $0.member == "data/noise.bin" })
  }

  @Test func severalManifestsAreAllChecked() async throws {
    let change = """
      for a in md5 sha1 sha512; do (find data -type f | sed 's/%/%25/' | while read -r f; do \
      ${a}sum "${f/\\%25/%}" | sed 's/%/%25/'; done) >manifest-$a.txt; done
      rm tagmanifest-sha256.txt
      """
    #expect(try await problems(change) == [])
    let other = try await problems(change + "; sed -i '1{s/^0/1/;t;s/^./0/}' manifest-md5.txt")
    #expect(other.map(\.kind) == [.altered])
    let short = try await problems(change + "; sed -i 1d manifest-sha1.txt")
    #expect(short.map(\.kind) == [.extra])
  }

  @Test func whatTheConsumerThrowsComesOut() throws {
    struct Enough: Error {}
    let file = try PackageSamples.writeBag(to: folder.path.appending("a.tar.zst"))
    var verification = BagVerification()
    verification.onMember = { _ in { _ in throw Enough() } }
    #expect(throws: Enough.self) { try verification.verify(PackageReader(file)) }
  }

  @Test(arguments: BagAlgorithm.allCases)
  func digestsAreThoseOfOtherPrograms(algorithm: BagAlgorithm) async throws {
    for count in [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70_001] {
      let bytes = PackageSamples.noise(count)
      var hasher = BagHasher([algorithm, .md5, .sha512])
      for start in stride(from: 0, to: count, by: 777) {
        bytes[start..<min(start + 777, count)].withUnsafeBytes { hasher.update($0) }
      }
      let output = try await Command.run([algorithm.rawValue + "sum"], input: bytes).output
      #expect(hasher.finalize()[algorithm] == output.split(separator: " ").first.map(String.init))
    }
  }
}
