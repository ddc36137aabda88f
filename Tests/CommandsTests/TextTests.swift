import Testing

@testable import Commands
@testable import SmartContainers

struct TextTests {
  @Test func foreignTextMovesNoCursor() {
    #expect(
      PlainText.sanitize("a\u{1B}[2Jb\rc\u{9B}d\u{202E}e\n") == "a\\e[2Jb\\rc\\u{9b}d\\u{202e}e\\n")
    #expect(PlainText.sanitize("a\n\tb", keepsLines: true) == "a\n\tb")
    #expect(PlainText.sanitize("žluťoučký 🐳") == "žluťoučký 🐳")
  }

  @Test func jsonMovesNoCursorAndMeansTheSame() throws {
    let value: JSONValue = ["n": "a\u{1B}\u{9B}\u{202E}\u{E0001}\u{7F}ž🐳"]
    let text = PlainText.json(value)
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(text.contains("\\u202e") && text.contains("ž🐳"))
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
  }

  @Test func fieldsAreInWords() {
    #expect(FieldText.text(of: 536_870_912, in: "limits.memory") == "512MiB")
    #expect(FieldText.text(of: 1_500_000_000, in: "limits.nanoCpus") == "1.5 cpus")
    #expect(
      FieldText.text(of: ["sh", "-c", "echo 'x'"], in: "command") == #"sh -c 'echo '\''x'\'''"#)
    #expect(
      FieldText.text(
        of: [["HostPort": "8080"], ["HostIp": "::1", "HostPort": ""]], in: "ports.80/tcp")
        == "8080 ::1:any")
    #expect(
      FieldText.text(
        of: [
          "Type": "bind", "Source": "/d", "Destination": "/x", "RW": false,
          "Propagation": "rprivate",
        ], in: "mounts./x") == "bind /d, read-only")
    #expect(FieldText.text(of: "a\nb", in: "user") == "a\\nb")
  }

  @Test func commitmentsAreHidden() {
    let commitment = "redacted:hmac-sha256:9e361a6d:5f425e76688e7d05"
    #expect(
      FieldText.hidingCommitments(in: "A=\(commitment) B=redacted:unkeyed redacted:x")
        == "A=(redacted) B=(redacted) redacted:x")
  }

  private let plain = Style(isColored: false)

  private func container(_ members: [String: JSONValue], id: String) -> Configured {
    Configured(
      title: "web (\(id))", path: "containers/\(id.prefix(2))/\(id).json",
      configuration: .object(members.merging(["Id": .string(id)]) { $1 }))
  }

  @Test func differencesReadAsGits() {
    let memory: JSONValue = ["Memory": 1024]
    let old = container(
      [
        "Name": "web", "Config": ["Env": ["MODE=draft"], "Hostname": "aaaaaaaaaaaa"],
        "HostConfig": memory,
      ], id: "aaaaaaaaaaaa")
    let new = container(
      ["Name": "web", "Config": ["Env": ["MODE=final", "X=1"], "Hostname": "bbbbbbbbbbbb"]],
      id: "bbbbbbbbbbbb")
    let text = DifferenceText(ConfigurationDifference(old, new), style: plain)
    #expect(
      text.text == """
        --- web (aaaaaaaaaaaa)
        +++ web (bbbbbbbbbbbb)
        @@ environment.MODE @@
        -draft
        +final
        @@ environment.X @@
        +1
        @@ limits.memory @@
        -1KiB

        """)
    #expect(
      text.stat
        == " web (aaaaaaaaaaaa) → web (bbbbbbbbbbbb) | 1 changed, 1 added, 1 removed\n")
  }

  @Test func whatCameAsAWholeIsListedWithoutTheEnginesDefaults() {
    let new = container(
      [
        "Name": "web", "Config": ["Hostname": "bbbbbbbbbbbb", "AttachStdout": true],
        "HostConfig": [
          "ShmSize": 67_108_864, "Runtime": "runc", "MaskedPaths": ["/proc/kcore"],
          "Memory": 2048,
        ],
      ], id: "bbbbbbbbbbbb")
    let text = DifferenceText(ConfigurationDifference(nil, new), style: plain)
    #expect(
      text.text == """
        --- /dev/null
        +++ web (bbbbbbbbbbbb)
        +limits.memory: 2KiB
        +name: web

        """)
    #expect(text.stat == " web (bbbbbbbbbbbb) | new\n")
  }

  @Test func layoutsOfTheLogAreKnownByName() throws {
    #expect(try LogFormatter.Layout(named: "oneline") == .oneline)
    #expect(try LogFormatter.Layout(named: "jsonl") == .json)
    #expect(try LogFormatter.Layout(named: "format:%h") == .pattern("%h"))
    #expect(try LogFormatter.Layout(named: "%h %s") == .pattern("%h %s"))
    #expect(throws: UsageError.self) { try LogFormatter.Layout(named: "nosuch") }
  }

  @Test func datesAreGits() {
    #expect(
      Timestamp(millisecondsSince1970: 1_795_460_701_000).gitDescription
        == "Mon Nov 23 19:05:01 2026 +0000")
    #expect(
      Timestamp(millisecondsSince1970: -1000).gitDescription == "Wed Dec 31 23:59:59 1969 +0000")
  }

  @Test func quantitiesAreDockers() {
    #expect(HumanText.size(4_261_550) == "4.26MB")
    #expect(HumanText.size(999) == "999B")
    #expect(HumanText.duration(milliseconds: 61_000) == "1m 1s")
  }
}
