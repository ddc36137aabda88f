import SmartContainers
import Testing

@testable import Commands

struct SpellingTests {
  private func words(_ line: String) throws -> [String] {
    try TypedArguments(
      line.split(separator: " ").map { $0 == "''" ? "" : String($0) },
      of: SmartContainersCommand.self
    ).words
  }

  @Test(arguments: [
    ("run -eA=B -e C=D img -e X", "run -e=A=B -e=C=D img -e X"),
    ("run -itdp 80:80 img", "run -i -t -d -p=80:80 img"),
    ("run -p8080:80 --rm=true --init=false img", "run -p=8080:80 --rm img"),
    ("run --memory-swap -1 --name web img -m", "run --memory-swap=-1 --name=web img -m"),
    ("run --entrypoint= img", "run --entrypoint '' img"),
    ("run --entrypoint '' img", "run --entrypoint '' img"),
    ("run --rm -- img -x", "run --rm -- img -x"),
    ("log -3", "log -n=3"), ("log -n -1", "log -n=-1"), ("log -n3", "log -n=3"),
    ("container rm -fv a", "container rm -f -v a"),
    ("container ps -aqn 2", "container ls -a -q -n=2"),
    ("--sc-dir x log --oneline", "log --sc-dir x --oneline"),
    ("-Hunix:///s container ls", "container ls -H unix:///s"),
    ("help container ls", "help container ls"),
  ])
  func writesOptionsAsTheParserReadsThem(typed: String, read: String) throws {
    #expect(try words(typed) == read.split(separator: " ").map { $0 == "''" ? "" : String($0) })
  }

  @Test(
    arguments: [
      ("logg", "sc log"), ("ps", "sc container ls"), ("build", "sc image build"),
      ("container creat", "sc container create"), ("rmi", "sc image rm"),
      ("container image", nil), ("frobnicate", nil), ("help logg", "sc log"),
    ] as [(String, String?)])
  func suggestsTheCommandThatMayBeMeant(typed: String, meant: String?) {
    let error = #expect(throws: UsageError.self) { try words(typed) }
    #expect(error?.description.contains("has no command") == true)
    let question = meant.map { "did you mean \($0)" }
    #expect(error?.description.contains(question ?? "did you mean") == (meant != nil))
  }

  /// What the tables of spellings say must be what the commands declare.
  @Test func knowsEveryOptionOfEveryCommand() throws {
    let dump = try JSONValue(parsing: Array(SmartContainersCommand._dumpHelp().utf8))
    let root = try #require(dump["command"])
    try check(root, path: [])
  }

  private func check(_ command: JSONValue, path: [String]) throws {
    for subcommand in command["subcommands"]?.array ?? [] {
      let name = try #require(subcommand["commandName"]?.string)
      if name != "help" { try check(subcommand, path: path + [name]) }
    }
    guard !path.isEmpty, (command["subcommands"]?.array ?? []).isEmpty else { return }
    let spelling = OptionSpelling(of: path)
    for argument in command["arguments"]?.array ?? [] {
      let takesValue = argument["kind"]?.string == "option"
      guard takesValue || argument["kind"]?.string == "flag" else { continue }
      for name in argument["names"]?.array ?? [] {
        let text = try #require(name["name"]?.string)
        let isLetter = name["kind"]?.string == "short"
        let word = isLetter ? "-\(text)" : "--\(text)"
        let read = spelling.normalized([word, "value", "more"])
        let joined = ["\(word)=value", "more"]
        let apart = [word, "value", "more"]
        if takesValue {
          #expect(read == joined || !isLetter && read == apart, "\(path) \(word)")
        } else {
          #expect(read == apart, "\(path) \(word)")
        }
      }
    }
  }
}
