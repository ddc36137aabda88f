/// The part that an entity or agent had in an activity.
package enum Role: String, Sendable, CaseIterable {
  // Entities
  case archive, baseImage, buildContext, configuration, container, dockerfile, file, image
  case imageReference, input, network, output, registryReference, snapshot, standardError,
    standardInput
  case standardOutput, state, volume
  // Agents
  case client, engine, user

  /// The term of the ontology: `ca:baseImageRole`.
  var term: String { "ca:" + rawValue + "Role" }

  /// The role of that term, compact or in full; nil when it is none of these.
  init?(term: String) {
    let local =
      term.hasPrefix(Namespace.ca.rawValue)
      ? term.dropFirst(Namespace.ca.rawValue.count) : term.dropFirst(3)
    guard local.hasSuffix("Role") else { return nil }
    self.init(rawValue: String(local.dropLast(4)))
  }
}
