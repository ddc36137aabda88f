import Canonical

/// The PROV description of one operation.
package struct Activity: Sendable, Hashable {
  /// Who or what took part in an operation, and where.
  package struct Participants: Sendable, Hashable {
    package var person: Person?
    package var account: UserAccount
    package var client: SoftwareAgent
    /// Nil when the engine could not be asked.
    package var engine: EngineAgent?
    package var host: Host

    package init(
      person: Person?, account: UserAccount, client: SoftwareAgent, engine: EngineAgent?,
      host: Host
    ) {
      self.person = person
      self.account = account
      self.client = client
      self.engine = engine
      self.host = host
    }
  }

  /// What happened, as a whole.
  package var event: Event
  package var participants: Participants
  /// The operations that a composite consists of, in their order.
  package var parts: [Event]

  package init(_ event: Event, by participants: Participants, parts: [Event] = []) {
    self.event = event
    self.participants = participants
    self.parts = parts
  }

  package var id: ActivityID { event.id }

  /// The path of the document in the history: `activities/2026/11/23/19/<id>.jsonld`.
  package var path: String { Self.path(of: id, startedAt: event.startedAt) }

  /// The path of the document of an activity that started at that time.
  package static func path(of id: ActivityID, startedAt: Timestamp) -> String {
    let hour = startedAt.description.prefix(13).split { $0 == "-" || $0 == "T" }
    return "activities/" + hour.joined(separator: "/") + "/\(id).jsonld"
  }
}

/// One thing that happened: an operation, or a part of one.
package struct Event: Sendable, Hashable {
  package var id: ActivityID
  /// `container.create`, `image.build` …
  package var operation: String
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  package var outcome: Outcome
  package var plan: Plan
  package var used: [Usage]
  package var generated: [Generation]
  package var invalidated: [Entity]
  /// The activities before, on whose results this one builds.
  package var informedBy: [ActivityID]
  /// The activity that this one did again.
  package var repeats: ActivityID?
  /// Whether what this one repeated came out as before; nil where nobody compared.
  package var isReproduced: Bool?
  package var exchange: Exchange?
  /// The exit code of the process in the container.
  package var exitCode: Int?

  package init(
    id: ActivityID, operation: String, startedAt: Timestamp, endedAt: Timestamp,
    outcome: Outcome = .succeeded, plan: Plan = Plan(), used: [Usage] = [],
    generated: [Generation] = [], invalidated: [Entity] = [], informedBy: [ActivityID] = [],
    exchange: Exchange? = nil, exitCode: Int? = nil
  ) {
    self.id = id
    self.operation = operation
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.outcome = outcome
    self.plan = plan
    self.used = used
    self.generated = generated
    self.invalidated = invalidated
    self.informedBy = informedBy
    self.exchange = exchange
    self.exitCode = exitCode
  }
}
