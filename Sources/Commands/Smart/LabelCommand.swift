import Arguments
import SmartContainers

/// `sc label`.
enum LabelCommand {
  static let description = CommandDescription(
    "label", abstract: "Read and write the JSON-LD that images and containers carry.",
    groups: [
      CommandDescription.Group(
        "Commands", [LabelGetCommand.description, LabelPutCommand.description])
    ])
}

/// `sc label get`.
struct LabelGetCommand: SmartCommand {
  static let description = CommandDescription(
    "get", abstract: "Print the JSON-LD that an image or a container carries.",
    discussion: """
      That is its label \(SmartLabel.key); exit code 1 where it has none.

      Examples:
        $ sc label get lab/tool:2
        $ sc label get --format turtle web
      """,
    parser: LabelGetCommand.init)

  let global: GlobalOptions
  let format: LinkedDataFormat
  let kind: EngineObject.Kind?
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    format =
      try arguments.option(
        "format", value: "format",
        help: "jsonld (as the label has it, the default), expanded, nquads, turtle or trig.")
      ?? .jsonLD
    kind = try arguments.objectKind()
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "A container or an image.")
  }

  func run(_ invocation: Invocation) async throws {
    let object = try await invocation.engine().object(named: name, kind: kind)
    guard let label = try SmartLabel(of: object) else {
      throw SmartContainersError(
        .failed, "\(object.kind.rawValue) \(name) has no label \(SmartLabel.key)",
        hint: "sc label put gives an image one; sc infect makes it a smart image.")
    }
    let contexts = ContextLoader(try await invocation.configuration(), try invocation.places())
    var text = try await label.linkedData(format, loadingWith: contexts)
    if text.last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    // What others wrote must not move a terminal's cursor.
    try invocation.terminal.write(
      PlainText.sanitize(String(decoding: text, as: UTF8.self), keepsLines: true))
  }
}

/// `sc label put`.
struct LabelPutCommand: SmartCommand {
  static let description = CommandDescription(
    "put", abstract: "Put a document of JSON-LD on an image, and record it.",
    discussion: """
      That makes a new image, with the same layers and the document as its label \
      \(SmartLabel.key), and prints its id. The old image stays, and so do its names, but for the \
      one that is given with --tag. A container's labels cannot be changed: with --commit an image \
      with the document is made of it.

      Examples:
        $ sc label put --tag lab/tool:2 lab/tool:1 about.jsonld
        $ sc label put --tag lab/tool:1 lab/tool:1 - < about.jsonld
        $ sc label put --commit --tag lab/web:7 web about.jsonld
      """,
    parser: LabelPutCommand.init)

  let global: GlobalOptions
  let tag: String?
  let commit: Bool
  let kind: EngineObject.Kind?
  let name: String
  let file: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    tag = try arguments.option("tag", "t", value: "name", help: "The new image's name and tag.")
    commit = arguments.flag("commit", help: "Make an image of a container.")
    kind = try arguments.objectKind()
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "An image, or a container with --commit.")
    file = try arguments.word("file", help: "The document; - reads standard input.")
  }

  func run(_ invocation: Invocation) async throws {
    let image = try tag.map { name throws(SmartContainersError) in try ImageName(newName: name) }
    let document = try invocation.readDocument(
      file, "a document of JSON-LD", upTo: SmartLabel.byteLimit)
    try await invocation.withClient { client in
      let object = try await client.engine.object(named: name, kind: kind)
      guard object.kind == .image || commit else {
        throw SmartContainersError(
          .usage, "\(name) is a container, and an engine cannot change a container's labels",
          hint: "Use --commit to make an image of it that has the label.")
      }
      let id = try await client.putLabel(document, on: object, as: image)
      try invocation.terminal.writeLine(id)
    }
  }
}

extension EngineObject.Kind: ArgumentValue {}

extension ArgumentReader {
  /// What a name is meant to be.
  mutating func objectKind() throws(ArgumentError) -> EngineObject.Kind? {
    try option("type", value: "kind", help: "What the name is: container or image.")
  }
}
