import Arguments
import SmartContainers

/// `sc lineage`.
struct LineageCommand: SmartCommand {
  static let description = CommandDescription(
    "lineage", abstract: "Show what something came from, or what came from it.",
    discussion: """
      A file is looked for by what is in it, whatever it is called now; else by its path, and then \
      it is said that it is not what was recorded. ./NAME is always a file. A name of a container or \
      an image means the newest one that had it; of an activity, its id or a revision do.

      What is shown once is referred to after that. Of a container are shown the operations that \
      brought something in; the others are only counted. Of activities that made exactly the same \
      bytes, or that used them, the 20 newest are followed.

      Examples:
        $ sc lineage result.csv
        $ sc lineage --forward data.csv
        $ sc lineage --depth 2 tool:1
        $ sc lineage HEAD --json
        $ sc lineage --format dot result.csv | dot -Tsvg > result.svg
      """,
    parser: LineageCommand.init)

  let global: GlobalOptions
  let isForward: Bool
  let depth: Int?
  let format: LineageFormat
  let subject: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    isForward = arguments.flag("forward", help: "What came from it.")
    depth = try arguments.option(
      "depth", value: "number", help: "Go no further than so many steps; 0 is the thing alone.")
    let json = arguments.flag("json", help: "Write one JSON object, as --format json does.")
    let format: LineageFormat? = try arguments.option(
      "format", value: "format", help: "tree without one, json, or dot for Graphviz.")
    self.format = format ?? (json ? .json : .tree)
    global = try GlobalOptions(&arguments)
    subject = try arguments.word(
      "subject", help: "A file, an image, a container, a volume or an activity.")
  }

  func run(_ invocation: Invocation) async throws {
    if let depth, depth < 0 { throw UsageError("--depth \(depth): expected a number from 0 on") }
    guard !subject.isEmpty else { throw UsageError("the subject is empty") }
    let reader = try await HistoryReader.open(try invocation.places())
    let graph = try await lineage(reader, invocation)
    if let note = graph.note {
      invocation.terminal.note("sc: note: " + PlainText.sanitize(note))
    }
    switch format {
    case .json: try invocation.terminal.write(graph.json)
    case .dot: try invocation.terminal.write(LineageDrawing(graph).text)
    case .tree:
      try await invocation.paged {
        try invocation.terminal.write(LineageTree(graph, style: invocation.style).text)
      }
    }
  }

  private func lineage(
    _ reader: HistoryReader, _ invocation: Invocation
  ) async throws -> LineageGraph {
    let progress = AmountDisplay(invocation.terminal, isWanted: true)
    defer { progress.finish() }
    let file = try await LineageSubject.File.look(at: invocation.absolute(subject)) {
      progress.add($0)
    }
    let isPath = ["/", "./", "../"].contains { subject.hasPrefix($0) } || subject == ".."
    return try await reader.lineage(
      of: LineageSubject(word: subject, file: file, isPath: isPath || subject == "."),
      isForward ? .forward : .backward, depth: depth
    ) { progress.show("\($0) activities read") }
  }
}

/// How a lineage is written.
enum LineageFormat: String, CaseIterable, ArgumentValue {
  /// For people; it may change.
  case tree
  /// One JSON object; it may not change.
  case json
  /// A graph for Graphviz.
  case dot
}
