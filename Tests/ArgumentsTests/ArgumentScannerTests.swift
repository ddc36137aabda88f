import Testing

@testable import Arguments

struct ArgumentScannerTests {
  private static func declare(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    _ = arguments.flag("rm", help: "")
    _ = arguments.flag("interactive", "i", help: "")
    _ = arguments.flag("tty", "t", help: "")
    _ = arguments.flagOn("pause", "p", help: "")
    let _: [String] = try arguments.options("env", "e", value: "name=value", help: "")
    let _: Int? = try arguments.option("max-count", "n", value: "number", help: "", isCount: true)
    let _: String? = try arguments.option("hostname", "h", value: "name", help: "")
  }

  private struct Open: Command {
    init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
      try ArgumentScannerTests.declare(&arguments)
      _ = try arguments.optionalWords("word", help: "")
    }
    func run() async throws {}
  }

  private struct Passing: Command {
    init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
      try ArgumentScannerTests.declare(&arguments)
      _ = try arguments.word("image", help: "")
      _ = try arguments.rest("command", help: "")
    }
    func run() async throws {}
  }

  /// The tokens in words: `-e:A=B` for an option, `:x` for a word.
  private func tokens(_ line: String, _ parser: CommandDescription.Parser) throws -> [String] {
    let words = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
    var scanner = ArgumentScanner(words[...], Declarations(of: parser))
    var tokens: [String] = []
    while let token = try scanner.next() {
      switch token {
      case .option(_, let spelling, let value): tokens.append("\(spelling):\(value)")
      case .word(let word): tokens.append(":\(word)")
      case .help: tokens.append("help")
      }
    }
    return tokens
  }

  @Test(arguments: [
    ("-eA=B -e C=D x -e X", "-e:A=B -e:C=D :x -e:X"), ("-e=A=B", "-e:A=B"),
    ("--env A=B --env=C=D --env=", "--env:A=B --env:C=D --env:"), ("-e '' x", "-e: :x"),
    ("-itn 5", "-i:true -t:true -n:5"), ("-itn5", "-i:true -t:true -n:5"),
    ("--rm --rm=false --rm=1 --rm=F", "--rm:true --rm:false --rm:true --rm:false"),
    ("-i=false", "-i:false"), ("--no-pause", "--no-pause:false"), ("-p", "-p:true"),
    ("--no-pause=false", "--no-pause:true"), ("--env --rm", "--env:--rm"), ("-n -1", "-n:-1"),
    ("-3", "-3:3"), ("-12 x", "-12:12 :x"), ("-h host", "-h:host"), ("--help", "help"),
    ("- x", ":- :x"), ("x -- -e --rm --", ":x :-e :--rm :--"),
  ])
  func splitsByTheHabitsOfGitAndDocker(line: String, expected: String) throws {
    #expect(try tokens(line, Open.init).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("-i img -i --help -- x", "-i:true :img :-i :--help :-- :x"),
    ("-- img -x", ":img :-x"), ("-e A img --rm", "-e:A :img :--rm"),
  ])
  func whatIsBehindTheFirstWordBelongsToTheContainer(line: String, expected: String) throws {
    #expect(try tokens(line, Passing.init).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("--nosuch", "unknown option '--nosuch'"), ("-x", "unknown option '-x'"),
    ("-ix", "unknown option '-x'"), ("--evn A", "unknown option '--evn'; did you mean '--env'?"),
    ("--e A", "unknown option '--e'"), ("--rm=maybe", "--rm is a flag"),
    ("--env", "option '--env' needs a value"), ("-ie", "option '-e' needs a value"),
    ("-3x", "unknown option '-3'"), ("---", "unknown option '---'"),
  ])
  func saysWhatIsWrong(line: String, message: String) {
    let error = #expect(throws: ArgumentError.self) { try tokens(line, Open.init) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }
}
