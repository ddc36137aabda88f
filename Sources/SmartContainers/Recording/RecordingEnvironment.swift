import Canonical
import History
import Provenance

/// What records say beyond what the engine says, and where their times and ids come from.
struct RecordingEnvironment: Sendable {
  /// The clock.
  var now: @Sendable () -> Timestamp

  /// Makes the id of an activity that starts now.
  var makeID: @Sendable (Timestamp) -> ActivityID

  /// The arguments as the user typed them, the program's name first.
  var arguments: [String]

  /// Who and what takes part; the engine is left out.
  var participants: Activity.Participants

  /// What keeps secrets out; every operation works on a copy.
  var redactor: Redactor

  /// Loads the contexts of the documents that users hand in.
  var contexts: ContextLoader
}

extension Activity.Participants {
  /// The author of commits: the configured person, else the account on its host.
  var author: OperationRecord.Person {
    OperationRecord.Person(
      name: person?.name ?? account.name,
      email: person?.email ?? "\(account.name)@\(host.hostname)")
  }

  /// The committer of commits: the account on its host.
  var committer: OperationRecord.Person {
    OperationRecord.Person(name: account.name, email: "\(account.name)@\(host.hostname)")
  }

  /// The same with an engine.
  func with(_ engine: EngineAgent?) -> Activity.Participants {
    var participants = self
    participants.engine = engine
    return participants
  }
}
