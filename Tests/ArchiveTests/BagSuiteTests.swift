import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

/// Other people's bags give the verdict that their folder names.
@Suite(.enabled(if: !BagSuite.bags.isEmpty))
struct BagSuiteTests {
  private var verification: BagVerification {
    var verification = BagVerification()
    verification.algorithms = Set(BagAlgorithm.allCases)
    return verification
  }

  @Test func theSuiteIsWhole() {
    #expect(BagSuite.bags.count == 46)
  }

  @Test(arguments: BagSuite.bags)
  func aFolderAndItsTarHaveThatVerdict(bag: BagSuite.Bag) async throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.path.appending(bag.name)
    try await Command.check(["cp", "-r", bag.path.string, folder.string])
    // Copies of the suite lack this file, which git ignores; it is empty, says the manifest.
    if bag.name == "special-system-files" {
      try scratch.write("", to: "\(bag.name)/data/.DS_Store")
    }
    try check(try verification.verify(folder: folder), of: bag)
    try await Command.check(["tar", "-cf", "bag.tar", bag.name], in: scratch.path)
    let reader = try PackageReader(scratch.path.appending("bag.tar"))
    let report = try verification.verify(reader)
    try check(report, of: bag)
    #expect(report.folder == bag.name)
  }

  private func check(_ report: BagReport, of bag: BagSuite.Bag) throws {
    switch bag.kind {
    case "valid": #expect(report.isValid, "\(bag): \(report.problems)")
    case "warning": #expect(report.isValid && !report.isFlawless, "\(bag): \(report.problems)")
    default: #expect(!report.isValid, "\(bag): \(report.problems)")
    }
  }
}
