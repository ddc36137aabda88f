import Canonical
import Testing

@testable import Provenance

struct RepetitionTests {
  @Test func findsASecretAgainUnderAHarmlessName() throws {
    var redactor = Redactor(key: [1, 2, 3])
    let body: JSONValue = [
      "Cmd": ["mysql", "-pxK4vW9zQ7"], "Env": ["MYSQL_ROOT_PASSWORD=xK4vW9zQ7"],
      "Image": "mysql",
    ]
    let redacted = redactor.redact(json: body)
    #expect(!redacted.text().contains("xK4vW9zQ7"))
    #expect(redacted["Cmd"]?.strings?.last?.hasPrefix("-p") == true)
    #expect(redacted["Image"]?.string == "mysql")
    #expect(redactor.redactRepetitions(in: ["a xK4vW9zQ7 b", "c"]).last == "c")
    #expect(!redactor.redactRepetitions(in: ["a xK4vW9zQ7 b"]).joined().contains("xK4vW9zQ7"))
  }

  @Test func leavesOrdinaryWordsThatArePasswordsToo() {
    var redactor = Redactor(key: [1, 2, 3])
    let arguments = redactor.redact(arguments: ["run", "-e", "PASSWORD=postgres", "postgres"])
    #expect(arguments.last == "postgres")
    #expect(arguments[2] != "PASSWORD=postgres")
  }
}
