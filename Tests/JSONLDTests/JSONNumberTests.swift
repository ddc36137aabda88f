import Foundation
import Testing

@testable import JSONLD

struct JSONNumberTests {
  /// Source: RFC 8785, appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
      (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
      (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
      (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
      (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func writesNumbersAsECMAScriptDoes(_ bits: UInt64, _ text: String) {
    #expect(Double(bitPattern: bits).ecmaScriptText == text)
  }

  @Test(arguments: [
    ("5.3", "5.3E0"), ("0", "0.0E0"), ("-0.0", "-0.0E0"), ("1e21", "1.0E21"), ("0.1", "1.0E-1"),
    ("9.95", "9.949999999999999E0"), ("5e-324", "4.940656458412465E-324"), ("100", "1.0E2"),
    ("1.7976931348623157e308", "1.797693134862316E308"), ("-5.25", "-5.25E0"),
    ("0.99999999999999999", "1.0E0"), ("9.9999999999999999e22", "9.999999999999999E22"),
  ])
  func writesDoublesCanonically(_ text: String, _ canonical: String) {
    #expect(JSONNumber(text)?.doubleText == canonical)
  }

  @Test func writesDoublesAsPrintfDoes() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite, value != 0 else { continue }
      let parts = String(format: "%.15E", value).split(separator: "E")
      var mantissa = parts[0]
      while mantissa.last == "0", mantissa.dropLast().last != "." { mantissa.removeLast() }
      #expect(value.xsdText == "\(mantissa)E\(Int(parts[1]) ?? 0)")
    }
  }

  @Test(
    arguments: [
      ("1", "1"), ("1.0", "1"), ("-0", "0"), ("1e3", "1000"), ("1.5", nil), ("1e21", nil),
      ("123456789012345678901", "123456789012345678901"), ("1234567890123456789012", nil),
      ("1e20", "100000000000000000000"), ("-25e1", "-250"), ("1e999", nil), ("-0.0", "0"),
    ] as [(String, String?)])
  func writesIntegers(_ text: String, _ integer: String?) {
    #expect(JSONNumber(text)?.integerText == integer)
  }

  /// Source: RFC 8785, section 3.2.3.
  @Test func writesTheCanonicalTextOfRFC8785() throws {
    let text =
      #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":1.50,"#
      + #""\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"Latin"}"#
    let canonical =
      "{\"\\r\":\"Carriage Return\",\"1\":1.5,\"\u{80}\":\"Control\",\"\u{f6}\":\"Latin\","
      + "\"\u{20ac}\":\"Euro Sign\",\"\u{1f600}\":\"Emoji\",\"\u{fb33}\":\"Hebrew\"}"
    #expect(JSONWriter(.canonical).text(of: try JSONParser().parse(text)) == canonical)
  }

  @Test func writesPrettyText() throws {
    let value: JSON = ["a": [1, [], ["b": nil]], "c": [:]]
    let text = """
      {
        "a": [
          1,
          [],
          {
            "b": null
          }
        ],
        "c": {}
      }
      """
    #expect(JSONWriter(.pretty).text(of: value) == text)
  }
}
