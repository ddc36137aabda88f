import Canonical
import Provenance

/// What records say beyond what the engine says, and where their times and ids come from.
struct RecordingEnvironment: Sendable {
  /// The clock.
  var now: @Sendable () -> Timestamp

  /// Makes the id of an activity that starts now.
  var makeID: @Sendable (Timestamp) -> ActivityID

  /// The arguments as the user typed them, the program's name first.
  var arguments: [String]
  var person: Person?
  var account: UserAccount
  var client: SoftwareAgent
  var host: Host

  /// What keeps secrets out; every operation works on a copy.
  var redactor: Redactor

  /// Who and what took part, with the engine as it is known now.
  func participants(engine: EngineAgent?) -> Activity.Participants {
    Activity.Participants(
      person: person, account: account, client: client, engine: engine, host: host)
  }

  /// The author of commits: the configured person, else the account on this host.
  var author: (name: String, email: String) {
    (
      name: person?.name ?? account.name,
      email: person?.email ?? "\(account.name)@\(host.hostname)"
    )
  }
}
