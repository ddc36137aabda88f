import Testing

@testable import DockerEngine

@Suite struct DetachKeysTests {
  @Test(arguments: [
    ("ctrl-p,ctrl-q", [0x10, 0x11]), ("a", [0x61]), ("ctrl-@", [0]),
    ("ctrl-[,ctrl-_", [0x1B, 0x1F]),
    ("ctrl-x,y,-", [0x18, 0x79, 0x2D]),
  ])
  func readsDockersNotation(_ text: String, _ bytes: [UInt8]) throws {
    let keys = try #require(DetachKeys(text))
    #expect(keys.bytes == bytes)
    #expect(keys.text == text)
  }

  @Test(arguments: ["", "ctrl-", "ctrl-A", "ctrl-1", "ab", "a,", "ctrl-aa", "ä", "ctrl-ä"])
  func refusesOthers(_ text: String) { #expect(DetachKeys(text) == nil) }

  private func typed(_ pieces: [String], keys: String) throws -> String? {
    var filter = DetachKeyFilter(try #require(DetachKeys(keys)))
    var passed: [UInt8] = []
    for piece in pieces {
      guard let bytes = filter.take(Array(piece.utf8)) else { return nil }
      passed += bytes
    }
    return String(decoding: passed, as: UTF8.self)
  }

  @Test(arguments: [["ab"], ["a", "b"], ["xa", "", "b"], ["aab"], ["a", "ab"]])
  func leavesAtTheKeysHoweverTheyCome(_ pieces: [String]) throws {
    #expect(try typed(pieces, keys: "a,b") == nil)
  }

  @Test func passesOnWhatOnlyBeganLikeThem() throws {
    #expect(try typed(["ac", "a", "c", "ba"], keys: "a,b") == "acacb")
    #expect(try typed(["xyz"], keys: "a") == "xyz")
  }
}
