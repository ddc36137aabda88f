import Testing

@testable import Canonical

struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0), ("2026-11-24T05:45:43.007Z", 1_795_499_143_007),
      ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T12:00:00.000Z", 951_825_600_000),
      ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
    ] as [(String, Int64)])
  func readsAndWrites(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(text)?.millisecondsSince1970 == milliseconds)
    #expect(Timestamp(millisecondsSince1970: milliseconds).description == text)
  }

  @Test func readsWhatEnginesWrite() {
    #expect(
      Timestamp("2026-11-23T20:05:01.123456789+01:00")?.description == "2026-11-23T19:05:01.123Z")
    #expect(Timestamp("2026-11-23T19:05:01Z")?.description == "2026-11-23T19:05:01.000Z")
  }

  @Test(arguments: ["", "2026", "2026-13-01T00:00:00Z", "2026-11-23T19:05:01", "yesterday"])
  func refusesOther(_ text: String) { #expect(Timestamp(text) == nil) }
}
