import Canonical

/// An activity as its document tells it.
///
/// Reads the project's own form of JSON-LD, in any order of members, with values bare or as
/// `@id`, `@value` and `@list` objects, one or several. What it does not know is ignored.
package struct ActivityDocument: Sendable, Hashable {
  /// An entity, and its part in the activity.
  package struct Link: Sendable, Hashable {
    package var iri: String
    package var role: Role?
    /// The entity's label.
    package var label: String?
    /// The entity's classes, as the document writes them: `docker:Container`.
    package var types: [String]
    /// The path in a container or on the host, or the URL, where it was read or written.
    package var path: String?
    /// The path in a container.
    package var containerPath: String?
    /// Whether it is a file that may be executed.
    package var isExecutable = false
    /// The number of bytes; nil where the document says none.
    package var byteCount: Int64?
    /// The digests under which registries know an image: `busybox@sha256:…`.
    package var repositoryDigests: [String] = []
    /// The digests of an image's uncompressed layers, base first.
    package var layers: [SHA256Digest] = []
    /// The path of the pointer to the bytes that the history keeps; nil where it keeps none.
    package var pointerPath: String?
  }

  package var id: ActivityID
  package var operation: String
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  package var outcome: Outcome
  package var person: Person?
  package var account: UserAccount?
  package var client: SoftwareAgent?
  package var engine: EngineAgent?
  package var host: Host?
  package var plan: Plan
  package var used: [Link]
  package var generated: [Link]
  package var invalidated: [Link]
  package var informedBy: [ActivityID]
  /// The activity that this one did again.
  package var repeats: ActivityID?
  /// Whether what this one repeated came out as before; nil where nobody compared.
  package var isReproduced: Bool?
  package var exchange: Exchange?
  package var exitCode: Int?
  /// The parts of a composite, by their start.
  package var parts: [ActivityDocument]

  /// Reads a document.
  ///
  /// - Throws: `ActivityDocumentError` when the bytes are no JSON, describe no activity or more
  ///   than one, or a member that is needed is missing or of another type.
  package init(parsing bytes: some Collection<UInt8>) throws(ActivityDocumentError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw ActivityDocumentError(code: .notJSON, node: "", message: error.description)
    }
    let graph = try GraphReader(json)
    self = try graph.document(of: graph.root())
  }
}

extension ActivityDocument {
  /// Makes the document of parts that were read.
  init(
    event: Event, links: (used: [Link], generated: [Link], invalidated: [Link]),
    parts: [ActivityDocument]
  ) {
    id = event.id
    operation = event.operation
    startedAt = event.startedAt
    endedAt = event.endedAt
    outcome = event.outcome
    plan = event.plan
    informedBy = event.informedBy
    repeats = event.repeats
    isReproduced = event.isReproduced
    exchange = event.exchange
    exitCode = event.exitCode
    used = links.used
    generated = links.generated
    invalidated = links.invalidated
    self.parts = parts
  }
}

/// A document that cannot be read as an activity.
package struct ActivityDocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Code: Sendable {
    case notJSON, noActivity, missing, wrongType
  }

  package let code: Code
  /// The IRI of the node that is wrong.
  package let node: String
  package let message: String

  package var description: String {
    node.isEmpty ? message : "\(message) in \(node)"
  }
}
