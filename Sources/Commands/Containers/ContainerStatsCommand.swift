import Arguments
import SmartContainers

/// `sc container stats`.
struct ContainerStatsCommand: SmartCommand {
  static let description = CommandDescription(
    "stats", abstract: "Show what containers take.",
    discussion: """
      It goes on until it is interrupted, or shows one moment with --no-stream.

      Examples:
        $ sc container stats
        $ sc container stats --no-stream --format json web
      """,
    parser: ContainerStatsCommand.init)

  let global: GlobalOptions
  let all: Bool
  let noStream: Bool
  let noTrunc: Bool
  let format: OutputFormat
  let containers: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    all = arguments.flag("all", "a", help: "Also those that do not run.")
    noStream = arguments.flag("no-stream", help: "Show one moment, and end.")
    noTrunc = arguments.flag("no-trunc", help: "Do not shorten ids.")
    format =
      try arguments.option("format", value: "format", help: "How to write the list.") ?? .table
    global = try GlobalOptions(&arguments)
    containers = try arguments.optionalWords(
      "container", help: "Names or ids; without any, those that run.")
  }

  func run(_ invocation: Invocation) async throws {
    let engine = try await invocation.engine()
    if !noStream, format == .jsonl { return try await follow(engine, invocation) }
    repeat {
      let names = try await names(engine)
      let moments = try await moments(of: names, engine)
      if !noStream, format == .table, invocation.terminal.isInteractive {
        try invocation.terminal.write("\u{1B}[H\u{1B}[J")
      }
      try invocation.terminal.write(moments.map(object), as: format) { table(moments) }
      // An engine takes a second to look, but none at nothing.
      if !noStream, moments.isEmpty { try await Task.sleep(for: .seconds(1)) }
    } while !noStream
  }

  private func names(_ engine: EngineClient) async throws -> [String] {
    guard containers.isEmpty else { return containers }
    return try await engine.listContainers(ContainerFilter(includesStopped: all)).map(\.id)
  }

  /// Looks at all of them at once: each takes a second.
  private func moments(
    of names: [String], _ engine: EngineClient
  ) async throws -> [ContainerStatistics] {
    try await withThrowingTaskGroup(of: (Int, ContainerStatistics?).self) { group in
      for (index, name) in names.enumerated() {
        group.addTask {
          do {
            return (index, try await engine.statistics(of: name))
          } catch let error as EngineError where error.code == .notFound && containers.isEmpty {
            // It is gone since it was listed.
            return (index, nil)
          }
        }
      }
      var found: [(Int, ContainerStatistics)] = []
      for try await (index, moment) in group {
        if let moment { found.append((index, moment)) }
      }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func follow(_ engine: EngineClient, _ invocation: Invocation) async throws {
    try await withThrowingTaskGroup { group in
      for name in try await names(engine) {
        group.addTask {
          try await engine.followStatistics(of: name) { moment in
            try invocation.terminal.write([object(moment)], as: .jsonl) { Table([]) }
            return true
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func object(_ moment: ContainerStatistics) -> JSONValue {
    [
      "id": .string(moment.id), "name": .string(moment.name),
      "time": moment.readAt.map { .string($0.description) } ?? .null,
      "cpuPercent": .double((moment.processorShare * 10_000).rounded() / 100),
      "memoryInBytes": .integer(moment.memoryInBytes),
      "memoryLimitInBytes": .integer(moment.memoryLimitInBytes),
      "receivedInBytes": .integer(moment.receivedInBytes),
      "sentInBytes": .integer(moment.sentInBytes),
      "readInBytes": .integer(moment.readInBytes),
      "writtenInBytes": .integer(moment.writtenInBytes),
      "processes": .integer(Int64(moment.processCount)),
    ]
  }

  private func table(_ moments: [ContainerStatistics]) -> Table {
    var table = Table([
      "CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS",
    ])
    for moment in moments {
      let limit = moment.memoryLimitInBytes
      table.add([
        noTrunc ? moment.id : String(moment.id.prefix(12)), moment.name,
        HumanText.percent(moment.processorShare),
        "\(HumanText.memory(moment.memoryInBytes)) / \(HumanText.memory(limit))",
        HumanText.percent(limit > 0 ? Double(moment.memoryInBytes) / Double(limit) : 0),
        "\(HumanText.size(moment.receivedInBytes)) / \(HumanText.size(moment.sentInBytes))",
        "\(HumanText.size(moment.readInBytes)) / \(HumanText.size(moment.writtenInBytes))",
        String(moment.processCount),
      ])
    }
    return table
  }
}
