import Canonical
import Foundation
import Provenance
import Synchronization
import SystemPackage
import TestSupport

@testable import SmartContainers

/// A folder of files, and runs in it that are done again.
struct RerunScene {
  let laboratory: Laboratory
  let image: String

  init() async throws {
    laboratory = try await Laboratory()
    image = try await laboratory.engine.image()
  }

  func path(_ name: String) -> FilePath { laboratory.folder.path.pushing(FilePath(name)) }

  func write(_ text: String, to name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name).removingLastComponent().string, withIntermediateDirectories: true)
    try text.write(toFile: path(name).string, atomically: false, encoding: .utf8)
  }

  func text(_ name: String) -> String? {
    try? String(contentsOfFile: path(name).string, encoding: .utf8)
  }

  /// Runs a shell command with declared files, and removes it.
  func run(
    _ command: String, input: String? = nil, image: String? = nil,
    _ declare: (inout RunFiles) -> Void,
    _ specify: (inout ContainerSpecification) -> Void = { _ in }
  ) async throws -> Record {
    try await laboratory.record { client in
      var options = RunOptions()
      (options.name, options.removes) = (laboratory.name("first"), true)
      declare(&options.files)
      var specification = ContainerSpecification(image ?? self.image, "sh", "-c", command)
      specification.opensStandardInput = input != nil
      specify(&specification)
      var interaction = Interaction()
      if let input { interaction.input = EveryOperation.source(Array(input.utf8)) }
      _ = try await client.run(
        specification, options: options, interaction: interaction, onOutput: { _ in })
    }
  }

  func plan(_ id: ActivityID) async throws -> RerunPlan {
    try await HistoryReader.open(laboratory.places).rerunPlan(id.description)
  }

  func survey(
    _ plan: RerunPlan, _ choose: (inout RerunOptions) -> Void = { _ in }
  ) async throws -> RerunSurvey {
    var options = RerunOptions()
    choose(&options)
    return try await Client.open(laboratory.places).survey(plan, options)
  }

  /// Does a recorded run again.
  func rerun(
    _ id: ActivityID, input: String? = nil, _ choose: (inout RerunOptions) -> Void = { _ in }
  ) async throws -> (result: RerunResult, record: Record) {
    var options = RerunOptions()
    choose(&options)
    let plan = try await plan(id)
    let result = Mutex<RerunResult?>(nil)
    let record = try await laboratory.record { client in
      let survey = try await client.survey(plan, options)
      let done = try await client.rerun(
        survey, options, standardInput: input.map { EveryOperation.source(Array($0.utf8)) })
      result.withLock { $0 = done }
    }
    guard let result = result.withLock({ $0 }) else {
      throw CommandError(call: "rerun", message: "no result")
    }
    return (result, record)
  }

  /// The things of a part, by what they are and where they were.
  func things(_ links: [ActivityDocument.Link], _ role: Role) -> [String] {
    links.filter { $0.role == role }
      .map { "\($0.iri) \($0.path ?? "") \($0.containerPath ?? "") \($0.pointerPath ?? "")" }
      .sorted()
  }
}
