import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Archive

/// Where a file system has no files without a name, as those of some cards and shares.
struct PendingFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var target: FilePath { folder.path.appending("a.zip") }
  private var partial: FilePath { folder.path.appending(".a.zip.partial") }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path.string).sorted()
  }

  private func write(_ text: String, to file: PendingFile) {
    #expect(Array(text.utf8).withUnsafeBytes { file.write($0) })
  }

  @Test func aPartialFileGoesWhenNobodyWantsIt() throws {
    do {
      let file = try PendingFile(target, replaces: false, isUnnamed: false)
      write("half", to: file)
      #expect(try names() == [".a.zip.partial"])
    }
    #expect(try names() == [])
  }

  @Test(arguments: [false, true])
  func theNextAttemptTakesOverWhatAKilledOneLeft(replaces: Bool) throws {
    try folder.write("left, and longer than what comes", to: ".a.zip.partial")
    if replaces { try folder.write("old", to: "a.zip") }
    do {
      let file = try PendingFile(target, replaces: replaces, isUnnamed: false)
      write("whole", to: file)
      try file.place()
    }
    #expect(try PackageSamples.bytes(target) == Array("whole".utf8))
    #expect(try names() == ["a.zip"])
  }

  @Test func aFileThatCameMeanwhileStays() throws {
    let file = try PendingFile(target, replaces: false, isUnnamed: false)
    write("mine", to: file)
    try folder.write("theirs", to: "a.zip")
    #expect { try file.place() } throws: { ($0 as? ArchiveError)?.code == .exists }
    #expect(try PackageSamples.bytes(target) == Array("theirs".utf8))
  }

  @Test func whatAnotherProcessWritesIsLeftAlone() throws {
    let first = try PendingFile(target, replaces: false, isUnnamed: false)
    write("first", to: first)
    #expect { try PendingFile(target, replaces: false, isUnnamed: false) } throws: {
      ($0 as? ArchiveError)?.code == .exists
    }
    try first.place()
    #expect(try PackageSamples.bytes(target) == Array("first".utf8))
  }

  @Test func aLinkInItsPlaceIsNotFollowed() throws {
    try folder.write("precious", to: "precious")
    #expect(symlink("precious", partial.string) == 0)
    #expect(throws: ArchiveError.self) {
      try PendingFile(target, replaces: false, isUnnamed: false)
    }
    #expect(unlink(partial.string) == 0)
    #expect(link(folder.path.appending("precious").string, partial.string) == 0)
    #expect(throws: ArchiveError.self) {
      try PendingFile(target, replaces: false, isUnnamed: false)
    }
    #expect(
      try PackageSamples.bytes(folder.path.appending("precious")) == Array("precious".utf8))
  }
}
