import Testing

@testable import Canonical

struct JSONValueTests {
  @Test(arguments: [
    #"{"a":1,"b":[true,false,null],"c":"x"}"#, #"-9223372036854775808"#, #"0.1"#, #"1e+300"#,
    #""\"\\\n\u0001é🂡""#, "[]", "{}",
  ])
  func writesWhatItReads(_ text: String) throws {
    #expect(try JSONValue(parsing: text).text() == text)
  }

  @Test func sortsMembersByBytes() throws {
    #expect(
      try JSONValue(parsing: #"{"b":1,"a":2,"B":3,"é":4}"#).text() == #"{"B":3,"a":2,"b":1,"é":4}"#)
  }

  @Test func indentsByTwo() throws {
    #expect(
      try JSONValue(parsing: #"{"a":[1],"b":{}}"#).text(.pretty)
        == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}\n")
  }

  @Test(arguments: [
    "", "{", "[1,]", "01", "1.", "-", "tru", #""\x""#, "\"\u{1}\"", "1 2", #"{"a" 1}"#, "nul",
    #"{1:2}"#, "1e999",
  ])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test func joinsSurrogatesAndReplacesLoneOnes() throws {
    #expect(try JSONValue(parsing: #""\ud83c\udca1 \ud800x""#) == "🂡 \u{FFFD}x")
  }

  @Test func refusesBytesThatAreNoUTF8() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test func refusesBottomlessNesting() {
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: String(repeating: "[", count: 100_000))
    }
  }
}
