import Canonical
import History
import Provenance

/// One commit of a history, as a log shows it.
public struct LogRecord: Sendable, Hashable {
  /// The commit's id in 40 hexadecimal digits.
  public let commit: String

  /// The ids of its parents.
  public let parents: [String]
  public let authorName: String
  public let authorEmail: String

  /// The account that did it, `ada`, and its machine, `ada@lab`.
  public let committerName: String
  public let committerEmail: String

  /// The end of the operation, in whole seconds.
  public let time: Timestamp

  /// The first line of the message.
  public let subject: String

  /// The lines at the message's end, `Name: value`, in order.
  public let fields: [(name: String, value: String)]

  init(_ entry: LogEntry) {
    commit = entry.id.description
    parents = entry.parents.map(\.description)
    authorName = entry.authorName
    authorEmail = entry.authorEmail
    committerName = entry.committerName
    committerEmail = entry.committerEmail
    time = entry.authorTime
    subject = entry.subject
    fields = entry.fields.map { (name: $0.name, value: $0.value) }
  }

  public static func == (left: LogRecord, right: LogRecord) -> Bool { left.commit == right.commit }
  public func hash(into hasher: inout Hasher) { hasher.combine(commit) }

  /// The value of a field; nil when the message has none of that name.
  public subscript(_ field: String) -> String? { fields.first { $0.name == field }?.value }

  /// `container.create`; nil for a commit that records no operation.
  public var operation: String? { self["Operation"] }

  /// `succeeded`, `failed`, `unknown`.
  public var outcome: String? { self["Outcome"] }

  /// The full id of the container.
  public var container: String? { self["Container"] }

  /// The container's name at the time.
  public var containerName: String? { self["Name"] }

  /// The image's id, `sha256:…`.
  public var image: String? { self["Image"] }

  /// The full id of the network.
  var network: String? { self["Network"] }

  /// The volume, by its engine and name.
  var volume: Volume? {
    guard let field = self["Volume"], let slash = field.firstIndex(of: "/") else { return nil }
    return Volume(
      name: String(field[slash...].dropFirst()), engine: String(field[..<slash]))
  }

  /// The network's name: the last word of what was done with it.
  var networkName: String? {
    network == nil ? nil : subject.split(separator: " ").last.map(String.init)
  }

  /// Something that an operation removed which was not about it alone.
  struct Removed: Hashable {
    /// `container`, `image`, `network`, `reference`, `volume`.
    let kind: String

    /// The full id; empty for a volume and a reference, which have only names.
    let id: String
    let names: [String]
  }

  /// What a prune removed, and the volumes that went with a container.
  var removed: [Removed] {
    fields.filter { $0.name == "Removed" }.compactMap { field in
      let words = field.value.split(separator: " ").map(String.init)
      guard words.count > 1 else { return nil }
      switch words[0] {
      case "volume":
        let name = words[1].split(separator: "/").last.map(String.init) ?? words[1]
        return Removed(kind: words[0], id: "", names: [name])
      case "reference": return Removed(kind: words[0], id: "", names: Array(words.dropFirst()))
      default:
        return Removed(kind: words[0], id: words[1], names: Array(words.dropFirst(2)))
      }
    }
  }

  /// The names of images that the subject tells: `create web from busybox:1.36`.
  var imageNames: [String] {
    let words = subject.split(separator: " ").map(String.init)
    guard let operation, !operation.hasPrefix("image.") else { return words }
    guard Self.operationsThatNameImages.contains(operation) else { return [] }
    return zip(words, words.dropFirst()).compactMap { before, word in
      before == "from" || before == "as" ? word : nil
    }
  }

  private static let operationsThatNameImages: Set<String> = [
    "commit", "container.create", "container.commit", "infect", "label", "rerun", "run",
  ]

  /// The activity's id, without `urn:uuid:`.
  public var activity: String? {
    self["Activity"].map { $0.hasPrefix("urn:uuid:") ? String($0.dropFirst(9)) : $0 }
  }

  /// The record for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("commit", .string(commit)), ("parents", JournalObject.strings(parents)),
      ("author", ["name": .string(authorName), "email": .string(authorEmail)]),
      ("committer", ["name": .string(committerName), "email": .string(committerEmail)]),
      ("time", .string(time.description)), ("subject", .string(subject)),
      ("operation", operation.map { .string($0) }), ("outcome", outcome.map { .string($0) }),
      ("container", container.map { .string($0) }),
      ("containerName", containerName.map { .string($0) }), ("image", image.map { .string($0) }),
      ("activity", activity.map { .string($0) }),
    ])
  }
}
