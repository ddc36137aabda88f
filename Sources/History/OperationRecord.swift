import Canonical

/// Everything that one finished operation puts into the history.
package struct OperationRecord: Sendable, Equatable {
  /// A file that the operation leaves in another state.
  package struct Snapshot: Sendable, Equatable {
    /// The path in the repository: `containers/8a/<id>.json`.
    package var path: String

    /// The file's text in UTF-8; nil removes the file.
    package var content: [UInt8]?

    package init(path: String, content: [UInt8]?) {
      self.path = path
      self.content = content
    }
  }

  /// A line of the message's end: `Name: value`.
  package struct Field: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Whose commit it is.
  package struct Person: Sendable, Equatable {
    package var name: String
    package var email: String

    package init(name: String, email: String) {
      self.name = name
      self.email = email
    }
  }

  /// The id, made at `startedAt`, whose time it carries.
  package var activityID: ActivityID
  package var startedAt: Timestamp
  package var endedAt: Timestamp

  /// The activity in JSON-LD, as UTF-8 text.
  package var document: [UInt8]

  package var snapshots: [Snapshot]

  /// The first line of the message.
  package var subject: String

  /// The lines of the message's end, in order.
  package var fields: [Field]

  /// For whom it was done.
  package var author: Person

  /// The account that did it, and its machine.
  package var committer: Person

  /// The machine on which it happened.
  package var hostID: String

  package init(
    activityID: ActivityID, startedAt: Timestamp, endedAt: Timestamp, document: [UInt8],
    snapshots: [Snapshot], subject: String, fields: [Field], author: Person,
    committer: Person? = nil, hostID: String
  ) {
    self.activityID = activityID
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.document = document
    self.snapshots = snapshots
    self.subject = subject
    self.fields = fields
    self.author = author
    self.committer = committer ?? author
    self.hostID = hostID
  }

  /// The path of the activity's document in the repository.
  package var activityPath: String {
    ActivityPath.path(of: activityID, startedAt: startedAt)
  }
}

/// Where activities are in the repository.
enum ActivityPath {
  static let root = "activities"
  static let suffix = ".jsonld"

  /// Of what a composite operation made and removed again, beside its document.
  static let snapshotSuffix = ".container.json"

  static func path(of id: ActivityID, startedAt time: Timestamp) -> String {
    "\(folder(at: time))/\(id)\(suffix)"
  }

  /// The folder of the hour: `activities/2026/11/23/19`.
  static func folder(at time: Timestamp) -> String {
    let part = time.components
    let numbers = [pad(part.year, 4), pad(part.month, 2), pad(part.day, 2), pad(part.hour, 2)]
    return "\(root)/\(numbers.joined(separator: "/"))"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension ActivityID {
  /// The time that a UUID of version 7 carries (RFC 9562, 5.7); nil for other versions.
  package var time: Timestamp? {
    let digits = description.filter { $0 != "-" }
    guard digits.dropFirst(12).first == "7" else { return nil }
    return Int64(digits.prefix(12), radix: 16).map(Timestamp.init(millisecondsSince1970:))
  }
}
