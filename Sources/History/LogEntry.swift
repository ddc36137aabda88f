import Canonical
import Git

/// One commit, as a log shows it; read from the commit alone, without its trees.
package struct LogEntry: Sendable, Equatable {
  package let id: CommitID
  package let parents: [CommitID]
  package let authorName: String
  package let authorEmail: String
  package let authorTime: Timestamp
  package let committerName: String
  package let committerEmail: String
  package let committerTime: Timestamp

  /// The first line of the message, without control characters.
  package let subject: String

  /// The `Name: value` lines at the message's end, in order.
  package let fields: [OperationRecord.Field]

  init(_ commit: GitCommit) {
    id = CommitID(commit.id)
    parents = commit.parents.map(CommitID.init)
    authorName = CommitMessage.line(commit.author.name)
    authorEmail = CommitMessage.line(commit.author.email)
    authorTime = Timestamp(millisecondsSince1970: commit.author.milliseconds)
    committerName = CommitMessage.line(commit.committer.name)
    committerEmail = CommitMessage.line(commit.committer.email)
    committerTime = Timestamp(millisecondsSince1970: commit.committer.milliseconds)
    let message = CommitMessage(parsing: commit.message)
    subject = message.subject
    fields = message.fields
  }

  /// The first value of the field of that name.
  package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

extension GitSignature {
  /// Anybody can write any number into a commit: one out of range is brought into it.
  fileprivate var milliseconds: Int64 {
    min(max(seconds, -62_135_596_800), 253_402_300_799) * 1000
  }
}
