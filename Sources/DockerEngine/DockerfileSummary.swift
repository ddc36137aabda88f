/// What a Dockerfile says it is built from, and how.
///
/// Source: Dockerfile reference, FROM, ARG, COPY --from and RUN --mount.
public struct DockerfileSummary: Sendable, Equatable {
  /// What begins with a `FROM`.
  public struct Stage: Sendable, Hashable {
    /// The name after `AS`.
    public var name: String?

    /// What it begins with, variables filled in: an image, an earlier stage or `scratch`.
    public var base: String

    /// Of `--platform`, variables filled in as far as they are known.
    public var platform: String?

    /// The images that it copies or mounts from.
    public var copiedImages: [String] = []

    /// The mounts that an engine asks the client for.
    public var sessionMounts: [SessionMount] = []

    /// The earlier stages that it begins with, copies or mounts from.
    var needs: Set<Int> = []

    /// Whether it begins with an image.
    var isOnImage = true
  }

  /// A mount that needs a session between client and engine.
  public struct SessionMount: Sendable, Hashable {
    /// `secret` or `ssh`.
    public var kind: String

    /// The line of its `RUN`, counted from 1.
    public var line: Int
  }

  /// In order.
  public private(set) var stages: [Stage] = []

  /// The image that understands the file, of `# syntax=`; nil for the engine's own.
  public let frontend: String?

  /// Whether files or scripts stand in it: `RUN <<EOF`.
  public let hasHeredocs: Bool

  /// The `ARG`s before the first `FROM`.
  private var arguments: [String: String] = [:]

  /// Reads a Dockerfile.
  ///
  /// - Parameter arguments: the values given to `ARG`s that stand before the first `FROM`.
  public init(_ text: String, arguments: [String: String] = [:]) {
    let file = DockerfileInstructions(text)
    frontend = file.frontend
    hasHeredocs = file.hasHeredocs
    for instruction in file.instructions {
      switch instruction.keyword {
      case "ARG" where stages.isEmpty: read(instruction.words, given: arguments)
      case "FROM": begin(instruction)
      case "COPY", "ADD":
        for source in instruction.flags(named: "from") { take(from: source) }
      case "RUN":
        for mount in instruction.flags(named: "mount") { take(mount, at: instruction.line) }
      default: break
      }
    }
  }

  private mutating func read(_ declarations: [String], given: [String: String]) {
    for declaration in declarations {
      let halves = declaration.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(halves[0])
      let fallback =
        halves.count > 1
        ? DockerfileWords.substitute(DockerfileWords.unquoted(halves[1]), arguments) : nil
      arguments[name] = given[name] ?? fallback
    }
  }

  private mutating func begin(_ instruction: DockerfileInstructions.Instruction) {
    let operands = instruction.operands
    guard let first = operands.first else { return }
    var stage = Stage(base: DockerfileWords.substitute(DockerfileWords.unquoted(first), arguments))
    if operands.count > 2, operands[1].uppercased() == "AS" { stage.name = operands[2] }
    stage.platform = instruction.flags(named: "platform").last.map { written in
      let filled = DockerfileWords.substitute(written, arguments)
      return filled.isEmpty ? written : filled
    }
    if let earlier = index(named: stage.base) {
      stage.needs = [earlier]
      stage.isOnImage = false
    } else if stage.base == "scratch" {
      stage.isOnImage = false
    }
    stages.append(stage)
  }

  /// Notes that the last stage copies or mounts from a stage or an image.
  private mutating func take(from source: String) {
    guard let last = stages.indices.last else { return }
    let source = DockerfileWords.substitute(DockerfileWords.unquoted(source), arguments)
    if let earlier = index(named: source) ?? Int(source), stages.indices.contains(earlier) {
      stages[last].needs.insert(earlier)
    } else if source != "scratch", !source.isEmpty {
      stages[last].copiedImages.append(source)
    }
  }

  private mutating func take(_ mount: String, at line: Int) {
    guard let last = stages.indices.last else { return }
    for option in DockerfileWords.unquoted(mount).split(separator: ",") {
      let halves = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard halves.count == 2 else { continue }
      switch halves[0].lowercased() {
      case "type" where ["secret", "ssh"].contains(halves[1].lowercased()):
        stages[last].sessionMounts.append(SessionMount(kind: halves[1].lowercased(), line: line))
      case "from": take(from: halves[1])
      default: break
      }
    }
  }

  /// Of two stages with one name the later hides the other.
  private func index(named name: String) -> Int? {
    stages.lastIndex { $0.name?.lowercased() == name.lowercased() }
  }
}

extension DockerfileSummary {
  /// The images that stages begin with, copy or mount from, in order; neither `scratch` nor other
  /// stages.
  public var bases: [String] { Self.images(of: stages) }

  /// The images that a build of these stages uses.
  public static func images(of stages: [Stage]) -> [String] {
    var images: [String] = []
    for image in stages.flatMap({ ($0.isOnImage ? [$0.base] : []) + $0.copiedImages })
    where !images.contains(image) {
      images.append(image)
    }
    return images
  }

  /// The stages that a builder builds for a target.
  ///
  /// The classic one builds all up to it, BuildKit those that it needs.
  ///
  /// - Parameter target: a name or a number; nil is the last stage. All are built for one that is
  ///   not there, as far as can be told: the engine will refuse it.
  public func stages(for target: String?, by builder: ImageBuilder) -> [Stage] {
    let given = target.flatMap { $0.isEmpty ? nil : $0 }
    let wanted = given.map { index(named: $0) ?? Int($0) } ?? stages.indices.last
    guard let wanted, stages.indices.contains(wanted) else { return stages }
    guard builder == .buildKit else { return Array(stages[...wanted]) }
    var needed: Set<Int> = []
    var open = [wanted]
    while let next = open.popLast() {
      if needed.insert(next).inserted { open += stages[next].needs }
    }
    return needed.sorted().map { stages[$0] }
  }
}
