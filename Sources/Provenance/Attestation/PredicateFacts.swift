import Canonical

/// What the two kinds of predicates have in common, each at its own place.
struct PredicateFacts {
  var materials: [AttestedResource] = []
  var activity: String?
  var endedAt: Timestamp?
  var record: SHA256Digest?

  /// Source: slsa.dev/provenance/v1.
  init(provenance json: JSONValue) throws(AttestationError) {
    let predicate = try StatementObject(json, "the predicate")
    try predicate.allow(["buildDefinition", "runDetails"])
    let definition = try predicate.object("buildDefinition")
    try definition.allow([
      "buildType", "externalParameters", "internalParameters", "resolvedDependencies",
    ])
    _ = try definition.text("buildType")
    _ = try definition.object("externalParameters")
    let details = try predicate.object("runDetails")
    try details.allow(["builder", "metadata", "byproducts"])
    let builder = try details.object("builder")
    try builder.allow(["id", "version", "builderDependencies"])
    _ = try builder.text("id")
    materials = try Self.resources(definition.list("resolvedDependencies"))
    record = try Self.resources(details.list("byproducts")).first { $0.name == Self.record }?.digest
    guard json["runDetails"]?["metadata"] != nil else { return }
    let metadata = try details.object("metadata")
    try metadata.allow(["invocationId", "startedOn", "finishedOn"])
    activity = try metadata.optionalText("invocationId")
    _ = try Self.time("startedOn", in: metadata)
    endedAt = try Self.time("finishedOn", in: metadata)
  }

  /// Source: in-toto attestation, link v0.3.
  init(link json: JSONValue) throws(AttestationError) {
    let predicate = try StatementObject(json, "the predicate")
    try predicate.allow(["name", "command", "materials", "byproducts", "environment"])
    _ = try predicate.text("name")
    for word in try predicate.list("command") where word.string == nil {
      throw AttestationError(.malformed, "a word of the command is no text")
    }
    materials = try Self.resources(predicate.list("materials"))
    if let json = json["byproducts"]?[Self.record] {
      record = try AttestedResource(json, needsDigest: true).digest
    }
    guard json["environment"] != nil else { return }
    let environment = try predicate.object("environment")
    activity = try environment.optionalText("activity")
    endedAt = try Self.time("finishedOn", in: environment)
  }

  /// The name of the activity's document among what an activity made besides.
  static let record = "record"

  private static func resources(
    _ list: [JSONValue]
  ) throws(AttestationError) -> [AttestedResource] {
    var resources: [AttestedResource] = []
    for json in list { resources.append(try AttestedResource(json, needsDigest: false)) }
    return resources
  }

  private static func time(
    _ name: String, in object: StatementObject
  ) throws(AttestationError) -> Timestamp? {
    guard let text = try object.optionalText(name) else { return nil }
    guard let time = Timestamp(text) else {
      throw AttestationError(.malformed, "\(name) is no time: \(text)")
    }
    return time
  }
}
