import Canonical

extension AttestationStatement {
  /// The operations that make images, and those that run a command.
  package static let builds: Set<String> = ["image.build", "container.commit", "commit", "infect"]
  package static let runs: Set<String> = ["run", "rerun", "exec"]

  /// Whether anything is attested of activities of that kind.
  package static func isAttestable(_ operation: String) -> Bool {
    builds.contains(operation) || runs.contains(operation)
  }

  /// Makes the statement of an activity that succeeded: the same bytes each time.
  ///
  /// - Parameter document: what the history has of it.
  /// - Throws: `AttestationError`.
  package init(
    of activity: ActivityDocument, document: [UInt8]
  ) throws(AttestationError) {
    guard Self.isAttestable(activity.operation) else {
      throw AttestationError(.kind, "activity \(activity.id) is of the kind \(activity.operation)")
    }
    switch activity.outcome {
    case .succeeded: break
    case .failed: throw AttestationError(.outcome, "activity \(activity.id) failed")
    case .unknown:
      throw AttestationError(.outcome, "nobody knows whether activity \(activity.id) succeeded")
    }
    let record = AttestedResource(
      name: PredicateFacts.record, uri: activity.id.iri, digest: SHA256Digest(of: document))
    let things = AttestedThings(activity)
    if Self.builds.contains(activity.operation) {
      guard !things.images.isEmpty else {
        throw AttestationError(.nothingMade, "activity \(activity.id) made no image")
      }
      try self.init(
        .provenance, subjects: things.images,
        predicate: activity.provenance(of: things.materials, record))
    } else {
      let subjects = things.files.isEmpty ? things.standardOutput : things.files
      guard !subjects.isEmpty else {
        throw AttestationError(
          .nothingMade, "activity \(activity.id) left no file, and no standard output was seen")
      }
      try self.init(
        .link, subjects: subjects, predicate: activity.link(of: things.materials, record))
    }
  }
}

extension ActivityDocument {
  /// Source: slsa.dev/provenance/v1.
  fileprivate func provenance(
    of materials: [AttestedResource], _ record: AttestedResource
  ) -> JSONValue {
    var definition: [String: JSONValue] = [
      "buildType": .string(IRI.local(.sc, "build", operation)),
      "externalParameters": [
        "command": .array((plan.command ?? []).map { .string($0) }),
        "requests": .array(([self] + parts).compactMap(\.plan.request).map(\.attested)),
      ],
      "resolvedDependencies": .array(materials.map(\.json)),
    ]
    if let build = plan.build {
      var parameters: [String: JSONValue] = [
        "builder": .string(build.builder),
        "stages": .array(build.stages.map { .string($0.base) }),
      ]
      parameters["target"] = build.target.map { .string($0) }
      definition["internalParameters"] = .object(parameters)
    }
    return [
      "buildDefinition": .object(definition),
      "runDetails": [
        "builder": ["id": .string(builderID), "version": .object(versions)],
        "metadata": [
          "invocationId": .string(id.iri), "startedOn": .string(startedAt.description),
          "finishedOn": .string(endedAt.description),
        ],
        "byproducts": [record.json],
      ],
    ]
  }

  /// Source: in-toto attestation, link v0.3.
  fileprivate func link(
    of materials: [AttestedResource], _ record: AttestedResource
  ) -> JSONValue {
    var byproducts: [String: JSONValue] = [PredicateFacts.record: record.json]
    byproducts["return-value"] = exitCode.map { .integer(Int64($0)) }
    for (name, role) in [("stdout", Role.standardOutput), ("stderr", .standardError)] {
      let stream = generated.first { $0.role == role }.flatMap { IRI.digest(of: $0.iri) }
      byproducts[name] = stream.map { AttestedResource(digest: $0).json }
    }
    var environment: [String: JSONValue] = [
      "activity": .string(id.iri), "startedOn": .string(startedAt.description),
      "finishedOn": .string(endedAt.description),
      "builder": ["id": .string(builderID), "version": .object(versions)],
    ]
    environment["host"] = host.map { host in
      [
        "id": .string(host.environmentIRI), "operatingSystem": .string(host.operatingSystem),
        "kernelVersion": .string(host.kernelVersion), "architecture": .string(host.architecture),
      ]
    }
    return [
      "name": .string(operation), "command": .array((plan.command ?? []).map { .string($0) }),
      "materials": .array(materials.map(\.json)), "byproducts": .object(byproducts),
      "environment": .object(environment),
    ]
  }

  /// The engine through all its upgrades; the program where no engine could be asked.
  private var builderID: String {
    engine.map { EngineAgent.iri(of: $0.id) } ?? client?.iri ?? IRI.local(.sc, "software", "sc")
  }

  private var versions: [String: JSONValue] {
    var versions: [String: JSONValue] = [:]
    if let client { versions[client.name] = .string(client.version) }
    if let engine { versions[engine.name] = .string(engine.version) }
    return versions
  }
}

extension Plan.Request {
  /// The request without its body, of which the record tells.
  fileprivate var attested: JSONValue {
    [
      "method": .string(method), "route": .string(route),
      "query": .array(query.map { .string("\($0.name)=\($0.value)") }),
    ]
  }
}
