import Testing

@testable import SmartContainers

struct ArchiveDocumentsTests {
  /// Whether a file of four mebibytes that begins with that is kept.
  private func admits(
    _ path: String, _ head: Character, in documents: inout ArchiveDocuments
  ) -> Bool {
    guard let kind = ArchiveDocuments.Kind(path: path) else { return false }
    return documents.admits(path, kind, size: 4 << 20, head: head.asciiValue)
  }

  @Test func theLayersOfImagesTakeNoRoom() {
    var documents = ArchiveDocuments()
    for number in 0..<100 {
      let isKept = admits("data/image/blobs/sha256/\(number)", "e", in: &documents)
      #expect(!isKept && !documents.isTooLarge("data/image/blobs/sha256/\(number)"))
    }
    let isKept = admits("data/image/config.json", "{", in: &documents)
    #expect(isKept)
  }

  @Test func theIndexHasItsRoomWhateverElseIsThere() {
    var documents = ArchiveDocuments()
    var count = 0
    for number in 0..<100 where admits("data/image/\(number).json", "{", in: &documents) {
      count += 1
    }
    #expect(count == 16 && documents.isTooLarge("data/image/16.json"))
    for path in [
      "data/archive.json", "data/ro-crate-metadata.json", "data/image/manifest.json",
      "data/attestations/a.intoto.jsonl",
    ] {
      let isKept = admits(path, "x", in: &documents)
      #expect(isKept && documents[path] == nil, "\(path)")
      documents.keep([1], at: path)
      #expect(documents[path] == [1])
    }
  }

  @Test func whatIsTooLargeIsToldApartFromWhatIsMissing() {
    var documents = ArchiveDocuments()
    let isKept = documents.admits(ArchiveDocuments.index, .index, size: 1 << 40, head: nil)
    #expect(!isKept && documents.isTooLarge(ArchiveDocuments.index))
    #expect(!documents.isTooLarge(ArchiveDocuments.crate))
    #expect(ArchiveDocuments.Kind(path: "data/outputs/archive.json") == nil)
  }
}
