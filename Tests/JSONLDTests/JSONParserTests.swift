import Foundation
import Testing

@testable import JSONLD

struct JSONParserTests {
  private func error(_ text: [UInt8]) -> JSONLDError? {
    do throws(JSONLDError) {
      _ = try JSONParser().parse(text)
      return nil
    } catch { return error }
  }

  @Test func readsEveryKindOfValueAndWritesItAgain() throws {
    let text = #"{"a":[1,-0.5e+7,true,false,null,"x\u0000\n\"\\é😀"],"":{}}"#
    let value = try JSONParser().parse(text)
    #expect(JSONWriter().text(of: value) == text)
    #expect(value["a"]?.array?.count == 6)
  }

  @Test func readsEscapes() throws {
    let value = try JSONParser().parse(#""\u00e9\ud83d\ude00\/\b\f\r\t""#)
    #expect(value.string.map { Array($0.utf8) } == Array("é😀/\u{8}\u{c}\r\t".utf8))
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "-", "1.", "1e", "+1", ".5", "nul", "\"",
    "\"\\",
    "\"\\u12\"", "\"\\x\"", "\"\n\"", "[1 2]", "1 2", "{a:1}", "'a'", "NaN", "\u{feff}1", "[}",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"", "\"\\ud800\\u0041\"", "truee", "{\"a\":1\"b\":2}", "\"\\u+123\"",
  ])
  func refuses(_ text: String) {
    #expect(error(Array(text.utf8))?.code == .invalidJSON)
  }

  @Test(arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc3]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(error([0x22] + bytes + [0x22])?.code == .invalidJSON)
    #expect(error([0x22, 0x5c, 0x6e] + bytes + [0x22])?.code == .invalidJSON)
  }

  @Test func namesThePlaceOfAnError() {
    let text = "{\"a/b~\": [0,\n {\"c\": \"\\ud800\"}]}"
    let error = error(Array(text.utf8))
    #expect(error?.place == "/a~1b~0/1/c")
    #expect(error?.message.hasPrefix("Line 2, byte 21:") == true)
  }

  @Test func refusesASecondMemberOfOneName() throws {
    let text = #"{"x":{"a":1,"b":2,"a":3}}"#
    #expect(error(Array(text.utf8))?.place == "/x/a")
    var parser = JSONParser()
    parser.duplicateNames = .lastWins
    #expect(try parser.parse(text) == ["x": ["a": 3, "b": 2]])
  }

  @Test func namesThatLookAlikeAreTwo() throws {
    let value = try JSONParser().parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
    #expect(value.object?.count == 2)
    #expect(value["e\u{301}"] == 2)
    #expect(JSON.string("\u{e9}") != .string("e\u{301}"))
  }

  @Test func refusesWhatIsTooDeep() {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    #expect(error(deep)?.code == .limitExceeded)
    let objects = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
    #expect(error(objects)?.code == .limitExceeded)
  }

  @Test func readsAsDeepAsTheLimitAndNoDeeper() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONParser().parse(nested(512))
    #expect(error(Array(nested(513).utf8))?.code == .limitExceeded)
  }

  @Test func manyMembersTakeLinearTime() throws {
    let members = (0..<100_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",")
    let clock = ContinuousClock()
    var value = JSON.null
    let time = try clock.measure { value = try JSONParser().parse("{\(members)}") }
    #expect(value["name99999"] == 99_999)
    #expect(time < .seconds(30))
  }

  @Test func numbersAreEqualByTheirDecimal() throws {
    let equal = ["1", "1.0", "10e-1", "1E0", "0.1e1", "100e-2"]
    for text in equal {
      #expect(JSONNumber(text) == JSONNumber("1"))
      #expect(JSONNumber(text).hashValue == JSONNumber("1").hashValue)
    }
    #expect(JSONNumber("9007199254740993") != JSONNumber("9007199254740992"))
    #expect(JSONNumber("1e400") != JSONNumber("1e500"))
    #expect(JSONNumber("-1") != JSONNumber("1"))
    #expect(JSONNumber("0e9") == JSONNumber("-0.0"))
    #expect(JSONNumber("1e99999999999999999999") == JSONNumber("1e99999999999999999999"))
    #expect(JSONNumber("1x") == nil)
  }
}
