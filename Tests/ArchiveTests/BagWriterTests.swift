import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

struct BagWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func writer(
    name: String = "result", info: [BagInfo.Field] = []
  ) throws -> BagWriter {
    try BagWriter(folder.path.appending("a.tar"), name: name, info: info, modified: 0)
  }

  private func unpacked(_ path: String) throws -> String {
    _ = try Shell.run(
      "/usr/bin/tar", "-xf", folder.path.appending("a.tar").string, "-C", folder.path.string)
    return String(
      decoding: try PackageSamples.bytes(folder.path.pushing(FilePath(path))), as: UTF8.self)
  }

  @Test func membersComeInTheOrderOfAddingWithTheManifestsLast() throws {
    let writer = try writer()
    try writer.addPayload("b", bytes: [1])
    try writer.addTag("README.md", bytes: [2])
    try writer.addPayload("a", bytes: [3, 4])
    try writer.finish()
    #expect(
      try Shell.run("/usr/bin/tar", "-tf", folder.path.appending("a.tar").string) == """
        result/bagit.txt
        result/data/b
        result/README.md
        result/data/a
        result/bag-info.txt
        result/manifest-sha256.txt
        result/tagmanifest-sha256.txt

        """)
    #expect(try unpacked("result/bag-info.txt") == "Payload-Oxum: 3.2\n")
    #expect(try unpacked("result/tagmanifest-sha256.txt").split(separator: "\n").count == 4)
  }

  @Test func whatWouldEndALineIsEncoded() throws {
    #expect(BagManifest.encoded("100%\r\n%0A ü") == "100%25%0D%0A%250A ü")
    let writer = try writer()
    try writer.addPayload("100%", bytes: [])
    try writer.finish()
    #expect(try unpacked("result/manifest-sha256.txt").hasSuffix("  data/100%25\n"))
  }

  @Test func anEmptyBagHasItsFolder() throws {
    let writer = try writer()
    try writer.finish()
    #expect(try unpacked("result/bag-info.txt") == "Payload-Oxum: 0.0\n")
    #expect(
      FileManager.default.fileExists(atPath: folder.path.pushing("result/data").string))
  }

  @Test(arguments: [
    "bagit.txt", "BAGIT.TXT", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-md5.txt",
    "fetch.txt", "data/x", "Data/x", "data",
  ])
  func aBagKeepsItsOwnNames(name: String) throws {
    let writer = try writer()
    #expect { try writer.addTag(name, bytes: []) } throws: { ($0 as? ArchiveError)?.code == .name }
  }

  @Test(arguments: [
    ("a\nb", "c"), ("a", "b\r\nPayload-Oxum: 9.9"), ("a:b", "c"), ("", "c"), (" a", "c"),
    ("Payload-Oxum", "1.1"), ("payload-oxum", "1.1"), ("a ", "b"),
  ])
  func refusesFieldsThatWouldBeReadAsOthers(label: String, value: String) throws {
    #expect { try writer(info: [BagInfo.Field(label, value)]) } throws: {
      ($0 as? ArchiveError)?.code == .name
    }
  }

  @Test func theFolderIsOne() throws {
    for name in ["", "a/b", "..", ".git"] {
      #expect(throws: ArchiveError.self) { try writer(name: name) }
    }
  }
}
