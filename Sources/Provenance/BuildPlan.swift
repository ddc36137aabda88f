/// How an image was to be built.
package struct BuildPlan: Sendable, Hashable {
  /// What a Dockerfile's `FROM` begins.
  package struct Stage: Sendable, Hashable {
    /// The name after `AS`.
    package var name: String?

    /// What it begins with, as the Dockerfile names it: an image, an earlier stage or `scratch`.
    package var base: String
    package var platform: String?

    /// The IRI of the image that the base stood for; nil where it is none or is not known.
    package var image: String?

    package init(name: String?, base: String, platform: String? = nil, image: String? = nil) {
      self.name = name
      self.base = base
      self.platform = platform
      self.image = image
    }
  }

  /// `classic` or `buildKit`.
  package var builder: String

  /// The stage that was asked for; nil for the last one.
  package var target: String?

  /// Those that the builder builds for the target, in their order.
  package var stages: [Stage]

  package init(builder: String, target: String? = nil, stages: [Stage] = []) {
    self.builder = builder
    self.target = target
    self.stages = stages
  }

  func describe(in plan: inout Node) {
    plan.add(.builder, builder)
    plan.add(.targetStage, target)
    for (index, stage) in stages.enumerated() {
      var node = Node(nil, "ca:BuildStage")
      node.add(.stageNumber, Int64(index))
      node.add(.stageName, stage.name)
      node.add(.baseName, stage.base)
      node.add(.platform, stage.platform)
      node.add(.baseImage, stage.image)
      plan.add(.stage, .node(node))
    }
  }
}

extension GraphReader {
  func buildPlan(of plan: NodeReader) throws(ActivityDocumentError) -> BuildPlan? {
    guard let builder = try plan.text(.builder) else { return nil }
    var stages: [(number: Int64, stage: BuildPlan.Stage)] = []
    for node in try plan.nodes(.stage) {
      let stage = BuildPlan.Stage(
        name: try node.text(.stageName), base: try node.required(.baseName),
        platform: try node.text(.platform), image: try node.text(.baseImage))
      stages.append((try node.integer(.stageNumber) ?? 0, stage))
    }
    stages.sort { $0.number < $1.number }
    return BuildPlan(
      builder: builder, target: try plan.text(.targetStage), stages: stages.map(\.stage))
  }
}
