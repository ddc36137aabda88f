import Testing

@testable import Canonical

struct IdentifierTests {
  private struct Zeros: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
  }

  @Test func makesVersionSevenFromTheTime() {
    var zeros = Zeros()
    let id = ActivityID(at: Timestamp(millisecondsSince1970: 0x0190_0000_0001), using: &zeros)
    #expect(id.description == "01900000-0001-7000-8000-000000000000")
    #expect(ActivityID(id.iri) == id)
  }

  @Test(arguments: ["", "01900000-0001-7000-8000-00000000000g", "0190000000017000800000000000000"])
  func refusesWhatIsNoUUID(_ text: String) { #expect(ActivityID(text) == nil) }

  /// Source: FIPS 180-4, example "abc".
  @Test func digestsAsTheStandardSays() {
    #expect(
      SHA256Digest(of: Array("abc".utf8)).description
        == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
