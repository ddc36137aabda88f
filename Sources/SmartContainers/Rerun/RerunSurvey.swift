import Canonical
import DockerEngine
import History
import Provenance
import SystemPackage

/// What a recorded run needs to be done again, and what of it is here.
public struct RerunSurvey: Sendable {
  public let plan: RerunPlan
  public let image: RerunImage

  /// Each file that went in.
  public let inputs: [RerunInput]

  /// Each value that the record hides.
  public let hidden: [HiddenValue]

  /// What is against it, a sentence each without a full stop; empty when it can be done.
  public let obstacles: [String]

  /// What to do where the files seem to be in another folder now; nil where they do not.
  public let hint: String?

  /// What there is to know about it, a sentence each without a full stop.
  public let notes: [String]

  /// The request with what was hidden.
  let body: JSONValue

  /// Whether the run would get all inputs as they were.
  public var hasInputsOfThen: Bool { inputs.allSatisfy(\.isAsThen) }
}

extension RerunSurvey {
  /// Where a survey looks.
  struct Places: Sendable {
    let content: ContentStore
    let redactor: Redactor

    /// Nil when none can be asked.
    let engine: EngineClient?

    /// Whether the engine sees the files of this host.
    let seesFiles: Bool

    /// The folder that holds the history.
    let project: FilePath

    /// Of the file that remembers digests.
    let cachePath: FilePath
  }

  /// Looks for all that a run needs.
  ///
  /// - Parameter onProgress: called with the number of bytes of inputs that were read, from any
  ///   thread.
  init(
    _ plan: RerunPlan, _ options: RerunOptions, in places: Places,
    onProgress: @escaping @Sendable (Int) -> Void
  ) async throws {
    self.plan = plan
    image = try await RerunImage.find(plan.image, on: places.engine)
    let comparison = InputComparison(
      plan: plan, options: options, content: places.content,
      digester: FileDigester(cachePath: places.cachePath, onProgress: onProgress))
    inputs = try await BlockingWork.run(cancellable: { try comparison.inputs($0) })
    var values = HiddenValues(options.environment, places.redactor)
    body = values.restored(plan.body)
    hidden = values.found
    var obstacles = Self.obstacles(of: image, plan, options)
    obstacles +=
      options.allowsHostAccess
      ? Self.obstacles(of: hidden) : Self.grants(plan, body, hidden, options)
    obstacles += Self.obstacles(of: inputs, plan, options)
    let mounts = places.seesFiles ? Self.missingMounts(plan, body, options) : []
    obstacles += mounts.map { "the folder \($0) that the run mounted is not there" }
    let project = places.project.string
    let replaced = Self.replaced(plan, options, outside: project)
    if !replaced.isEmpty {
      let names = replaced.joined(separator: ", ")
      obstacles.append("it would replace \(names), outside of the folder of this history")
    }
    if plan.wasTyped { obstacles.append("what was typed at its terminal is not recorded") }
    self.obstacles = obstacles
    let missing = mounts + inputs.filter { $0.state == .missing }.map(\.file.path)
    hint = Self.hint(plan, options, missing, replaced, outside: project)
    notes =
      Self.notes(image, hidden, plan, options)
      + Self.strangers(plan, options, inputs, outside: project)
  }

  /// What the run would have of this host, where that is not allowed.
  private static func grants(
    _ plan: RerunPlan, _ body: JSONValue, _ hidden: [HiddenValue], _ options: RerunOptions
  ) -> [String] {
    let names = hidden.compactMap(\.name).unique
    let access = HostAccess(
      plan.specification(body, options).json, besides: options.folder?.to.string)
    let grants =
      access.grants.unique
      + (names.isEmpty ? [] : ["\(names.joined(separator: ", ")) of your environment"])
    return grants.isEmpty
      ? []
      : ["it would have \(grants.joined(separator: "; ")), which --allow-host-access allows"]
  }

  private static func obstacles(
    of image: RerunImage, _ plan: RerunPlan, _ options: RerunOptions
  ) -> [String] {
    switch image {
    case .here, .similar, .unknown: []
    case .pullable(let reference) where options.pulling.policy == .never:
      ["the image \(plan.image.title) is not here, and may not be pulled: \(reference)"]
    case .pullable: []
    case .absent:
      [
        "the image \(plan.image.title) (\(plan.image.identity.hexadecimal.prefix(12))) "
          + "is not here, and no registry knew it by a digest: \(plan.image.hint)"
      ]
    }
  }

  private static func obstacles(of hidden: [HiddenValue]) -> [String] {
    let needed = hidden.filter { $0.state == .needed }.compactMap(\.name)
    let unobtainable = hidden.filter { $0.state == .unobtainable }.map(\.place)
    return
      (needed.isEmpty
      ? [] : ["set \(needed.unique.joined(separator: ", ")) in the environment"])
      + (unobtainable.isEmpty
        ? []
        : ["the record hides a secret in \(unobtainable.unique.joined(separator: ", "))"])
  }

  private static func obstacles(
    of inputs: [RerunInput], _ plan: RerunPlan, _ options: RerunOptions
  ) -> [String] {
    let mounts = plan.mounts(options)
    let isMounted = { (input: RerunInput) in mounts.containerPath(of: input.file.path) != nil }
    let missing = inputs.filter {
      $0.state == .missing && (!$0.isTakenFromHistory || isMounted($0))
    }
    var obstacles: [String] = []
    if !missing.isEmpty {
      let names = missing.map(\.file.path).joined(separator: ", ")
      obstacles.append("the input \(names) is not there, and its bytes are not kept here")
    }
    let lost = inputs.filter { input in
      guard options.takesOriginalInputs, case .changed = input.state else { return false }
      return !input.isKept || isMounted(input)
    }
    if !lost.isEmpty {
      let names = lost.map(\.file.path).joined(separator: ", ")
      obstacles.append("the input \(names) changed, and its bytes of then are not kept here")
    }
    if plan.declaredOutputs(options).contains(where: { $0.pattern.isRoot }) {
      obstacles.append("the root folder cannot be an output")
    }
    return obstacles
  }

  private static func notes(
    _ image: RerunImage, _ hidden: [HiddenValue], _ plan: RerunPlan, _ options: RerunOptions
  ) -> [String] {
    var notes: [String] = []
    if case .similar(let name) = image {
      notes.append(
        "\(name) has the layers of then and another configuration; it is taken for the image")
    }
    for value in hidden {
      guard let name = value.name else { continue }
      switch value.state {
      case .different: notes.append("\(name) has another value than then")
      case .notComparable:
        notes.append("whether \(name) has the value of then cannot be told: its key is not here")
      case .same, .needed, .unobtainable: break
      }
    }
    if options.verifies {
      let mounts = plan.mounts(options)
      for output in plan.declaredOutputs.map({ options.pattern(now: PathPattern(recorded: $0)) })
      where mounts.containerPattern(of: output) != nil {
        notes.append("\(output.text) is beneath a mount of the run, which writes to it in place")
      }
    }
    return notes
  }
}

extension [String] {
  /// Each of them once, where it is first.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
