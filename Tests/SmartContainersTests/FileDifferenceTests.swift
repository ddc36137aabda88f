import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

struct FileDifferenceTests {
  private func difference(_ old: [UInt8], _ new: [UInt8]) throws -> String? {
    let folder = try TemporaryFolder()
    let files = try [old, new].enumerated().map { index, bytes in
      let path = folder.path.appending("\(index)")
      try Data(bytes).write(to: URL(filePath: path.string))
      return try FileDescriptor.open(path, .readOnly)
    }
    defer { for file in files { try? file.close() } }
    return try FileDifference.describe(files[0], files[1])
  }

  @Test(arguments: [
    ("a\nb\n", "a\nb\n", nil), ("a\nb\n", "a\nc\n", "line 2: \"b\", now \"c\""),
    ("a\n", "a\nb\n", "line 2: nothing, now \"b\""), ("a\n", "a", "from byte 1"),
    ("a\n\n", "a\n", "line 2: \"\", now nothing"),
    ("", "a", "line 1: nothing, now \"a\""), ("a\n", "a\r\n", "from byte 1"),
    ("é", "e\u{301}", "line 1: \"é\", now \"e\u{301}\""),
  ])
  func namesTheFirstLine(old: String, new: String, expected: String?) throws {
    #expect(try difference(Array(old.utf8), Array(new.utf8)) == expected)
  }

  @Test func namesTheFirstByteOfWhatIsNoText() throws {
    #expect(try difference([0, 1, 2], [0, 1, 3]) == "from byte 2")
    #expect(try difference([0xFF, 1], [0xFF, 1, 2]) == "from byte 2")
    let long = [UInt8](repeating: 0x61, count: 3 << 20)
    var other = long
    other[(2 << 20) + 5] = 0x62
    #expect(try difference(long, other) == "from byte \((2 << 20) + 5)")
    #expect(try difference(long, long) == nil)
    #expect(try difference(long, Array(long.dropLast())) == "from byte \((3 << 20) - 1)")
  }

  @Test func showsNoMoreOfALineThanCanBeRead() throws {
    let found = try difference(Array(repeating: 0x61, count: 9000), Array("b".utf8))
    #expect(found == "line 1: \"\(String(repeating: "a", count: 60))…\", now \"b\"")
  }
}
