import Canonical

extension Crate {
  /// The name of the document in the crate's folder.
  package static let fileName = "ro-crate-metadata.json"

  /// The organization of those who stated none: a crate's validators want one.
  private static let nobody = Namespace.sc.rawValue + "organization"

  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

  /// `ro-crate-metadata.json`: the same bytes for the same crate.
  package func document() -> [UInt8] {
    var entities: [String: JSONValue] = [:]
    func add(_ id: String, _ type: JSONValue, _ members: [String: JSONValue?]) {
      var entity = members.compactMapValues { $0 }
      entity["@id"] = .string(id)
      entity["@type"] = type
      entities[id] = .object(entity)
    }
    add(
      Self.fileName, "CreativeWork",
      [
        "about": ["@id": "./"], "conformsTo": ["@id": "https://w3id.org/ro/crate/1.1"],
        "name": "RO-Crate metadata", "description": "What is in this folder, and where it is from",
      ])
    add(
      Self.profile, "CreativeWork", ["name": "Process Run Crate", "version": "0.5"])
    let license = self.license ?? "#license"
    add(
      license, "CreativeWork",
      self.license == nil
        ? [
          "name": "No license stated",
          "description": "Nobody stated under which license this may be used.",
        ] : ["name": .string(license), "description": "The license of this crate"])
    for file in files {
      add(
        Self.id(file.path), "File",
        [
          "name": .string(file.name), "contentSize": .string(String(file.byteCount)),
          "sha256": .string(file.digest.hexadecimal),
          "encodingFormat": .string(file.mediaType ?? "application/octet-stream"),
          "description": file.description.map { .string($0) },
        ])
    }
    var authors: [String] = []
    for action in actions { authors.append(Self.describe(action, add)) }
    let organization = actions.lazy.compactMap(\.activity.person)
      .first { $0.organization != nil }
    if actions.isEmpty {
      add(
        Self.nobody, "Organization",
        ["name": "No organization stated", "url": .string(Self.nobody)])
    }
    let publisher = organization.map(Self.organizationID) ?? Self.nobody
    add(
      "./", "Dataset",
      [
        "name": .string(name), "description": .string(description),
        "datePublished": .string(Self.time(publishedAt)), "license": ["@id": .string(license)],
        "conformsTo": ["@id": .string(Self.profile)],
        "hasPart": Self.references(files.map { Self.id($0.path) }),
        "mentions": Self.references(actions.map(\.activity.id.iri)),
        "author": Self.references(authors), "publisher": ["@id": .string(publisher)],
      ])
    let graph = entities.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    let document: JSONValue = [
      "@context": [
        "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context",
      ], "@graph": .array(graph),
    ]
    return document.bytes(.pretty)
  }

  /// Describes a run; the IRI of who did it.
  private static func describe(
    _ action: Action, _ add: (String, JSONValue, [String: JSONValue?]) -> Void
  ) -> String {
    let activity = action.activity
    let image = action.image
    let imageID = IRI.named(by: image.identity)
    let toolID = Namespace.docker.rawValue + "tool/" + image.identity.hexadecimal
    let shownName = image.name ?? String(image.identity.hexadecimal.prefix(12))
    let name = ImageParts(shownName)
    add(
      imageID, "ContainerImage",
      [
        "additionalType": ["@id": "https://w3id.org/ro/terms/workflow-run#DockerImage"],
        "name": .string(name.repository), "registry": .string(name.registry),
        "tag": .string(name.tag), "sha256": .string(image.identity.hexadecimal),
      ])
    add(
      toolID, "SoftwareApplication",
      [
        "name": .string(shownName), "softwareVersion": .string(image.identity.description),
        "url": .string(Namespace.docker.rawValue + "image/" + image.identity.hexadecimal),
      ])
    let agentID = agent(of: activity, add)
    var failure: String?
    if case .failed(let message, _) = activity.outcome { failure = message }
    if case .unknown(let reason) = activity.outcome { failure = reason }
    let command = action.command.joined(separator: " ")
    add(
      activity.id.iri, "CreateAction",
      [
        "name": .string("\(activity.operation) of \(shownName)"),
        "description": .string(command.isEmpty ? "The image's own command" : command),
        "startTime": .string(time(activity.startedAt)), "endTime": .string(time(activity.endedAt)),
        "actionStatus": .string(
          "http://schema.org/"
            + (failure == nil ? "CompletedActionStatus" : "FailedActionStatus")),
        "error": failure.map { .string($0) }, "instrument": ["@id": .string(toolID)],
        "containerImage": ["@id": .string(imageID)], "agent": ["@id": .string(agentID)],
        "object": references(action.objects.map(id)), "result": references(action.results.map(id)),
      ])
    return agentID
  }

  /// The person, else the account; its IRI.
  private static func agent(
    of activity: ActivityDocument, _ add: (String, JSONValue, [String: JSONValue?]) -> Void
  ) -> String {
    if let person = activity.person {
      add(
        person.iri, "Person",
        [
          "name": .string(person.name), "email": person.email.map { .string($0) },
          "affiliation": ["@id": .string(organizationID(person))],
        ])
      add(
        organizationID(person), "Organization",
        [
          "name": .string(person.organization ?? "No organization stated"),
          "url": .string(organizationID(person)),
        ])
      return person.iri
    }
    let account = activity.account?.name ?? "unknown"
    let id = "#account-" + IRI.encoded(account)
    add(id, "Person", ["name": .string(account), "affiliation": ["@id": .string(nobody)]])
    add(nobody, "Organization", ["name": "No organization stated", "url": .string(nobody)])
    return id
  }

  private static func organizationID(_ person: Person) -> String {
    person.organizationIRI ?? nobody
  }

  /// A relative IRI; RFC 3986, 4.2.
  private static func id(_ path: String) -> String { IRI.encoded(path, keeping: "/") }

  /// The path of a file by its relative IRI.
  package static func path(ofID id: String) -> String { IRI.decoded(id) }

  /// What points to several, without an array around one alone.
  private static func references(_ ids: [String]) -> JSONValue? {
    let unique = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let values = unique.map { JSONValue.object(["@id": .string($0)]) }
    return values.count == 1 ? values[0] : values.isEmpty ? nil : .array(values)
  }

  /// A time as the crate's validators take it: without fractions, and with an offset.
  private static func time(_ time: Timestamp) -> String {
    time.description.prefix(19) + "+00:00"
  }
}

/// The parts of an image's name.
private struct ImageParts {
  var registry = "docker.io"
  var repository: String
  var tag = "latest"

  init(_ name: String) {
    var rest = name.prefix { $0 != "@" }
    let slash = rest.lastIndex(of: "/") ?? rest.startIndex
    if let colon = rest[slash...].lastIndex(of: ":") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    if let slash = rest.firstIndex(of: "/") {
      let first = rest[..<slash]
      if first.contains(".") || first.contains(":") || first == "localhost" {
        registry = String(first)
        rest = rest[rest.index(after: slash)...]
      }
    }
    repository = String(rest)
  }
}
