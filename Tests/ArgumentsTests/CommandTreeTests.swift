import Testing

@testable import Arguments

struct CommandTreeTests {
  private enum Colour: String, CaseIterable, ArgumentValue {
    case red
    case green
  }

  private struct Paint: Command {
    let colour: Colour?
    let layers: Int
    let folder: String?
    let things: [String]

    init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
      colour = try arguments.option("colour", "c", value: "colour", help: "Which.")
      layers = try arguments.option("layers", value: "number", help: "How many.") ?? 1
      arguments.section("Global options")
      folder = try arguments.option("folder", "F", value: "folder", help: "Where.")
      things = try arguments.words("thing", help: "What.")
    }

    func run() async throws {}
  }

  private struct Shared: Command {
    init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
      let _: String? = try arguments.option("folder", "F", value: "folder", help: "Where.")
    }

    func run() async throws {}
  }

  private let tree = CommandTree(
    CommandDescription(
      "tool", abstract: "Does things.",
      groups: [
        CommandDescription.Group(
          "Commands",
          [
            CommandDescription(
              "paint", abstract: "Paint things.", discussion: "Examples:\n  $ tool paint .x\n'y",
              aliases: ["colour"], parser: Paint.init),
            CommandDescription("secret", abstract: "No.", isHidden: true, parser: Paint.init),
            CommandDescription(
              "wall", abstract: "Walls.",
              groups: [
                CommandDescription.Group(
                  "Commands",
                  [CommandDescription("build", abstract: "Build one.", parser: Paint.init)])
              ]),
          ])
      ]), version: "tool 1", shared: Shared.init)

  private func paint(_ line: String) throws -> Paint {
    let request = try tree.request(line.split(separator: " ").map(String.init))
    guard case .command(let command) = request else { throw ArgumentError("text") }
    return try #require(command as? Paint)
  }

  private func text(_ line: String) throws -> String? {
    guard case .text(let text) = try tree.request(line.split(separator: " ").map(String.init))
    else { return nil }
    return text
  }

  @Test func readsWhatACommandDeclares() throws {
    let read = try paint("paint a -c green --layers 3 b --layers=2")
    #expect(read.colour == .green)
    #expect(read.layers == 2, "the last one counts")
    #expect(read.things == ["a", "b"])
    #expect(try paint("colour a").layers == 1)
  }

  @Test(arguments: [
    "-F x wall build a", "wall --folder=x build a", "wall build --folder x a", "--folder x paint a",
    "-Fx paint -F y -Fx a",
  ])
  func sharedOptionsMayStandBeforeTheCommand(line: String) throws {
    #expect(try paint(line).folder == "x")
  }

  @Test(arguments: [
    ("paint", "the argument <thing> is missing", ["paint"]),
    ("paint -c blue a", "invalid value 'blue' for '-c'; expected red, green", ["paint"]),
    ("paint --layers x a", "invalid value 'x' for '--layers'", ["paint"]),
    ("wall build --nosuch", "unknown option '--nosuch'", ["wall", "build"]),
    ("--nosuch paint", "unknown option '--nosuch'", []),
    ("wall -F", "option '-F' needs a value", ["wall"]),
    ("pant a", "tool has no command \"pant\"; did you mean tool paint?", []),
    ("build", "tool has no command \"build\"; did you mean tool wall build?", []),
    ("wall paint", "tool wall has no command \"paint\"; did you mean tool paint?", ["wall"]),
    ("help pant", "tool has no command \"pant\"; did you mean tool paint?", []),
    ("frobnicate", "tool has no command \"frobnicate\"", []),
  ])
  func saysWhatIsWrongAndOfWhichCommand(line: String, message: String, path: [String]) {
    let error = #expect(throws: ArgumentError.self) { try text(line) }
    #expect(error == ArgumentError(message, path: path))
  }

  @Test(arguments: [
    "paint --help", "help paint", "help colour", "paint --nosuch -h", "-F x paint -h",
  ])
  func helpTellsEverything(line: String) throws {
    let help = try #require(try text(line))
    #expect(help.hasPrefix("Paint things.\n\nUsage: tool paint [<options>] <thing>...\n"))
    #expect(help.contains("\n  -c, --colour <colour>     Which. One of: red, green.\n"))
    #expect(help.contains("\nGlobal options:\n  -F, --folder <folder>"))
  }

  @Test(arguments: ["", "--help", "help", "-h", "-F x"])
  func aNameAloneListsItsCommands(line: String) throws {
    let help = try #require(try text(line))
    #expect(help.contains("\n  paint                     Paint things.\n"))
    #expect(!help.contains("secret"))
  }

  @Test func theVersionIsText() throws {
    #expect(try text("--version") == "tool 1\n")
  }

  @Test(arguments: [
    ([""], ["paint", "wall"]), (["p"], ["paint"]), (["wall", ""], ["build"]),
    (["paint", "--l"], ["--layers"]), (["paint", "-c", ""], ["red", "green"]),
    (["paint", "--colour", "g"], ["green"]), (["paint", ""], []), (["-F", ""], []),
    (["secret", "--he"], ["--help"]),
  ])
  func offersWhatCanComeNext(words: [String], candidates: [String]) {
    #expect(Completion(of: words, in: tree).candidates.map(\.word) == candidates)
  }

  @Test func everyCommandHasAManualPage() throws {
    let pages = ManualPage.all(of: tree, date: "2026-11-23")
    #expect(
      pages.map(\.fileName) == ["tool.1", "tool-paint.1", "tool-wall.1", "tool-wall-build.1"])
    let page = try #require(pages.first { $0.fileName == "tool-paint.1" }).text
    #expect(page.hasPrefix(#".TH "TOOL-PAINT" "1" "2026-11-23" "tool 1""#))
    #expect(page.contains("\n\\&'y\n"), "no text becomes a request")
    #expect(page.contains(#"\fB\-c, \-\-colour <colour>\fR"#))
  }
}
