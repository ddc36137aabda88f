import SmartContainers
import Testing

@testable import Commands

struct TransferDisplayTests {
  private func event(_ text: String) throws -> ProgressEvent {
    try #require(ProgressEvent(json: try JSONValue(parsing: Array(text.utf8))))
  }

  @Test func redrawsTheLineOfALayer() throws {
    var display = TransferDisplay(isRedrawing: true, width: 80)
    let shown = try [
      #"{"status":"Pulling from tool","id":"1"}"#,
      #"{"status":"Waiting","progressDetail":{},"id":"aa"}"#,
      #"{"status":"Waiting","progressDetail":{},"id":"bb"}"#,
      #"{"status":"Downloading","progressDetail":{"current":1500000,"total":3400000},"id":"aa"}"#,
      #"{"status":"Pull complete","progressDetail":{},"id":"bb"}"#,
    ].map { display.text(for: try event($0)) }
    #expect(
      shown == [
        "1: Pulling from tool\n", "aa: Waiting\n", "bb: Waiting\n",
        "\u{1B}[2A\u{1B}[2K\raa: Downloading    1.5MB/3.4MB\u{1B}[2B\r",
        "\u{1B}[1A\u{1B}[2K\rbb: Pull complete\u{1B}[1B\r",
      ])
  }

  @Test func drawsABarWhereThereIsRoom() throws {
    var display = TransferDisplay(isRedrawing: true, width: 120)
    let half = #"{"status":"Pushing","progressDetail":{"current":50,"total":100},"id":"aa"}"#
    #expect(
      display.text(for: try event(half))
        == "aa: Pushing [" + String(repeating: "=", count: 25) + ">"
        + String(repeating: " ", count: 25) + "]      50B/100B\n")
    let much = #"{"status":"Pushing","progressDetail":{"current":150,"total":100},"id":"bb"}"#
    #expect(display.text(for: try event(much)) == "bb: Pushing     150B\n")
  }

  @Test func writesPlainLinesElsewhere() throws {
    var display = TransferDisplay(isRedrawing: false, width: 80)
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let cases = [
      #"{"status":"Waiting","progressDetail":{},"id":"aa"}"#: "aa: Waiting\n",
      #"{"status":"Pushing","progressDetail":{"current":50,"total":100},"id":"aa"}"#: "",
      #"{"status":"\u001b[2J","id":"x"}"#: "x: \\e[2J\n",
      "{\"status\":\"Digest: \(digest)\"}": "Digest: \(digest)\n",
      "{\"progressDetail\":{},\"aux\":{\"Tag\":\"1\",\"Digest\":\"\(digest)\",\"Size\":5}}": "",
    ]
    for (line, text) in cases { #expect(display.text(for: try event(line)) == text) }
  }

  @Test func cutsALineThatWouldWrap() throws {
    var display = TransferDisplay(isRedrawing: true, width: 10)
    let long = #"{"status":"Verifying Checksum","progressDetail":{},"id":"aa"}"#
    #expect(display.text(for: try event(long)) == "aa: Verif\n")
  }
}
